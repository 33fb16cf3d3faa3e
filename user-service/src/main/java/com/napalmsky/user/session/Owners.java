package com.napalmsky.user.session;

import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.user.database.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind an active session, for what only the owner of an account may do: not whoever came
 * in by the admin's door, where the account's own password was not asked for. Safe from any
 * context.
 */
public final class Owners {

  private static final String FIND =
      "SELECT u.password_hash FROM users u WHERE u.user_id = $1 AND EXISTS"
          + " (SELECT 1 FROM sessions s WHERE s.session_id = $2 AND s.kind = 'user')";
  private static final String HOLD = FIND + " FOR NO KEY UPDATE OF u";
  private static final String HOLD_USER =
      "SELECT 1 FROM users WHERE user_id = $1 FOR NO KEY UPDATE";

  /**
   * @param sessionId the one that asks
   * @param passwordHash null for a guest
   */
  public record Owner(UUID userId, UUID sessionId, @Nullable String passwordHash) {

    /** Whether the password is still the one that was looked at. */
    public boolean stillHas(@Nullable String hash) {
      return passwordHash == null ? hash == null : passwordHash.equals(hash);
    }

    @Override
    public String toString() {
      return "Owner[userId=" + userId + "]";
    }
  }

  private final Sessions sessions;

  public Owners(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Looks, on the caller's connection; empty when the session is not active, or an admin's. */
  public Future<Optional<Owner>> find(SqlConnection connection, String tokenHash) {
    return behind(connection, tokenHash, FIND);
  }

  /**
   * Holds the user's row until the commit.
   *
   * @return empty when the session is not active, or was ended by whoever held the row before
   */
  public Future<Optional<Owner>> hold(SqlConnection tx, String tokenHash) {
    return behind(tx, tokenHash, HOLD)
        .compose(
            held ->
                sessions
                    .active(tx, tokenHash)
                    .map(stillActive -> stillActive.flatMap(session -> held)));
  }

  /**
   * Holds a user's row until the commit.
   *
   * @return whether there is one
   */
  public static Future<Boolean> hold(SqlConnection tx, UUID userId) {
    return tx.preparedQuery(HOLD_USER).execute(Tuple.of(userId)).map(rows -> rows.size() == 1);
  }

  private Future<Optional<Owner>> behind(SqlConnection connection, String tokenHash, String query) {
    return sessions
        .active(connection, tokenHash)
        .compose(
            found ->
                found
                    .map(session -> owner(connection, session, query))
                    .orElseGet(() -> Future.succeededFuture(Optional.empty())));
  }

  private static Future<Optional<Owner>> owner(
      SqlConnection connection, Session session, String query) {
    return connection
        .preparedQuery(query)
        .execute(Tuple.of(session.userId(), session.sessionId()))
        .map(
            rows ->
                Rows.first(rows)
                    .map(
                        row ->
                            new Owner(
                                session.userId(),
                                session.sessionId(),
                                row.getString("password_hash"))));
  }
}
