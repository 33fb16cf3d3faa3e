package com.napalmsky.user.retention;

import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Rows that say themselves when they are over, and mean nothing to anybody afterwards. */
public final class ExpiredRows implements Chore {

  private final Database database;
  private final Timers timers;
  private final String name;
  private final String portion;

  /**
   * @param table has an index by {@code expires_at}
   * @param over the condition; $1 is the present
   */
  private ExpiredRows(Database database, Timers timers, String name, String table, String over) {
    this.database = database;
    this.timers = timers;
    this.name = name;
    this.portion = deletion(table, over);
  }

  /**
   * Deletes a bounded number of rows: $1 is for the condition, $2 how many at most. By their place
   * and not by their key, since PostgreSQL would rather read a whole table than look up a thousand
   * keys. What another transaction holds right now is left for the next time.
   */
  public static String deletion(String table, String condition) {
    return "DELETE FROM %1$s WHERE ctid = ANY(ARRAY(SELECT ctid FROM %1$s WHERE %2$s LIMIT $2 FOR UPDATE SKIP LOCKED))"
        .formatted(table, condition);
  }

  /** All of those that belong to no feature in particular. */
  public static List<Chore> all(Database database, Timers timers) {
    return List.of(
        new ExpiredRows(database, timers, "sessions", "sessions", "expires_at <= $1"),
        new ExpiredRows(database, timers, "cooldowns", "cooldowns", "expires_at <= $1"),
        new ExpiredRows(
            database, timers, "introduction-links", "referral_codes", "expires_at <= $1"),
        // A day later: until then whoever comes with one is told that it is over.
        new ExpiredRows(
            database,
            timers,
            "reset-tokens",
            "password_reset_tokens",
            "expires_at <= $1::timestamptz - interval '1 day'"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Future<Integer> portion(int most) {
    Tuple which = Tuple.of(SqlTime.of(timers.now()), most);
    return database
        .read(connection -> connection.preparedQuery(portion).execute(which))
        .map(rows -> rows.rowCount());
  }
}
