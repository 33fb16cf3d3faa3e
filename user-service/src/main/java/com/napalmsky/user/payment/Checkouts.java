package com.napalmsky.user.payment;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutCreated;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutOutcome;
import com.napalmsky.shared.contract.user.PaymentContract.CreateCheckout;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.payment.PaymentTables.Attempt;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives people a page to pay on. Safe from any context.
 *
 * <pre>
 *   (none) ──ask──► ATTEMPT ──Stripe answers──► PAGE ──paid, expired──► (none)
 *             ▲        │  └──refused──► (none)    │
 *             └────────┘ no answer: same attempt  └── asked again: the same page
 * </pre>
 *
 * <p>One page for each user: whoever clicks twice, or comes back before he has paid, is sent to the
 * same page and cannot pay twice. A page that turns out to be paid is settled at once.
 */
public final class Checkouts {

  private static final Logger LOG = LoggerFactory.getLogger(Checkouts.class);

  // Stripe remembers the name of an attempt for a day.
  private static final Duration ATTEMPT_LIFE = Duration.ofHours(23);
  private static final int NOT_FOUND = 404;

  /** Ends the transaction in which it was found that there is nothing to pay for. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CheckoutOutcome outcome;

    Refused(CheckoutOutcome outcome) {
      super(outcome.name(), null, false, false);
      this.outcome = outcome;
    }
  }

  private final Database database;
  private final Timers timers;
  private final StripeApi stripe;
  private final Payments payments;
  private final Duration requestLimit;

  Checkouts(
      Database database,
      Timers timers,
      StripeApi stripe,
      Payments payments,
      Duration requestLimit) {
    this.database = database;
    this.timers = timers;
    this.stripe = stripe;
    this.payments = payments;
    this.requestLimit = requestLimit;
  }

  /** The page for a user who has not paid and was not verified by a code. */
  public Future<CheckoutCreated> create(CreateCheckout request) {
    if (!stripe.configured()) {
      return refused(CheckoutOutcome.NOT_CONFIGURED);
    }
    UUID userId = request.userId();
    return begin(userId)
        .compose(
            attempt -> {
              String known = attempt.sessionId();
              return known == null ? ask(userId, attempt) : again(userId, attempt, known);
            })
        .recover(
            cause ->
                cause instanceof Refused refused
                    ? refused(refused.outcome)
                    : Future.failedFuture(cause));
  }

  private Future<Attempt> begin(UUID userId) {
    return database.transaction(
        tx ->
            PaymentTables.hold(tx, userId)
                .compose(
                    user ->
                        user.map(row -> begin(tx, row))
                            .orElseGet(
                                () ->
                                    Future.failedFuture(new Refused(CheckoutOutcome.USER_GONE)))));
  }

  private Future<Attempt> begin(SqlConnection tx, Row user) {
    PaidStatus status = PersonRow.paidStatus(user);
    if (status == PaidStatus.PAID || status == PaidStatus.QR_VERIFIED) {
      return Future.failedFuture(new Refused(CheckoutOutcome.HAS_ACCESS));
    }
    return PaymentTables.begin(
        tx,
        user.getUUID("user_id"),
        UUID.randomUUID(),
        timers.now(),
        timers.now().minus(ATTEMPT_LIFE));
  }

  private Future<CheckoutCreated> ask(UUID userId, Attempt attempt) {
    return stripe
        .create(userId, attempt.id())
        .compose(
            page ->
                database
                    .read(tx -> PaymentTables.name(tx, userId, attempt.id(), page.id()))
                    .map(named -> open(page)))
        .recover(
            cause ->
                cause instanceof StripeRefusal refusal
                    ? give(userId, attempt, refusal)
                    : Future.failedFuture(cause));
  }

  /** Stripe repeats a refusal for a day under the same name, so the next one gets another. */
  private Future<CheckoutCreated> give(UUID userId, Attempt attempt, StripeRefusal refusal) {
    LOG.warn("checkout refused cause={}", refusal.getMessage());
    return forget(userId, attempt)
        .compose(
            forgotten ->
                refusal.status() >= 500
                    ? Future.failedFuture(ServiceFailure.unavailable("stripe has a fault"))
                    : refused(CheckoutOutcome.REFUSED));
  }

  private Future<CheckoutCreated> again(UUID userId, Attempt attempt, String sessionId) {
    return stripe
        .find(sessionId, requestLimit)
        .compose(
            page -> {
              if (page.open() && page.url() != null) {
                return Future.succeededFuture(open(page));
              }
              return (page.paid() ? settle(page) : Future.<Void>succeededFuture())
                  .compose(settled -> anew(userId, attempt));
            })
        .recover(
            cause ->
                cause instanceof StripeRefusal refusal
                    ? notFound(userId, attempt, refusal)
                    : Future.failedFuture(cause));
  }

  private Future<CheckoutCreated> notFound(UUID userId, Attempt attempt, StripeRefusal refusal) {
    if (refusal.status() == NOT_FOUND) {
      // Of another account of Stripe, whose key was in use before.
      return anew(userId, attempt);
    }
    LOG.warn("checkout refused cause={}", refusal.getMessage());
    return refusal.status() >= 500
        ? Future.failedFuture(ServiceFailure.unavailable("stripe has a fault"))
        : refused(CheckoutOutcome.REFUSED);
  }

  private Future<Void> settle(CheckoutSession page) {
    return payments.settle(Announcement.asked(page)).mapEmpty();
  }

  /** Another page, unless there is access by now. */
  private Future<CheckoutCreated> anew(UUID userId, Attempt old) {
    return forget(userId, old)
        .compose(forgotten -> begin(userId))
        // Whoever was faster has asked for a page by now; the name of the attempt is the same.
        .compose(attempt -> ask(userId, attempt));
  }

  private Future<Void> forget(UUID userId, Attempt attempt) {
    return database.read(connection -> PaymentTables.forget(connection, userId, attempt.id()));
  }

  private static CheckoutCreated open(CheckoutSession page) {
    return new CheckoutCreated(CheckoutOutcome.OPEN, page.url(), page.id());
  }

  private static Future<CheckoutCreated> refused(CheckoutOutcome outcome) {
    return Future.succeededFuture(new CheckoutCreated(outcome, null, null));
  }
}
