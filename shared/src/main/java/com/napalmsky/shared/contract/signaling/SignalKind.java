package com.napalmsky.shared.contract.signaling;

import java.util.Locale;

/** The three kinds of WebRTC signalling. */
public enum SignalKind {
  OFFER,
  ANSWER,
  ICE;

  /** The word on the wire: {@code rtc:<word>}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
