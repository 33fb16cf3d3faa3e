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
 * Deletes reports by their age. What somebody still has to decide on is kept until then. The two of
 * a deleted report stay hidden from each other.
 */
public final class OldReports implements Chore {

  private static final String REPORTS =
      "WITH old AS (SELECT r.report_id FROM reports r WHERE r.created_at <= $1 AND NOT "
          + BanRows.openFor("r.reported_user_id", "$2")
          + " LIMIT $3 FOR UPDATE OF r SKIP LOCKED),"
          + " gone AS (DELETE FROM reports r USING old WHERE r.report_id = old.report_id"
          + " RETURNING r.reporter_user_id, r.reported_user_id, r.created_at),"
          + " kept AS (INSERT INTO blocks (blocker_id, blocked_id, created_at, by_report)"
          + " SELECT reporter_user_id, reported_user_id, created_at, true FROM gone"
          + " ON CONFLICT (blocker_id, blocked_id) DO UPDATE SET by_report = true)"
          + " SELECT count(*) FROM gone";
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
  public String name() {
    return "reports";
  }

  @Override
  public Future<Integer> portion(int most) {
    Instant now = timers.now();
    Tuple which = Tuple.of(SqlTime.of(now.minus(age)), SqlTime.of(now), most);
    return database
        .read(connection -> connection.preparedQuery(REPORTS).execute(which))
        .map(rows -> rows.iterator().next().getLong(0).intValue());
  }
}
