package com.napalmsky.importold.options;

/** A command line that cannot be understood; the message says what would be right. */
public final class UsageError extends Exception {

  private static final long serialVersionUID = 1L;

  public UsageError(String message) {
    super(message);
  }
}
