package com.napalmsky.shared.contract.media;

/** What a user shows of himself; he has at most one file of each kind. */
public enum MediaKind {
  SELFIE("selfie", 10L << 20),
  VIDEO("video", 50L << 20);

  private final String wire;
  private final long mostBytes;

  MediaKind(String wire, long mostBytes) {
    this.wire = wire;
    this.mostBytes = mostBytes;
  }

  /** The last segment of the route, and the name of the file in the form. */
  public String wire() {
    return wire;
  }

  /** How large an uploaded file may be. */
  public long mostBytes() {
    return mostBytes;
  }
}
