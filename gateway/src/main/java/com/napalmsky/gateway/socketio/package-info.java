/**
 * Socket.IO 5 on top of {@code engineio}: connects, events, acknowledgements, disconnects of the
 * default namespace. Knows nothing of users or calls.
 *
 * <p>A socket is confined to the event loop that accepted it; every method of {@link
 * com.napalmsky.gateway.socketio.Socket} and {@link com.napalmsky.gateway.socketio.SocketHandler}
 * is called there.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.socketio;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
