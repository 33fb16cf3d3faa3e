package com.napalmsky.user.report;

import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.ban.BanRows;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.retention.Chore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes reports by their age, and the addresses kept with old bans. What somebody still has to
 * decide on is kept until then. The two of a deleted report stay hidden from each other.
 */
public final class OldReports implements Chore {

  private static final String OPEN =
      " EXISTS (SELECT FROM ban_records b JOIN users u USING (user_id) WHERE b.user_id = $who AND "
          + BanRows.open("$2")
          + ")";
  private static final String REPORTS =
      "WITH old AS (SELECT r.report_id FROM reports r WHERE r.created_at <= $1 AND NOT"
          + OPEN.replace("$who", "r.reported_user_id")
          + " LIMIT $3 FOR UPDATE OF r SKIP LOCKED),"
          + " gone AS (DELETE FROM reports r USING old WHERE r.report_id = old.report_id"
          + " RETURNING r.reporter_user_id, r.reported_user_id, r.created_at),"
          + " kept AS (INSERT INTO blocks (blocker_id, blocked_id, created_at, by_report)"
          + " SELECT reporter_user_id, reported_user_id, created_at, true FROM gone"
          + " ON CONFLICT (blocker_id, blocked_id) DO UPDATE SET by_report = true)"
          + " SELECT count(*) FROM gone";
  private static final String ADDRESSES =
      "WITH old AS (SELECT o.user_id FROM ban_records o WHERE o.banned_at <= $1"
          + " AND o.ip_addresses <> '{}' AND NOT"
          + OPEN.replace("$who", "o.user_id")
          + " LIMIT $3 FOR UPDATE OF o SKIP LOCKED)"
          + " UPDATE ban_records o SET ip_addresses = '{}' FROM old WHERE o.user_id = old.user_id";

  private final Database database;
  private final Timers timers;
  private final Duration age;

  /**
   * @param age from which on a report is deleted
   */
  public OldReports(Database database, Timers timers, Duration age) {
    this.database = database;
    this.timers = timers;
    this.age = age;
  }

  @Override
  public Future<Integer> portion(int most) {
    Instant now = timers.now();
    Tuple which = Tuple.of(SqlTime.of(now.minus(age)), SqlTime.of(now), most);
    return database
        .read(connection -> connection.preparedQuery(REPORTS).execute(which))
        .map(rows -> rows.iterator().next().getLong(0).intValue())
        .compose(
            reports ->
                database
                    .read(connection -> connection.preparedQuery(ADDRESSES).execute(which))
                    .map(rows -> Math.max(reports, rows.rowCount())));
  }
}
