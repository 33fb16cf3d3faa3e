package com.napalmsky.shared.contract.user;

import java.util.Locale;

/** Whether an account is kept out. */
public enum BanStatus {
  NONE,
  TEMPORARY,
  PERMANENT,
  VINDICATED;

  /** The word on the wire and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the account is kept out now. */
  public boolean banned() {
    return this == TEMPORARY || this == PERMANENT;
  }
}
