/**
 * Brings the old server's database over into ours: read only there, never overwriting here, in
 * batches that can be ended at any moment and gone on with.
 *
 * <p>Blocking, on one thread: a tool without an event loop.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
