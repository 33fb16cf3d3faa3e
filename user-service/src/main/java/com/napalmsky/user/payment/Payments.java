package com.napalmsky.user.payment;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.code.AccessCodes;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what Stripe announces into access. Safe from any context.
 *
 * <pre>
 *   unpaid, qr_grace_period, qr_verified ──money──► paid, own code unlocked
 * </pre>
 *
 * <p>The payer's row is held first, so announcements of one payment wait for each other, and for a
 * code that is applied at the same time; then the announcement is recorded, which only one of them
 * can; then access is given. A repeated announcement changes nothing and tells all once more what
 * holds.
 */
final class Payments {

  private static final Logger LOG = LoggerFactory.getLogger(Payments.class);

  /**
   * @param first whether it was not known before
   * @param changed what to tell all, or null
   */
  private record Settled(Settlement outcome, boolean first, @Nullable AccountChanged changed) {}

  private final Database database;
  private final Bus bus;
  private final Timers timers;
  private final AccessCodes codes;
  private final Price price;

  Payments(Database database, Bus bus, Timers timers, AccessCodes codes, Price price) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
    this.codes = codes;
    this.price = price;
  }

  /** Records an announcement and gives what it pays for: both or nothing, and once. */
  Future<Settlement> settle(Announcement announcement) {
    return database
        .repeatableTransaction(tx -> settle(tx, announcement))
        .map(
            settled -> {
              if (settled.first()) {
                note(announcement, settled.outcome());
              }
              if (settled.changed() != null) {
                bus.publish(UserContract.ACCOUNT_CHANGED, settled.changed());
              }
              return settled.outcome();
            });
  }

  private Future<Settled> settle(SqlConnection tx, Announcement announcement) {
    UUID userId = announcement.checkout().userId();
    return (userId == null
            ? Future.succeededFuture(Optional.<Row>empty())
            : PaymentTables.hold(tx, userId))
        .compose(payer -> settle(tx, announcement, payer));
  }

  private Future<Settled> settle(SqlConnection tx, Announcement announcement, Optional<Row> payer) {
    CheckoutSession checkout = announcement.checkout();
    Settlement outcome = judge(checkout, payer);
    UUID userId = payer.map(row -> row.getUUID("user_id")).orElse(null);
    return PaymentTables.record(tx, announcement, userId, outcome, timers.now())
        .compose(
            first ->
                first
                    ? carryOut(tx, checkout, outcome, payer)
                    : Future.succeededFuture(
                        new Settled(
                            outcome,
                            false,
                            payer
                                .filter(row -> PersonRow.paidStatus(row) == PaidStatus.PAID)
                                .map(this::paid)
                                .orElse(null))));
  }

  private Settlement judge(CheckoutSession checkout, Optional<Row> payer) {
    if (!checkout.paid()) {
      return Settlement.UNPAID;
    }
    if (payer.isEmpty()) {
      return Settlement.UNKNOWN_USER;
    }
    if (!checkout.currency().equals(price.currency())) {
      return Settlement.WRONG_CURRENCY;
    }
    Integer agreed = checkout.agreedCents();
    if (checkout.amount() < (agreed == null ? price.cents() : agreed)) {
      return Settlement.TOO_LITTLE;
    }
    return PersonRow.paidStatus(payer.get()) == PaidStatus.PAID
        ? Settlement.ALREADY_PAID
        : Settlement.GRANTED;
  }

  private Future<Settled> carryOut(
      SqlConnection tx, CheckoutSession checkout, Settlement outcome, Optional<Row> payer) {
    if (outcome == Settlement.UNPAID) {
      return Future.succeededFuture(new Settled(outcome, true, null));
    }
    Future<Void> over = PaymentTables.forget(tx, checkout.id());
    if (outcome != Settlement.GRANTED || payer.isEmpty()) {
      return over.map(forgotten -> new Settled(outcome, true, null));
    }
    Row row = payer.get();
    UUID userId = row.getUUID("user_id");
    return Future.join(
            over, PaymentTables.grant(tx, userId, checkout, timers.now()), codes.unlock(tx, userId))
        .map(granted -> new Settled(outcome, true, paid(row)));
  }

  private AccountChanged paid(Row row) {
    return new AccountChanged(
        PersonRow.person(row), PaidStatus.PAID, PersonRow.banStatus(row, timers.now()));
  }

  private static void note(Announcement announcement, Settlement outcome) {
    String checkout = announcement.checkout().id();
    switch (outcome) {
      case GRANTED -> LOG.info("payment granted checkout={}", checkout);
      case UNPAID -> LOG.debug("checkout not paid yet checkout={}", checkout);
      // Somebody paid and got nothing for it: a matter for people.
      case ALREADY_PAID, TOO_LITTLE, WRONG_CURRENCY, UNKNOWN_USER ->
          LOG.atWarn()
              .addKeyValue(LogKey.OUTCOME, outcome.word())
              .log("payment without access checkout={}", checkout);
    }
  }
}
