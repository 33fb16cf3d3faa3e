package com.napalmsky.user.admin;

import com.napalmsky.shared.contract.user.AdminContract.SearchUsers;
import com.napalmsky.shared.contract.user.AdminContract.UserSummary;
import com.napalmsky.shared.contract.user.AdminContract.UsersFound;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds people for admins. Safe from any context. */
public final class UserSearch {

  /** A page has at most so many people. */
  public static final int LONGEST_PAGE = 100;

  static final String COLUMNS =
      PersonRow.COLUMNS + ", u.email, u.paid_status, " + PersonRow.BAN + ", u.role, u.created_at";

  private static final String FIND =
      "SELECT "
          + COLUMNS
          + " FROM users u WHERE"
          // A union of indexes: an OR over two columns would be read from the table.
          + " ($1::text IS NULL OR u.user_id IN"
          + " (SELECT user_id FROM users WHERE lower(name) LIKE $1"
          + " UNION SELECT user_id FROM users WHERE lower(email) LIKE $1))"
          + " AND ($2::uuid IS NULL OR u.user_id = $2)"
          + " AND ($3::text IS NULL OR $3 = CASE WHEN u.banned_until <= $8 THEN 'none'"
          + " ELSE u.ban_status END)"
          + " AND (NOT $4 OR u.role = 'admin')"
          + " AND ($5::timestamptz IS NULL OR u.created_at < $5"
          + " OR (u.created_at = $5 AND u.user_id < $6::uuid))"
          + " ORDER BY u.created_at DESC, u.user_id DESC LIMIT $7";

  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Database database;
  private final Timers timers;

  public UserSearch(Database database, Timers timers) {
    this.timers = timers;
    this.database = database;
  }

  /** A page of those who fit, newest first. */
  public Future<UsersFound> find(SearchUsers request) {
    int limit = Math.max(1, Math.min(request.limit(), LONGEST_PAGE));
    return database
        .read(connection -> connection.preparedQuery(FIND).execute(which(request, limit)))
        .map(rows -> Rows.all(rows, row -> summary(row, timers.now())))
        .map(
            found -> {
              if (found.size() <= limit) {
                return new UsersFound(found, null);
              }
              List<UserSummary> page = found.subList(0, limit);
              UserSummary last = page.get(limit - 1);
              return new UsersFound(page, new Cursor(last.createdAt(), last.person().userId()));
            });
  }

  private Tuple which(SearchUsers request, int limit) {
    String text = request.text();
    UUID id = text != null && ID.matcher(text).matches() ? UUID.fromString(text) : null;
    Cursor before = request.before();
    return Tuple.tuple()
        .addString(text == null || id != null ? null : beginning(text))
        .addUUID(id)
        .addString(request.ban() == null ? null : request.ban().wire())
        .addBoolean(request.adminsOnly())
        .addOffsetDateTime(before == null ? null : SqlTime.of(before.at()))
        .addUUID(before == null ? null : before.id())
        .addInteger(limit + 1)
        .addOffsetDateTime(SqlTime.of(timers.now()));
  }

  /** Everything that begins so: what LIKE reads as a pattern is taken as it was typed. */
  private static @Nullable String beginning(String text) {
    return text.toLowerCase(Locale.ROOT)
            .replace("\\", "\\\\")
            .replace("%", "\\%")
            .replace("_", "\\_")
        + "%";
  }

  static UserSummary summary(Row row, Instant now) {
    return new UserSummary(
        PersonRow.person(row),
        row.getString("email"),
        PersonRow.paidStatus(row),
        PersonRow.banStatus(row, now),
        "admin".equals(row.getString("role")),
        SqlTime.instant(row, "created_at"));
  }
}
