package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import java.time.Instant;
import java.util.UUID;

/**
 * What does not change while a call lasts.
 *
 * @param sessionId under which the call will be known when it is over
 * @param startedAt when the invite was accepted
 */
record CallTerms(
    UUID roomId,
    String sessionId,
    Instant startedAt,
    int agreedSeconds,
    String initiatorName,
    String otherName) {

  static CallTerms of(Open open, Instant now) {
    return new CallTerms(
        open.roomId(),
        "session-" + UUID.randomUUID(),
        now,
        open.agreedSeconds(),
        open.initiator().name(),
        open.other().name());
  }

  String name(Side side) {
    return side == Side.INITIATOR ? initiatorName : otherName;
  }
}
