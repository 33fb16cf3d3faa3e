package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import java.util.List;
import java.util.UUID;

/**
 * All that has to be known of a call to go on with it: what another instance needs to adopt it. The
 * deadlines follow from it.
 *
 * @param forInitiator what waits for the initiator, in order; a part of it, when it is too much
 * @param forOther the same for the other one
 * @param chat what was said, in order
 * @param pathTold whether it was counted how the two reach each other
 */
record CallSnapshot(
    CallTerms terms,
    CallState state,
    TalkClock talk,
    Seat initiator,
    Seat other,
    List<Posted> forInitiator,
    List<Posted> forOther,
    List<CallMessage> chat,
    boolean pathTold) {

  CallSnapshot {
    forInitiator = List.copyOf(forInitiator);
    forOther = List.copyOf(forOther);
    chat = List.copyOf(chat);
  }

  UUID roomId() {
    return terms.roomId();
  }

  Seat seat(Side side) {
    return side == Side.INITIATOR ? initiator : other;
  }

  List<Posted> waiting(Side side) {
    return side == Side.INITIATOR ? forInitiator : forOther;
  }
}
