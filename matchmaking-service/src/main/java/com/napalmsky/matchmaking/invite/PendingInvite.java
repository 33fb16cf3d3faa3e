package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.contract.user.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An invite that waits for its answer.
 *
 * @param caller as he was when he invited
 * @param callee as the caller sees him for as long as the invite is pending
 * @param requestedSeconds the caller's wish
 * @param deadline after which nobody can accept it
 * @param extensions how often it was extended
 */
record PendingInvite(
    UUID id,
    Person caller,
    Person callee,
    int requestedSeconds,
    Instant createdAt,
    Instant deadline,
    int extensions) {

  UUID callerId() {
    return caller.userId();
  }

  UUID calleeId() {
    return callee.userId();
  }

  boolean overdue(Instant now) {
    return !now.isBefore(deadline);
  }

  PendingInvite extended(Duration by) {
    return new PendingInvite(
        id, caller, callee, requestedSeconds, createdAt, deadline.plus(by), extensions + 1);
  }

  /** How long the call will be, in seconds: the mean of both wishes, rounded down. */
  int agreedSeconds(int calleesWish) {
    return (requestedSeconds + calleesWish) / 2;
  }
}
