/**
 * What a client that lost its connection missed: the last events of each session that had any, kept
 * until the client has proved that it has them, and for a while after the loss. Bounded for each
 * session and for the process.
 *
 * <p>Knows nothing of sockets and services; {@code connection} decides who gets what back.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.recovery;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
