package com.napalmsky.user.admin;

import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of {@code admin_credentials}. */
final class AdminCredentials {

  private static final String FIND =
      "SELECT user_id, username, password_hash, failed_attempts, locked_until"
          + " FROM admin_credentials WHERE lower(username) = lower($1)";
  private static final String ADD =
      "INSERT INTO admin_credentials (user_id, username, password_hash, updated_at)"
          + " VALUES ($1, $2, $3, $4)";
  private static final String REPLACE =
      "UPDATE admin_credentials SET password_hash = $2, failed_attempts = 0, locked_until = NULL,"
          + " updated_at = $3 WHERE user_id = $1";
  // The count begins anew with the lock, so that the first attempt after it is not the last.
  private static final String COUNT_FAILURE =
      "UPDATE admin_credentials SET"
          + " failed_attempts = CASE WHEN failed_attempts + 1 >= $2 THEN 0"
          + " ELSE failed_attempts + 1 END,"
          + " locked_until = CASE WHEN failed_attempts + 1 >= $2 THEN $3 ELSE locked_until END"
          + " WHERE user_id = $1";
  private static final String FORGET_FAILURES =
      "UPDATE admin_credentials SET failed_attempts = 0, locked_until = NULL WHERE user_id = $1";

  /** What is stored of an admin. */
  record Stored(UUID userId, String username, String hash, @Nullable Instant lockedUntil) {

    boolean locked(Instant now) {
      return lockedUntil != null && lockedUntil.isAfter(now);
    }

    @Override
    public String toString() {
      return "Stored[]";
    }
  }

  private AdminCredentials() {}

  static Future<Optional<Stored>> find(SqlConnection connection, String username) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(username))
        .map(rows -> Rows.first(rows).map(AdminCredentials::stored));
  }

  static Future<Void> add(
      SqlConnection tx, UUID userId, String username, String hash, Instant now) {
    return tx.preparedQuery(ADD)
        .execute(Tuple.of(userId, username, hash, SqlTime.of(now)))
        .mapEmpty();
  }

  static Future<Void> replace(SqlConnection tx, UUID userId, String hash, Instant now) {
    return tx.preparedQuery(REPLACE).execute(Tuple.of(userId, hash, SqlTime.of(now))).mapEmpty();
  }

  /**
   * @param most failures in a row that lock the name
   */
  static Future<Void> countFailure(SqlConnection tx, UUID userId, int most, Instant lockedUntil) {
    return tx.preparedQuery(COUNT_FAILURE)
        .execute(Tuple.of(userId, most, SqlTime.of(lockedUntil)))
        .mapEmpty();
  }

  static Future<Void> forgetFailures(SqlConnection tx, UUID userId) {
    return tx.preparedQuery(FORGET_FAILURES).execute(Tuple.of(userId)).mapEmpty();
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.getUUID("user_id"),
        row.getString("username"),
        row.getString("password_hash"),
        SqlTime.optionalInstant(row, "locked_until"));
  }
}
