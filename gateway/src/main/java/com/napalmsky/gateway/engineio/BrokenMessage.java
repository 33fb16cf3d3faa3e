package com.napalmsky.gateway.engineio;

/**
 * A client sent something that cannot be read. Carries no stack trace: clients cause it at will.
 */
final class BrokenMessage extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status what the WebSocket is closed with, see {@link CloseStatus}
   */
  BrokenMessage(int status) {
    super("broken message", null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
