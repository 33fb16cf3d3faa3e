package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.SocketRef;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member's place in a call.
 *
 * @param socket bound to the call; the last one, when it is lost
 * @param lostAt since when the socket is lost, null while it is not
 * @param told whether the member was last told that his peer is away
 */
record Seat(UUID userId, SocketRef socket, @Nullable Instant lostAt, boolean told) {

  static Seat of(UUID userId, SocketRef socket) {
    return new Seat(userId, socket, null, false);
  }

  boolean lost() {
    return lostAt != null;
  }

  boolean boundTo(SocketRef other) {
    return socket.equals(other);
  }

  Seat bind(SocketRef other) {
    return new Seat(userId, other, null, told);
  }

  Seat lose(Instant at) {
    return new Seat(userId, socket, at, told);
  }

  Seat told(boolean peerAway) {
    return new Seat(userId, socket, lostAt, peerAway);
  }
}
