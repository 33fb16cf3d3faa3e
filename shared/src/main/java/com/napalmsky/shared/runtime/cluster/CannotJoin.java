package com.napalmsky.shared.runtime.cluster;

import org.jspecify.annotations.Nullable;

/** The cluster could not be joined; the message says why in words for an operator. */
public final class CannotJoin extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CannotJoin(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
