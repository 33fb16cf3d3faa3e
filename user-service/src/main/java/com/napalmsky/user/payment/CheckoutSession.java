package com.napalmsky.user.payment;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe says of a checkout.
 *
 * @param open whether it can still be paid
 * @param expired whether nobody paid in time
 * @param paid whether the money has arrived
 * @param amount in the smallest unit; 0 when not said
 * @param currency in lower case; empty when not said
 * @param agreedCents what was asked for when the page was made; null when not said
 * @param reference whom it is for, as Stripe was told, at most 200 characters; null when not said
 * @param userId the same, when it can be a user of ours; null also when Stripe was told two things
 * @param paymentIntent Stripe's name of the payment, or null
 * @param url where to pay; null when it is over
 */
record CheckoutSession(
    String id,
    boolean open,
    boolean expired,
    boolean paid,
    int amount,
    String currency,
    @Nullable Integer agreedCents,
    @Nullable String reference,
    @Nullable UUID userId,
    @Nullable String paymentIntent,
    @Nullable String url) {

  /** What this service writes into the metadata of a checkout. */
  static final String USER_ID = "userId";

  /** See {@link #USER_ID}: a page that is open keeps its price when the price changes. */
  static final String PRICE_CENTS = "priceCents";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,255}");
  private static final int LONGEST_REFERENCE = 200;

  /** Something that is not shaped as Stripe shapes it. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String what) {
      super(what, null, false, false);
    }
  }

  /**
   * Reads Stripe's object.
   *
   * @throws Unreadable when a field that is needed is missing or of another type
   */
  static CheckoutSession of(JsonObject json) {
    String id = text(json, "id");
    if (id == null || !isName(id)) {
      throw new Unreadable("checkout without an id");
    }
    Object metadata = json.getValue("metadata");
    JsonObject ours = metadata instanceof JsonObject object ? object : new JsonObject();
    String named = text(json, "client_reference_id");
    String noted = text(ours, USER_ID);
    String reference = named == null ? noted : named;
    boolean agree = named == null || noted == null || named.equals(noted);
    String status = text(json, "status");
    String currency = text(json, "currency");
    return new CheckoutSession(
        id,
        "open".equals(status),
        "expired".equals(status),
        "paid".equals(text(json, "payment_status")),
        amount(json.getValue("amount_total")),
        currency == null ? "" : currency,
        cents(text(ours, PRICE_CENTS)),
        reference == null ? null : printable(reference),
        reference == null || !agree ? null : uuid(reference),
        paymentIntent(json.getValue("payment_intent")),
        text(json, "url"));
  }

  /** Whether a text can be one of Stripe's names of things. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static @Nullable String text(JsonObject json, String name) {
    Object value = json.getValue(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new Unreadable(name + " is no text");
  }

  private static int amount(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    if ((value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() == ((Number) value).intValue()) {
      return ((Number) value).intValue();
    }
    throw new Unreadable("amount_total is no amount");
  }

  private static @Nullable Integer cents(@Nullable String text) {
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException notOurs) {
      return null;
    }
  }

  /** Its id, also where the object itself stands. */
  private static @Nullable String paymentIntent(@Nullable Object value) {
    Object id = value instanceof JsonObject expanded ? expanded.getValue("id") : value;
    return id instanceof String text && isName(text) ? text : null;
  }

  private static @Nullable UUID uuid(String text) {
    try {
      // Only the usual form: Java would also read shorter ones, and they name the same user.
      return text.length() == 36 ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException notAUser) {
      return null;
    }
  }

  // PostgreSQL refuses a text with U+0000.
  private static String printable(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "");
    return clean.length() <= LONGEST_REFERENCE ? clean : clean.substring(0, LONGEST_REFERENCE);
  }
}
