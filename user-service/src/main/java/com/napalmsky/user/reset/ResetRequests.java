package com.napalmsky.user.reset;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.user.AccountContract.RequestOutcome;
import com.napalmsky.shared.contract.user.AccountContract.RequestReset;
import com.napalmsky.shared.contract.user.AccountContract.ResetRequested;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.credential.EmailAddress;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Resets that were asked for and not yet mailed, in the database: the answer to who asks is the
 * same for everybody since nothing is looked up for it, and no restart forgets a request.
 *
 * <pre>
 *   WAITING ──take──► TAKEN ──mailed, nobody there, or given up──► gone
 *      ▲                └─failed, or its instance died─┐
 *      └───────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Safe from any context; several instances may take requests at once.
 */
public final class ResetRequests {

  // Who asks again while the first request waits has one request, made now.
  private static final String ADD =
      "INSERT INTO password_reset_requests (email, requested_at, due_at) SELECT $1, $2, $2"
          + " WHERE $3 > (SELECT count(*) FROM password_reset_requests)"
          + " ON CONFLICT (email) DO UPDATE SET requested_at = excluded.requested_at";
  // SKIP LOCKED: what another instance takes right now is none of ours.
  private static final String TAKE =
      "UPDATE password_reset_requests r SET attempts = r.attempts + 1, due_at = $2"
          + " WHERE r.email = (SELECT email FROM password_reset_requests WHERE due_at <= $1"
          + " ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
          + " RETURNING r.email, r.requested_at, r.attempts,"
          + " (SELECT u.user_id FROM users u WHERE lower(u.email) = lower(r.email)) AS user_id";
  private static final String PUT_OFF =
      "UPDATE password_reset_requests SET due_at = $2 WHERE email = $1";
  private static final String REMOVE = "DELETE FROM password_reset_requests WHERE email = $1";

  /**
   * A request in the hands of this instance.
   *
   * @param attempts with this one
   * @param userId whose address it is, or null
   */
  record Taken(String email, Instant requestedAt, int attempts, @Nullable UUID userId) {
    @Override
    public String toString() {
      return "Taken[attempts=" + attempts + "]";
    }
  }

  private final Database database;
  private final Timers timers;
  private final int most;

  /**
   * @param most how many may wait, about
   */
  public ResetRequests(Database database, Timers timers, int most) {
    this.database = database;
    this.timers = timers;
    this.most = most;
  }

  /** Keeps a request. Does the same for everybody, with or without an account. */
  public Future<ResetRequested> add(RequestReset request) {
    return EmailAddress.of(request.email())
        .map(this::add)
        .orElseGet(() -> Future.succeededFuture(new ResetRequested(RequestOutcome.EMAIL_INVALID)));
  }

  private Future<ResetRequested> add(EmailAddress address) {
    Tuple row = Tuple.of(address.text(), SqlTime.of(timers.now()), (long) most);
    return database
        .read(connection -> connection.preparedQuery(ADD).execute(row))
        .map(
            rows -> {
              if (rows.rowCount() == 0) {
                throw new ServiceFailure(Code.OVERLOADED, "too many resets wait to be mailed");
              }
              return new ResetRequested(RequestOutcome.ACCEPTED);
            });
  }

  /**
   * Takes what is due first, for a while.
   *
   * @param lease after which another instance may take it
   */
  Future<Optional<Taken>> take(Duration lease) {
    Tuple when = Tuple.of(SqlTime.of(timers.now()), SqlTime.of(timers.now().plus(lease)));
    // Not a read that is repeated: the first attempt may have taken what nobody would then hold.
    return database
        .transaction(tx -> tx.preparedQuery(TAKE).execute(when))
        .map(rows -> Rows.first(rows).map(ResetRequests::taken));
  }

  private static Taken taken(Row row) {
    return new Taken(
        row.getString("email"),
        SqlTime.instant(row, "requested_at"),
        row.getInteger("attempts"),
        row.getUUID("user_id"));
  }

  /** Lets a taken request wait. */
  Future<Void> putOff(Taken taken, Duration pause) {
    Tuple until = Tuple.of(taken.email(), SqlTime.of(timers.now().plus(pause)));
    return database.read(connection -> connection.preparedQuery(PUT_OFF).execute(until)).mapEmpty();
  }

  /** Forgets a taken request, on the caller's connection. */
  static Future<Void> remove(SqlConnection connection, Taken taken) {
    return connection.preparedQuery(REMOVE).execute(Tuple.of(taken.email())).mapEmpty();
  }
}
