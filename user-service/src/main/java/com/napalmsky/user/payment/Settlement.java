package com.napalmsky.user.payment;

import java.util.Locale;

/** What an announcement brought. */
enum Settlement {
  GRANTED,
  /** The user has paid before, with another checkout: somebody should give the money back. */
  ALREADY_PAID,
  /** The money has not arrived; it is announced when it does. */
  UNPAID,
  TOO_LITTLE,
  WRONG_CURRENCY,
  /** Stripe was told of no user, of two, or of one who does not exist any more. */
  UNKNOWN_USER;

  /** The word in the database. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
