package com.napalmsky.gateway.event;

/**
 * What a client sent has not the shape it must have. The message is a sentence for the client that
 * names the field.
 */
public final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence without anything the client sent
   */
  public Malformed(String message) {
    // Anybody can cause any number of these.
    super(message, null, false, false);
  }

  /** The sentence for the client. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
