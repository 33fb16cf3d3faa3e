package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import java.util.UUID;

/** What is kept of a call that is over: who may ask, and what he is told. */
record Tombstone(UUID first, UUID second, SessionFinalized end) {

  /** Whether the asker gets the end told again. */
  static boolean tells(CallAction action) {
    return action instanceof CallAction.End
        || action instanceof CallAction.Join
        || action instanceof CallAction.Return;
  }

  CallMembers members() {
    return new CallMembers(first, second, false);
  }

  /** The answer to a command; {@link Outcome#DONE} for all that the end answers, and for a loss. */
  Outcome outcome(UUID userId, CallAction action) {
    if (!userId.equals(first) && !userId.equals(second)) {
      return Outcome.NOT_A_MEMBER;
    }
    return tells(action) || action instanceof CallAction.Lose ? Outcome.DONE : Outcome.NOT_ACTIVE;
  }
}
