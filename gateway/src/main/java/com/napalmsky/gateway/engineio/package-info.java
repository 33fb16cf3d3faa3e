/**
 * Engine.IO 4: sessions over WebSocket and HTTP long-polling, upgrade between them, heartbeats, and
 * packets in the order in which they were sent. Knows nothing of what the packets mean.
 *
 * <p>A session is confined to the event loop that created it, its home, also when a request or a
 * WebSocket of its client arrives on another one. Inside the gateway only this package knows Netty;
 * see docs/adr for why.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.engineio;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
