package com.napalmsky.signaling.call;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that has to be known of a call to go on with it: what another instance would need to adopt
 * it. Buffered events and chat lines are not part of it.
 *
 * @param sessionId under which the call will be known when it is over
 * @param startedAt when the invite was accepted
 */
record CallSnapshot(
    UUID roomId,
    String sessionId,
    Instant startedAt,
    int agreedSeconds,
    Seat initiator,
    Seat other,
    TalkClock talk,
    CallState state) {

  Seat seat(Side side) {
    return side == Side.INITIATOR ? initiator : other;
  }

  /** Where the user sits, or null for a stranger. */
  @Nullable Side sideOf(UUID userId) {
    if (initiator.userId().equals(userId)) {
      return Side.INITIATOR;
    }
    return other.userId().equals(userId) ? Side.OTHER : null;
  }

  CallSnapshot with(Side side, Seat seat) {
    return side == Side.INITIATOR
        ? new CallSnapshot(roomId, sessionId, startedAt, agreedSeconds, seat, other, talk, state)
        : new CallSnapshot(
            roomId, sessionId, startedAt, agreedSeconds, initiator, seat, talk, state);
  }

  CallSnapshot with(TalkClock newTalk) {
    return new CallSnapshot(
        roomId, sessionId, startedAt, agreedSeconds, initiator, other, newTalk, state);
  }

  CallSnapshot with(CallState newState) {
    return new CallSnapshot(
        roomId, sessionId, startedAt, agreedSeconds, initiator, other, talk, newState);
  }
}
