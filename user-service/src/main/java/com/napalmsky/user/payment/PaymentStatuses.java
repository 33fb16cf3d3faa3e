package com.napalmsky.user.payment;

import com.napalmsky.shared.contract.user.PaymentContract.GetPaymentStatus;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.GotAccount;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.profile.Profiles;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What opened the door for a user. Somebody who has an open page and no access yet may have paid a
 * moment ago: Stripe is asked, now and then, and what it says is settled like a webhook. Safe from
 * any context.
 */
public final class PaymentStatuses {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentStatuses.class);
  private static final int NOT_FOUND = 404;

  private final Database database;
  private final Timers timers;
  private final StripeApi stripe;
  private final Payments payments;
  private final Profiles profiles;
  private final Duration lookupLimit;
  private final Duration lookupPause;

  PaymentStatuses(
      Database database,
      Timers timers,
      StripeApi stripe,
      Payments payments,
      Profiles profiles,
      PaymentConfig config) {
    this.database = database;
    this.timers = timers;
    this.stripe = stripe;
    this.payments = payments;
    this.profiles = profiles;
    this.lookupLimit = config.lookupLimit();
    this.lookupPause = config.lookupPause();
  }

  /** The account as it is after Stripe was asked; as it was when Stripe does not answer. */
  public Future<GotAccount> get(GetPaymentStatus request) {
    return lookUp(request.userId())
        .recover(
            cause -> {
              LOG.debug("late webhook not looked up cause={}", cause.toString());
              return Future.succeededFuture();
            })
        .compose(lookedUp -> profiles.get(new GetAccount(request.userId())));
  }

  private Future<Void> lookUp(UUID userId) {
    if (!stripe.configured()) {
      return Future.succeededFuture();
    }
    Instant now = timers.now();
    return database
        .read(
            connection ->
                PaymentTables.claimLookup(connection, userId, now, now.minus(lookupPause)))
        .compose(page -> page.map(this::lookUp).orElseGet(Future::succeededFuture));
  }

  private Future<Void> lookUp(String sessionId) {
    return stripe
        .find(sessionId, lookupLimit)
        .compose(
            page -> {
              if (page.paid()) {
                return payments.settle(Announcement.asked(page)).<Void>mapEmpty();
              }
              return page.expired() ? forget(sessionId) : Future.<Void>succeededFuture();
            })
        .recover(
            cause ->
                cause instanceof StripeRefusal refusal && refusal.status() == NOT_FOUND
                    ? forget(sessionId)
                    : Future.failedFuture(cause))
        // With the wait for a connection to Stripe, or to the database.
        .timeout(2 * lookupLimit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Future<Void> forget(String sessionId) {
    return database.read(connection -> PaymentTables.forget(connection, sessionId));
  }
}
