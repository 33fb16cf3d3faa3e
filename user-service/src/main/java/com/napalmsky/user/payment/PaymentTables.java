package com.napalmsky.user.payment;

import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of payments, each inside the caller's transaction where it is one. */
final class PaymentTables {

  private static final String HOLD =
      "SELECT "
          + PersonRow.COLUMNS
          + ", u.paid_status, "
          + PersonRow.BAN
          + " FROM users u WHERE u.user_id = $1"
          + " FOR NO KEY UPDATE OF u";
  // Either the event or the checkout may be known already: both are unique.
  private static final String RECORD =
      "INSERT INTO stripe_events (event_id, checkout_session_id, type, user_id, amount_cents,"
          + " currency, received_at, outcome, reference, payment_intent)"
          + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
  private static final String GRANT =
      "UPDATE users SET paid_status = 'paid', paid_at = $2, payment_id = $3, qr_unlocked = true,"
          + " qr_unlocked_at = coalesce(qr_unlocked_at, $2), updated_at = $2 WHERE user_id = $1";

  // A page that Stripe never named is asked for again under its old name for as long as Stripe
  // remembers that name, and under a new one afterwards.
  private static final String BEGIN =
      "INSERT INTO checkouts AS c (user_id, attempt_id, created_at) VALUES ($1, $2, $3)"
          + " ON CONFLICT (user_id) DO UPDATE SET attempt_id = $2, created_at = $3"
          + " WHERE c.checkout_session_id IS NULL AND c.created_at <= $4";
  private static final String CHECKOUT =
      "SELECT attempt_id, checkout_session_id FROM checkouts WHERE user_id = $1";
  private static final String NAME =
      "UPDATE checkouts SET checkout_session_id = $3 WHERE user_id = $1 AND attempt_id = $2";
  private static final String FORGET_ATTEMPT =
      "DELETE FROM checkouts WHERE user_id = $1 AND attempt_id = $2";
  private static final String FORGET_CHECKOUT =
      "DELETE FROM checkouts WHERE checkout_session_id = $1";
  // One statement asks and notes: of many status requests at once one puts the question.
  private static final String CLAIM_LOOKUP =
      "UPDATE checkouts c SET looked_up_at = $2 FROM users u"
          + " WHERE c.user_id = $1 AND u.user_id = c.user_id AND u.paid_status <> 'paid'"
          + " AND c.checkout_session_id IS NOT NULL"
          + " AND (c.looked_up_at IS NULL OR c.looked_up_at <= $3)"
          + " RETURNING c.checkout_session_id";

  /**
   * The page a user may be on.
   *
   * @param sessionId null until Stripe has answered
   */
  record Attempt(UUID id, @Nullable String sessionId) {}

  private PaymentTables() {}

  /** A user, held until the commit. */
  static Future<Optional<Row>> hold(SqlConnection tx, UUID userId) {
    return tx.preparedQuery(HOLD).execute(Tuple.of(userId)).map(Rows::first);
  }

  /**
   * Records an announcement.
   *
   * @param userId null when there is no such user
   * @return false when this event or this payment was recorded before
   */
  static Future<Boolean> record(
      SqlConnection tx,
      Announcement announcement,
      @Nullable UUID userId,
      Settlement outcome,
      Instant now) {
    CheckoutSession checkout = announcement.checkout();
    return tx.preparedQuery(RECORD)
        .execute(
            Tuple.of(
                announcement.eventId(),
                // A checkout without money may be announced again, with it.
                checkout.paid() ? checkout.id() : null,
                announcement.type(),
                userId,
                checkout.amount(),
                checkout.currency(),
                SqlTime.of(now),
                outcome.word(),
                checkout.reference(),
                checkout.paymentIntent()))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Gives access and unlocks, once. */
  static Future<Void> grant(SqlConnection tx, UUID userId, CheckoutSession paid, Instant now) {
    String payment = paid.paymentIntent();
    return tx.preparedQuery(GRANT)
        .execute(Tuple.of(userId, SqlTime.of(now), payment == null ? paid.id() : payment))
        .mapEmpty();
  }

  /**
   * The attempt to pay that is under way, or a new one.
   *
   * @param id of a new one
   * @param forgotten what was begun before this and never got a name is begun anew
   */
  static Future<Attempt> begin(
      SqlConnection tx, UUID userId, UUID id, Instant now, Instant forgotten) {
    return tx.preparedQuery(BEGIN)
        .execute(Tuple.of(userId, id, SqlTime.of(now), SqlTime.of(forgotten)))
        .compose(begun -> tx.preparedQuery(CHECKOUT).execute(Tuple.of(userId)))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Attempt(row.getUUID("attempt_id"), row.getString("checkout_session_id"));
            });
  }

  /** Notes what Stripe calls the page of an attempt. */
  static Future<Void> name(SqlConnection connection, UUID userId, UUID attempt, String sessionId) {
    return connection.preparedQuery(NAME).execute(Tuple.of(userId, attempt, sessionId)).mapEmpty();
  }

  /** Ends an attempt, unless another one has taken its place. */
  static Future<Void> forget(SqlConnection connection, UUID userId, UUID attempt) {
    return connection.preparedQuery(FORGET_ATTEMPT).execute(Tuple.of(userId, attempt)).mapEmpty();
  }

  /** Ends the attempt whose page this is. */
  static Future<Void> forget(SqlConnection connection, String sessionId) {
    return connection.preparedQuery(FORGET_CHECKOUT).execute(Tuple.of(sessionId)).mapEmpty();
  }

  /**
   * The page of a user who has not paid, if it was not asked about since.
   *
   * @param since the pause between two questions ago
   */
  static Future<Optional<String>> claimLookup(
      SqlConnection connection, UUID userId, Instant now, Instant since) {
    return connection
        .preparedQuery(CLAIM_LOOKUP)
        .execute(Tuple.of(userId, SqlTime.of(now), SqlTime.of(since)))
        .map(rows -> Rows.first(rows).map(row -> row.getString("checkout_session_id")));
  }
}
