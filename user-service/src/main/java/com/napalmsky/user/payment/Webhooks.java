package com.napalmsky.user.payment;

import com.napalmsky.shared.contract.user.PaymentContract.ReceiveWebhook;
import com.napalmsky.shared.contract.user.PaymentContract.WebhookOutcome;
import com.napalmsky.shared.contract.user.PaymentContract.WebhookReceived;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.payment.CheckoutSession.Unreadable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Stripe announces by itself. Safe from any context. */
public final class Webhooks {

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

  private static final Set<String> PAYMENTS =
      Set.of("checkout.session.completed", "checkout.session.async_payment_succeeded");

  private final Payments payments;
  private final Timers timers;
  private final @Nullable String secret;

  Webhooks(Payments payments, Timers timers, @Nullable String secret) {
    this.payments = payments;
    this.timers = timers;
    this.secret = secret;
  }

  /**
   * Checks the signature over the bytes as they came, and only then reads them. Whatever is
   * recorded is received, also money that brings nothing: sent again it would bring no more.
   */
  public Future<WebhookReceived> receive(ReceiveWebhook webhook) {
    if (secret == null) {
      return outcome(WebhookOutcome.NOT_CONFIGURED);
    }
    byte[] body = webhook.bytes();
    if (!StripeSignature.isValid(webhook.signature(), body, secret, timers.now())) {
      return outcome(WebhookOutcome.SIGNATURE_REFUSED);
    }
    Announcement announcement;
    try {
      announcement = announcement(new JsonObject(Buffer.buffer(body)));
    } catch (DecodeException | ClassCastException | Unreadable unreadable) {
      LOG.warn("webhook unreadable cause={}", unreadable.toString());
      return outcome(WebhookOutcome.UNREADABLE);
    }
    return announcement == null
        ? outcome(WebhookOutcome.RECEIVED)
        : payments
            .settle(announcement)
            .map(settled -> new WebhookReceived(WebhookOutcome.RECEIVED));
  }

  /** What an event says of a payment; null when it is about something else. */
  private static @Nullable Announcement announcement(JsonObject event) {
    Object id = event.getValue("id");
    Object type = event.getValue("type");
    if (!(id instanceof String eventId)
        || !(type instanceof String word)
        || !CheckoutSession.isName(eventId)) {
      throw new Unreadable("event without id and type");
    }
    if (!PAYMENTS.contains(word)) {
      return null;
    }
    if (event.getValue("data") instanceof JsonObject data
        && data.getValue("object") instanceof JsonObject checkout) {
      return new Announcement(eventId, word, CheckoutSession.of(checkout));
    }
    throw new Unreadable("event without an object");
  }

  private static Future<WebhookReceived> outcome(WebhookOutcome outcome) {
    return Future.succeededFuture(new WebhookReceived(outcome));
  }
}
