package com.napalmsky.user.account;

import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.runtime.Settings;

/** Whether newcomers need a code or a payment. */
public enum AccessMode {
  /** Everybody may use everything. */
  OPEN,
  /** What the contract marks as paid needs an access code or a payment. */
  CLOSED;

  /** The setting that holds it. */
  public static final String KEY = "ACCESS_MODE";

  /** Reads the setting; closed when it is unset. */
  public static AccessMode from(Settings settings) {
    return settings.choice(KEY, CLOSED);
  }

  /** What a newcomer's door is opened by. */
  PaidStatus statusOfANewcomer(boolean withCode) {
    if (this == OPEN) {
      return PaidStatus.QR_VERIFIED;
    }
    return withCode ? PaidStatus.QR_GRACE_PERIOD : PaidStatus.UNPAID;
  }
}
