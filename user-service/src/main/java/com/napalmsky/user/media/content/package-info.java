/**
 * What an uploaded file is, judged by its bytes alone: neither its name nor its declared type has a
 * say. A selfie comes out as a new JPEG; a video comes out as it went in, but for metadata and
 * filler, which are blanked.
 *
 * <p>Everything here blocks and is meant for workers. Nothing is held whole in memory, and every
 * size that a file claims is checked against the bytes that are there.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.media.content;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
