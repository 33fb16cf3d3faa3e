package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.signaling.EndReason;

/** What becomes of calls, as it is counted. */
enum CallCount {
  OPENED,
  /** A call that another instance had held, and was lost with it or left by it. */
  ADOPTED,
  /** An ended call in which the two came to talk, whatever ended it. */
  CONNECTED,
  SET_UP_FAILED,
  COMPLETED,
  LEFT,
  PEER_LOST,
  BANNED,
  REPORTED,
  MODERATED,
  SERVER_STOP,
  /** A client told that it reaches the other one without a TURN server. */
  DIRECT,
  /** A client told that it reaches the other one over a TURN server. */
  RELAYED;

  static CallCount of(EndReason reason) {
    return switch (reason) {
      case COMPLETED -> COMPLETED;
      case LEFT -> LEFT;
      case PEER_LOST -> PEER_LOST;
      case SETUP_FAILED -> SET_UP_FAILED;
      case BANNED -> BANNED;
      case REPORTED -> REPORTED;
      case MODERATED -> MODERATED;
      case SERVER_STOP -> SERVER_STOP;
    };
  }
}
