package com.napalmsky.user.reset;

import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.session.Tokens;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What mailed links carry, each operation on the caller's connection. Safe from any context.
 *
 * <pre>
 *   ISSUED ──use, or another change of the password──► ENDED
 *      └─────time──► EXPIRED
 * </pre>
 */
public final class ResetTokens {

  private static final Duration HOUR = Duration.ofHours(1);

  private static final String ISSUE =
      "INSERT INTO password_reset_tokens (token_hash, user_id, created_at, expires_at)"
          + " SELECT $1, $2, $3, $4 WHERE $5 > (SELECT count(*) FROM password_reset_tokens"
          + " WHERE user_id = $2 AND mailed_at > $6)";
  private static final String MAILED =
      "UPDATE password_reset_tokens SET mailed_at = $2 WHERE token_hash = $1";
  private static final String FIND =
      "SELECT user_id, ended_at IS NULL AND expires_at > $2 AS good FROM password_reset_tokens"
          + " WHERE token_hash = $1";
  // Asked for again while it is written: of two uses at the same time the second finds no row.
  private static final String USE =
      "UPDATE password_reset_tokens SET ended_at = $2"
          + " WHERE token_hash = $1 AND ended_at IS NULL AND expires_at > $2";
  private static final String VOID =
      "UPDATE password_reset_tokens SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL";

  /**
   * @param good whether it can still be used
   */
  record Found(UUID userId, boolean good) {}

  private final Timers timers;
  private final Tokens tokens = new Tokens();

  public ResetTokens(Timers timers) {
    this.timers = timers;
  }

  /**
   * Makes a token.
   *
   * @param mostMailed how many of the user's may have been mailed within the last hour
   * @return the token, which exists here alone; empty when as many were mailed
   */
  Future<Optional<String>> issue(
      SqlConnection connection, UUID userId, Duration life, int mostMailed) {
    String token = tokens.next();
    return connection
        .preparedQuery(ISSUE)
        .execute(
            Tuple.of(
                TokenHash.of(token),
                userId,
                SqlTime.of(timers.now()),
                SqlTime.of(timers.now().plus(life)),
                (long) mostMailed,
                SqlTime.of(timers.now().minus(HOUR))))
        .map(rows -> rows.rowCount() == 1 ? Optional.of(token) : Optional.empty());
  }

  /** Notes that a token is on its way. */
  Future<Void> mailed(SqlConnection connection, String token) {
    return connection
        .preparedQuery(MAILED)
        .execute(Tuple.of(TokenHash.of(token), SqlTime.of(timers.now())))
        .mapEmpty();
  }

  Future<Optional<Found>> find(SqlConnection connection, String tokenHash) {
    if (!Tokens.isHash(tokenHash)) {
      return Future.succeededFuture(Optional.empty());
    }
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(tokenHash, SqlTime.of(timers.now())))
        .map(rows -> Rows.first(rows).map(ResetTokens::found));
  }

  private static Found found(Row row) {
    return new Found(row.getUUID("user_id"), row.getBoolean("good"));
  }

  /**
   * Uses a token up.
   *
   * @return whether it could still be used
   */
  Future<Boolean> use(SqlConnection tx, String tokenHash) {
    return tx.preparedQuery(USE)
        .execute(Tuple.of(tokenHash, SqlTime.of(timers.now())))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Ends every token of a user, whose password or address is another one from now on. */
  public Future<Void> voidAll(SqlConnection tx, UUID userId) {
    return tx.preparedQuery(VOID).execute(Tuple.of(userId, SqlTime.of(timers.now()))).mapEmpty();
  }
}
