package com.napalmsky.user.payment;

/**
 * What Stripe said of a checkout, unasked or when asked.
 *
 * @param eventId Stripe's name of the event; made of the checkout's when we asked
 * @param type Stripe's word for the event; {@link #ASKED} when we asked
 */
record Announcement(String eventId, String type, CheckoutSession checkout) {

  static final String ASKED = "lookup";

  /** An answer of Stripe. */
  static Announcement asked(CheckoutSession checkout) {
    return new Announcement(ASKED + ":" + checkout.id(), ASKED, checkout);
  }
}
