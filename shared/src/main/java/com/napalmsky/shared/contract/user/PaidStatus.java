package com.napalmsky.shared.contract.user;

import java.util.Locale;

/** What opened the door for an account. */
public enum PaidStatus {
  UNPAID,
  PAID,
  QR_VERIFIED,
  QR_GRACE_PERIOD;

  /** The word on the wire and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the account may use what the contract marks with {@code $}. */
  public boolean hasAccess() {
    return this != UNPAID;
  }
}
