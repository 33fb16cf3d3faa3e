package com.napalmsky.signaling.call;

import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this instance may act as the owner of its calls.
 *
 * <pre>
 *   HELD ──not renewed in time (the process stood still)──► UNSURE: nothing is done or answered
 *   UNSURE ──renewed──► CHECKING: which calls were adopted meanwhile?──► HELD
 *   HELD ──the store does not answer──► AWAY: goes on, since nobody can adopt without it either
 *   AWAY ──renewed──► CHECKING
 * </pre>
 *
 * <p>Confined to the context that created it.
 */
final class Tenure {

  private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

  /** How often a lease is renewed while it lasts. */
  private static final int RENEWALS = 3;

  private final String owner;
  private final CallDirectory directory;
  private final Timers timers;
  private final Duration lease;
  private final Supplier<Future<Void>> check;
  private final Runnable renewed;
  private Instant heldUntil = Instant.MIN;
  private Instant steadySince = Instant.MAX;
  private Instant failedAt = Instant.MIN;
  private boolean away;
  private boolean checking;
  private boolean stopped;
  private Timers.@Nullable Cancellable next;
  private @Nullable Promise<Void> underWay;

  /**
   * @param check finds out which calls were adopted since the lease was lost, or the store was away
   * @param renewed hears of every renewal, after the check
   */
  Tenure(
      String owner,
      CallDirectory directory,
      Timers timers,
      Duration lease,
      Supplier<Future<Void>> check,
      Runnable renewed) {
    this.owner = owner;
    this.directory = directory;
    this.timers = timers;
    this.lease = lease;
    this.check = check;
    this.renewed = renewed;
  }

  /** Begins to hold the lease; succeeds when it was tried once. */
  Future<Void> begin() {
    return renew();
  }

  /** Renews no more. */
  void stop() {
    stopped = true;
    if (next != null) {
      next.cancel();
    }
  }

  /** Whether no other instance can have been made the owner in the place of this one. */
  boolean sure() {
    Instant now = timers.now();
    return !checking && (now.isBefore(heldUntil) || (away && now.isBefore(failedAt.plus(lease))));
  }

  /** Succeeds at once when it is sure, else when it was found out how things stand. */
  Future<Void> assured() {
    return sure() ? Future.succeededFuture() : renew();
  }

  /**
   * Whether this instance may take calls from another one: only after it has held its own lease for
   * as long as a lease lasts, so that after an outage of the store everybody has renewed first.
   */
  boolean mayAdopt() {
    Instant now = timers.now();
    return !stopped
        && !away
        && !checking
        && now.isBefore(heldUntil)
        && !steadySince.isAfter(now.minus(lease));
  }

  /** Whether the store did not answer when it was asked last. */
  boolean away() {
    return away;
  }

  private Future<Void> renew() {
    if (underWay != null) {
      return underWay.future();
    }
    if (next != null) {
      next.cancel();
      next = null;
    }
    Promise<Void> attempt = Promise.promise();
    underWay = attempt;
    Instant sentAt = timers.now();
    directory
        .hold(owner, sentAt, sentAt.plus(lease))
        .compose(stood -> held(sentAt, stood))
        .onComplete(held -> end(attempt), this::storeIsAway);
    return attempt.future();
  }

  private Future<Void> held(Instant sentAt, boolean stood) {
    heldUntil = sentAt.plus(lease);
    if (stood && !away) {
      return Future.succeededFuture();
    }
    if (away) {
      LOG.info("store of calls answers again owner={}", owner);
    }
    steadySince = sentAt;
    checking = true;
    return check
        .get()
        .andThen(
            checked -> {
              checking = false;
              away = checked.failed();
            });
  }

  private void storeIsAway(Throwable cause) {
    if (!away) {
      LOG.warn("store of calls does not answer owner={} cause={}", owner, cause.toString());
    }
    away = true;
    failedAt = timers.now();
    if (underWay != null) {
      end(underWay);
    }
  }

  private void end(Promise<Void> attempt) {
    underWay = null;
    if (!stopped) {
      next = timers.after(lease.dividedBy(RENEWALS), () -> renew().onComplete(d -> {}, f -> {}));
    }
    attempt.complete();
    if (!away) {
      renewed.run();
    }
  }
}
