package com.napalmsky.shared.contract.signaling;

import java.util.Locale;

/** Why a call ended. */
public enum EndReason {
  /** The agreed time was over. */
  COMPLETED,
  /** A member said {@code call:end}. */
  LEFT,
  /** A member was gone for longer than the grace. */
  PEER_LOST,
  /** The members never came to talk: no history, no cooldown, no credit. */
  SETUP_FAILED,
  /** A member was banned; also before talk began. */
  BANNED,
  /** A member reported the other and wanted the end; also before talk began. */
  REPORTED,
  /** An admin ended it; also before talk began. */
  MODERATED,
  SERVER_STOP;

  /** The word on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether somebody ended it who is not to be told that it failed to begin. */
  public boolean imposed() {
    return this == BANNED || this == REPORTED || this == MODERATED;
  }

  /** Whether the call is stored in the members' histories. */
  public boolean recorded() {
    return this != SETUP_FAILED;
  }
}
