package com.napalmsky.user.report;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * What the reports of a user come to: those since his last ban ended, each by the weight of its
 * reporter. A reporter of whose reports n turned out to be wrong weighs 1/(1+n), and nothing from n
 * = 2 on.
 *
 * @param reporters how many there are
 * @param halves the sum of their weights, in halves
 */
record Tally(int reporters, int halves) {

  private static final String COUNT =
      "SELECT count(*) AS reporters, coalesce(sum(CASE u.reports_vindicated"
          + " WHEN 0 THEN 2 WHEN 1 THEN 1 ELSE 0 END), 0) AS halves"
          + " FROM reports r JOIN users u ON u.user_id = r.reporter_user_id"
          + " LEFT JOIN ban_records b ON b.user_id = r.reported_user_id"
          + " WHERE r.reported_user_id = $1"
          + " AND r.created_at > coalesce(b.counted_since, '-infinity')";

  /** Counts what is stored; inside the transaction of who holds the user's row. */
  static Future<Tally> of(SqlConnection tx, UUID reported) {
    return tx.preparedQuery(COUNT)
        .execute(Tuple.of(reported))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Tally(
                  row.getLong("reporters").intValue(), row.getLong("halves").intValue());
            });
  }

  /** Whether that is as much as so many reporters of full weight. */
  boolean reaches(int fullReporters) {
    return halves >= 2 * fullReporters;
  }
}
