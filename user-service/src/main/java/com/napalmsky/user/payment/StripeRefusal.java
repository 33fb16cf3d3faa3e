package com.napalmsky.user.payment;

/** Stripe answered, and does not do what it was asked. Its text is for the log, never for users. */
final class StripeRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  StripeRefusal(int status, String why) {
    super("stripe answered " + status + " " + why, null, false, false);
    this.status = status;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }
}
