package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.contract.user.UserContract.GotAccount;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Payments through Stripe. Whatever an operation changed is committed when it answers. */
public final class PaymentContract {

  private PaymentContract() {}

  /** {@code POST /payment/create-checkout}. */
  public record CreateCheckout(UUID userId) {}

  /** What became of the wish to pay. */
  public enum CheckoutOutcome {
    /** There is a page to pay on; a page that is still open is given again. */
    OPEN,
    /** Paid, or verified by a code: there is nothing to pay for. */
    HAS_ACCESS,
    USER_GONE,
    /** This installation has no key for Stripe. */
    NOT_CONFIGURED,
    /** Stripe does not want the request as it is; the log says why. */
    REFUSED
  }

  /**
   * @param url where to pay; null unless open
   * @param sessionId Stripe's name of the checkout; null unless open
   */
  public record CheckoutCreated(
      CheckoutOutcome outcome, @Nullable String url, @Nullable String sessionId) {}

  /**
   * {@code POST /payment/webhook}.
   *
   * @param body the bytes as they came, in Base64: the signature is over them and over nothing else
   * @param signature the header {@code Stripe-Signature} as it came
   */
  public record ReceiveWebhook(String body, String signature) {

    public static ReceiveWebhook of(byte[] body, String signature) {
      return new ReceiveWebhook(Base64.getEncoder().encodeToString(body), signature);
    }

    /**
     * The bytes as they came.
     *
     * @throws IllegalArgumentException when the body is no Base64
     */
    public byte[] bytes() {
      return Base64.getDecoder().decode(body);
    }

    @Override
    public String toString() {
      return "ReceiveWebhook[]";
    }
  }

  /** What became of a webhook. */
  public enum WebhookOutcome {
    /** Dealt with, or nothing to deal with: Stripe need not send it again. */
    RECEIVED,
    /** Not signed by Stripe, or not lately. */
    SIGNATURE_REFUSED,
    /** Signed, but not what Stripe sends. */
    UNREADABLE,
    /** This installation has no secret to check signatures with. */
    NOT_CONFIGURED
  }

  public record WebhookReceived(WebhookOutcome outcome) {}

  /**
   * {@code GET /payment/status}: the account, after Stripe was asked about a checkout whose webhook
   * may be late.
   */
  public record GetPaymentStatus(UUID userId) {}

  private static final Duration STRIPE_LIMIT = Duration.ofSeconds(20);
  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(10);

  public static final Endpoint<CreateCheckout, CheckoutCreated> CREATE_CHECKOUT =
      Endpoint.of("user.v1.create-checkout", CreateCheckout.class, CheckoutCreated.class)
          .within(STRIPE_LIMIT);
  public static final Endpoint<ReceiveWebhook, WebhookReceived> RECEIVE_WEBHOOK =
      Endpoint.of("user.v1.receive-webhook", ReceiveWebhook.class, WebhookReceived.class)
          .within(TRANSACTION_LIMIT);
  public static final Endpoint<GetPaymentStatus, GotAccount> PAYMENT_STATUS =
      Endpoint.of("user.v1.payment-status", GetPaymentStatus.class, GotAccount.class)
          .within(TRANSACTION_LIMIT);
}
