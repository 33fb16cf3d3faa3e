package com.napalmsky.signaling.call;

/** The two ends of a call. */
enum Side {
  /** Makes the offer. */
  INITIATOR,
  OTHER;

  Side peer() {
    return this == INITIATOR ? OTHER : INITIATOR;
  }
}
