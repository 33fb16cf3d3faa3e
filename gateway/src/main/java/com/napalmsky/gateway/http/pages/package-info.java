/**
 * Files and pages that the gateway serves: the description of the API for people, {@code /docs} and
 * {@code /docs/events}. {@link com.napalmsky.gateway.http.pages.StaticFiles} knows nothing of what
 * it serves.
 *
 * <p>The set of files is fixed when it is built and its paths are looked up as they are, never
 * resolved, so that nothing else of the jar can be reached and memory is bounded by the files.
 * Content never changes while the process runs.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.pages;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
