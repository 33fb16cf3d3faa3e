package com.napalmsky.signaling.ice;

/** A provider gave no TURN server. Says why in words of ours, never in those of its answer. */
final class ProviderFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProviderFailure(String message) {
    super(message, null, false, false);
  }

  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }
}
