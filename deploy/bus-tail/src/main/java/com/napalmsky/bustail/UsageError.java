package com.napalmsky.bustail;

/** A command line that cannot be understood; the message says what would be right. */
final class UsageError extends Exception {

  private static final long serialVersionUID = 1L;

  UsageError(String message) {
    super(message, null, false, false);
  }
}
