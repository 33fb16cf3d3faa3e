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
 * @param candidate which may take the socket's place, or null; see {@link #inDoubt}
 */
record Seat(
    UUID userId,
    SocketRef socket,
    @Nullable Instant lostAt,
    boolean told,
    @Nullable Candidate candidate) {

  static Seat of(UUID userId, SocketRef socket) {
    return new Seat(userId, socket, null, false, null);
  }

  boolean lost() {
    return lostAt != null;
  }

  boolean boundTo(SocketRef other) {
    return socket.equals(other);
  }

  /** Whether the socket is being looked for because a candidate came since then. */
  boolean inDoubt(Instant since) {
    return candidate != null && !candidate.since().isBefore(since);
  }

  /** The same after a socket that may have been the candidate was lost. */
  Seat without(SocketRef gone) {
    return candidate != null && gone.equals(candidate.socket())
        ? candidate(candidate.gone())
        : this;
  }

  Seat bind(SocketRef other) {
    return new Seat(userId, other, null, told, other.equals(socket) ? candidate : null);
  }

  Seat lose(Instant at) {
    return new Seat(userId, socket, at, told, candidate);
  }

  /** The same; when it is lost, since then or before. */
  Seat lostAtLatest(Instant then) {
    return lostAt != null && lostAt.isAfter(then) ? lose(then) : this;
  }

  /** The same; when it is lost, not before then. */
  Seat lostAtEarliest(Instant then) {
    return lostAt != null && lostAt.isBefore(then) ? lose(then) : this;
  }

  /** The same, knowing only what the member knew when the doubt began. */
  Seat forget(Instant doubtfulSince) {
    return candidate != null && inDoubt(doubtfulSince) ? told(candidate.told()) : this;
  }

  Seat told(boolean peerAway) {
    return new Seat(userId, socket, lostAt, peerAway, candidate);
  }

  Seat candidate(@Nullable Candidate newest) {
    return new Seat(userId, socket, lostAt, told, newest);
  }
}
