/**
 * Where files are kept: a directory, or a bucket that speaks S3. Both adapters pass one suite.
 *
 * <p>A store knows nothing of users; which files are wanted stands in the database.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.media.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
