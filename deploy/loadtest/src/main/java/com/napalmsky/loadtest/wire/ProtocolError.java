package com.napalmsky.loadtest.wire;

/** The server sent what the protocol does not allow. */
public final class ProtocolError extends Exception {

  private static final long serialVersionUID = 1L;

  public ProtocolError(String message) {
    super(message, null, false, false);
  }
}
