package com.napalmsky.user.code;

import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * Access codes, inside the caller's transactions. Safe from any context.
 *
 * <pre>
 *   USABLE(n) ──take──► USABLE(n-1) ──…──► USED_UP
 *       └────deactivate────► INACTIVE
 * </pre>
 */
public final class AccessCodes {

  /** How many people the code of a user lets in. */
  public static final int USES_OF_A_USERS_CODE = 4;

  // One statement decides and counts: of two takers of the last use one finds no row.
  private static final String TAKE =
      "UPDATE invite_codes SET total_used = total_used + 1,"
          + " uses_remaining = CASE WHEN type = 'admin' THEN -1 ELSE uses_remaining - 1 END"
          + " WHERE code = $1 AND is_active AND (type = 'admin' OR uses_remaining > 0)"
          + " RETURNING code";
  private static final String NOTE_USE =
      "INSERT INTO code_uses (code, user_id, used_at) VALUES ($1, $2, $3)";
  private static final String MINT =
      "INSERT INTO invite_codes (code, created_by, created_by_name, created_at, type, max_uses,"
          + " uses_remaining) VALUES ($1, $2, $3, $4, 'user', $5, $5)"
          + " ON CONFLICT (created_by) WHERE type = 'user' DO NOTHING";

  private final Timers timers;
  private final CodeWords words = new CodeWords();

  public AccessCodes(Timers timers) {
    this.timers = timers;
  }

  /** Whether a text can be a code at all. */
  public static boolean wellFormed(String code) {
    return CodeWords.isCode(code);
  }

  /**
   * Takes one use for a user whose row exists in this transaction.
   *
   * @return false when the code is unknown, deactivated or used up; nothing was changed then
   */
  public Future<Boolean> take(SqlConnection tx, String code, UUID userId) {
    return tx.preparedQuery(TAKE)
        .execute(Tuple.of(code))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(false)
                    : tx.preparedQuery(NOTE_USE)
                        .execute(Tuple.of(code, userId, SqlTime.of(timers.now())))
                        .map(noted -> true));
  }

  /** Makes the user's own code, unless he has one. */
  public Future<Void> mint(SqlConnection tx, UUID userId, String name) {
    return tx.preparedQuery(MINT)
        .execute(
            Tuple.of(words.next(), userId, name, SqlTime.of(timers.now()), USES_OF_A_USERS_CODE))
        .mapEmpty();
  }
}
