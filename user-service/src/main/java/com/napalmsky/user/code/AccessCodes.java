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
 *       │ ▲
 *       │ └──unlock──── INACTIVE      made before its user had earned it
 *       ├──deactivate─► INACTIVE      for good
 *       └──expire─────► INACTIVE      for good, codes of admins only
 * </pre>
 *
 * <p>A code rests while its maker is banned. Whoever changes a user together with a code locks the
 * user's row first.
 */
public final class AccessCodes {

  /** How many people the code of a user lets in. */
  public static final int USES_OF_A_USERS_CODE = 4;

  // One statement decides and counts: of two takers of the last use one finds no row.
  private static final String TAKE =
      "UPDATE invite_codes c SET total_used = total_used + 1,"
          + " uses_remaining = CASE WHEN type = 'admin' THEN -1 ELSE uses_remaining - 1 END"
          + " WHERE code = $1 AND is_active AND (type = 'admin' OR uses_remaining > 0)"
          + " AND (type = 'admin' OR created_by IS DISTINCT FROM $2)"
          + " AND (expires_at IS NULL OR expires_at > $3)"
          + " AND NOT EXISTS (SELECT 1 FROM users o WHERE o.user_id = c.created_by"
          + " AND o.ban_status IN ('temporary', 'permanent')"
          + " AND (o.banned_until IS NULL OR o.banned_until > $3))"
          + " RETURNING code";
  // Whoever comes a second time with the same code has used it twice all the same.
  private static final String NOTE_USE =
      "INSERT INTO code_uses (code, user_id, used_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
  private static final String UNLOCK =
      "INSERT INTO invite_codes (code, created_by, created_at, type, max_uses, uses_remaining)"
          + " VALUES ($1, $2, $3, 'user', $4, $4)"
          + " ON CONFLICT (created_by) WHERE type = 'user' DO UPDATE SET is_active = true"
          + " WHERE NOT invite_codes.is_active AND invite_codes.deactivated_at IS NULL";

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
   * @return false when the code is unknown, inactive, used up or his own; nothing was changed then
   */
  public Future<Boolean> take(SqlConnection tx, String code, UUID userId) {
    return tx.preparedQuery(TAKE)
        .execute(Tuple.of(code, userId, SqlTime.of(timers.now())))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(false)
                    : tx.preparedQuery(NOTE_USE)
                        .execute(Tuple.of(code, userId, SqlTime.of(timers.now())))
                        .map(noted -> true));
  }

  /**
   * Makes the user's own code, or activates the one that was made before he had earned it. Leaves
   * alone what is active, and what was deactivated.
   */
  public Future<Void> unlock(SqlConnection tx, UUID userId) {
    return tx.preparedQuery(UNLOCK)
        .execute(Tuple.of(words.next(), userId, SqlTime.of(timers.now()), USES_OF_A_USERS_CODE))
        .mapEmpty();
  }
}
