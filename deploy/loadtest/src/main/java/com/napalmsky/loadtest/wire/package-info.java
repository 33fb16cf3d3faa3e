/**
 * The bytes: WebSocket frames, permessage-deflate, Engine.IO 4 and Socket.IO 5 packets. No sockets
 * and no threads.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.loadtest.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
