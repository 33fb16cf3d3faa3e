package com.napalmsky.gateway.http.payment;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.PaymentContract;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutCreated;
import com.napalmsky.shared.contract.user.PaymentContract.CreateCheckout;
import com.napalmsky.shared.contract.user.PaymentContract.GetPaymentStatus;
import com.napalmsky.shared.contract.user.PaymentContract.ReceiveWebhook;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.OwnCode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.util.List;

/** {@code /payment/*}. */
public final class PaymentRoutes {

  private static final CharSequence SIGNATURE = HttpHeaders.createOptimized("Stripe-Signature");

  private final Bus bus;
  private final SessionCache sessions;
  private final int webhookMaxBytes;

  public PaymentRoutes(Bus bus, SessionCache sessions, int webhookMaxBytes) {
    this.bus = bus;
    this.sessions = sessions;
    this.webhookMaxBytes = webhookMaxBytes;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/payment/status", Access.SESSION, Limit.PAYMENT).answeredBy(this::status),
        Operation.post("/payment/create-checkout", Access.SESSION, Limit.PAYMENT)
            .answeredBy(this::createCheckout),
        // Nobody's limit: Stripe sends for all users, and sends again what it is refused.
        Operation.post("/payment/webhook", Access.OPEN)
            .takingBytes(webhookMaxBytes)
            .reading(PaymentRoutes::webhook)
            .answeredBy(this::receive));
  }

  private Future<Answer> status(Caller caller) {
    return bus.request(PaymentContract.PAYMENT_STATUS, new GetPaymentStatus(caller.userId()))
        .map(
            got -> {
              Account account = got.account();
              if (account == null) {
                throw Refusal.of(404, "This account does not exist any more");
              }
              forgetIfChanged(caller, account.paidStatus());
              return Answer.ok(out -> write(out, account));
            });
  }

  /**
   * Whoever reads here that he has paid must find the door open, whatever has been announced yet.
   */
  private void forgetIfChanged(Caller caller, PaidStatus status) {
    String token = caller.inbound().token();
    if (token != null && caller.user().paidStatus() != status) {
      sessions.forget(TokenHash.of(token));
    }
  }

  private Future<Answer> createCheckout(Caller caller) {
    return bus.request(PaymentContract.CREATE_CHECKOUT, new CreateCheckout(caller.userId()))
        .map(PaymentRoutes::created);
  }

  private static Answer created(CheckoutCreated created) {
    return switch (created.outcome()) {
      case OPEN ->
          Answer.ok(
              out -> {
                out.writeStringField("checkoutUrl", created.url());
                out.writeStringField("sessionId", created.sessionId());
              });
      case HAS_ACCESS -> Answer.error(400, "You have access already");
      case USER_GONE -> Answer.error(404, "This account does not exist any more");
      case NOT_CONFIGURED -> Answer.error(503, "Payments are not set up on this server");
      case REFUSED -> Answer.error(500, "The payment could not be started");
    };
  }

  private static ReceiveWebhook webhook(Inbound inbound) {
    String signature = inbound.headers().get(SIGNATURE);
    if (signature == null) {
      throw new Refusal(Answer.text(400, "The header Stripe-Signature is missing"));
    }
    return ReceiveWebhook.of(inbound.bytes().getBytes(), signature);
  }

  private Future<Answer> receive(Caller caller, ReceiveWebhook webhook) {
    return bus.request(PaymentContract.RECEIVE_WEBHOOK, webhook)
        .map(
            received ->
                switch (received.outcome()) {
                  case RECEIVED -> Answer.ok(out -> out.writeBooleanField("received", true));
                  case SIGNATURE_REFUSED -> Answer.text(400, "The signature is not valid");
                  case UNREADABLE -> Answer.text(400, "This is not an event of Stripe");
                  case NOT_CONFIGURED -> Answer.text(500, "The webhook's secret is not set");
                });
  }

  private static void write(JsonGenerator out, Account account) throws IOException {
    OwnCode code = account.myInviteCode();
    out.writeStringField("paidStatus", account.paidStatus().wire());
    JsonText.optionalTime(out, "paidAt", account.paidAt());
    JsonText.optional(out, "myInviteCode", code == null ? null : code.code());
    out.writeNumberField("inviteCodeUsesRemaining", code == null ? 0 : code.usesRemaining());
    if (code == null) {
      out.writeNullField("myCodeInfo");
    } else {
      out.writeObjectFieldStart("myCodeInfo");
      out.writeStringField("code", code.code());
      out.writeNumberField("usesRemaining", code.usesRemaining());
      out.writeNumberField("maxUses", code.maxUses());
      out.writeNumberField("totalUsed", code.totalUsed());
      out.writeStringField("type", code.type());
      out.writeEndObject();
    }
    JsonText.optional(out, "inviteCodeUsed", account.inviteCodeUsed());
    // Who has paid need not earn his code with calls.
    out.writeBooleanField(
        "qrUnlocked", account.qrUnlocked() || account.paidStatus() == PaidStatus.PAID);
    out.writeNumberField("successfulSessions", account.successfulSessions());
    JsonText.optionalTime(out, "qrUnlockedAt", account.qrUnlockedAt());
  }
}
