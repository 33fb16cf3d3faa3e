package com.napalmsky.signaling.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When talk began. The rule:
 *
 * <ol>
 *   <li>Nothing counts before both have joined.
 *   <li>Without an offer, talk began when both had joined. That holds for good once the set-up time
 *       is over: a later offer is a renegotiation and changes nothing.
 *   <li>An offer seen within the set-up time takes that back: talk begins with the first answer
 *       that follows an offer, or when both have joined if that is later. Without an answer within
 *       the set-up time the call ends as set-up failed.
 *   <li>Once an answer counted, nothing moves the beginning any more.
 * </ol>
 *
 * @param setupEnds end of the set-up time
 * @param joinedAt when both had joined
 * @param offered whether an offer was seen within the set-up time
 * @param answeredAt when the first answer after such an offer was relayed or buffered
 */
record TalkClock(
    Instant setupEnds, @Nullable Instant joinedAt, boolean offered, @Nullable Instant answeredAt) {

  static TalkClock until(Instant setupEnds) {
    return new TalkClock(setupEnds, null, false, null);
  }

  TalkClock joined(Instant now) {
    return joinedAt == null ? new TalkClock(setupEnds, now, offered, answeredAt) : this;
  }

  TalkClock offer(Instant now) {
    return offered || !now.isBefore(setupEnds)
        ? this
        : new TalkClock(setupEnds, joinedAt, true, answeredAt);
  }

  TalkClock answer(Instant now) {
    return !offered || answeredAt != null ? this : new TalkClock(setupEnds, joinedAt, true, now);
  }

  /** When talk began; null when it has not. */
  @Nullable Instant connectedAt() {
    if (joinedAt == null || !offered) {
      return joinedAt;
    }
    return answeredAt == null || answeredAt.isAfter(joinedAt) ? answeredAt : joinedAt;
  }
}
