package com.napalmsky.shared.runtime.process;

import org.jspecify.annotations.Nullable;

/** A process cannot start; the message says why, in one line for an operator. */
public class CannotStart extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CannotStart(String message) {
    this(message, null);
  }

  public CannotStart(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
