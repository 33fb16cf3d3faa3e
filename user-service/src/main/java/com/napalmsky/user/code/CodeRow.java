package com.napalmsky.user.code;

import com.napalmsky.shared.contract.user.CodeContract.CodeState;
import com.napalmsky.shared.contract.user.CodeContract.CodeType;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A code as it stands.
 *
 * @param maker null when deleted
 * @param createdBy the label, or the maker's name as it is now
 */
record CodeRow(
    CodeType type, CodeState state, @Nullable UUID maker, int usesRemaining, String createdBy) {

  // A name is told only while its owner has an account.
  private static final String CREATED_BY =
      "coalesce(CASE WHEN c.type = 'admin' THEN c.created_by_name END, "
          + PersonRow.nameOrGone("u")
          + ") AS created_by_now";

  /** Tells codes of one instant apart, and betrays none of them. */
  static final String PLACE = "md5(c.code)::uuid";

  /** The columns of a code {@code c} and its maker {@code u}. */
  static final String SELECT =
      "SELECT c.code, c.type, c.created_by, c.created_at, c.max_uses, c.uses_remaining,"
          + " c.total_used, c.is_active, c.expires_at, "
          + CREATED_BY
          + ", "
          + PLACE
          + " AS place, "
          + PersonRow.BAN
          + " FROM invite_codes c LEFT JOIN users u ON u.user_id = c.created_by";

  private static final String FIND = SELECT + " WHERE c.code = $1";

  /** Looks a code up. */
  static Future<Optional<CodeRow>> find(SqlConnection connection, String code, Instant now) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(code))
        .map(rows -> Rows.first(rows).map(row -> of(row, now)));
  }

  private static CodeRow of(Row row, Instant now) {
    return new CodeRow(
        type(row),
        state(row, now),
        row.getUUID("created_by"),
        row.getInteger("uses_remaining"),
        createdBy(row));
  }

  static CodeType type(Row row) {
    return CodeType.valueOf(row.getString("type").toUpperCase(Locale.ROOT));
  }

  static @Nullable Instant expiresAt(Row row) {
    return row.getOffsetDateTime("expires_at") == null ? null : SqlTime.instant(row, "expires_at");
  }

  static boolean expired(@Nullable Instant expiresAt, Instant now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  static String createdBy(Row row) {
    return row.getString("created_by_now");
  }

  private static CodeState state(Row row, Instant now) {
    boolean makerBanned =
        row.getUUID("created_by") != null && PersonRow.banStatus(row, now).banned();
    if (!row.getBoolean("is_active") || makerBanned || expired(expiresAt(row), now)) {
      return CodeState.INACTIVE;
    }
    return row.getInteger("uses_remaining") == 0 ? CodeState.USED_UP : CodeState.USABLE;
  }
}
