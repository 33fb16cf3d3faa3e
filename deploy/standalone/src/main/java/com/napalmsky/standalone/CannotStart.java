package com.napalmsky.standalone;

/** The program cannot start; the message is the one line that the user gets to read. */
final class CannotStart extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CannotStart(String message) {
    super(message, null, false, false);
  }
}
