package com.napalmsky.shared.contract.matchmaking;

import java.util.Locale;

/** Why an invite came to nothing, as the caller is told. */
public enum DeclineReason {
  INVALID_TARGET,
  USER_NOT_FOUND,
  INVALID_DURATION,
  OFFLINE,
  COOLDOWN,
  USER_DECLINED,
  BUSY,
  TIMEOUT,
  BLOCKED,
  PAYMENT_REQUIRED,
  RATE_LIMITED;

  /** The word on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
