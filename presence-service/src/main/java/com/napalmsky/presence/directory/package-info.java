/**
 * Everybody's presence: who is where, who is free, on which socket.
 *
 * <p>Guarantees: each change is stored before it is announced, and announced once, in the order of
 * its offset, before the operation that made it is answered. A pair is claimed in one step of the
 * store, or not at all. A grace ends by itself.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.presence.directory;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
