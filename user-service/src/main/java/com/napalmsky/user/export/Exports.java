package com.napalmsky.user.export;

import com.napalmsky.shared.contract.user.ExportContract.Export;
import com.napalmsky.shared.contract.user.ExportContract.Exported;
import com.napalmsky.shared.contract.user.ExportContract.Section;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;

/** Reads everything that is kept about a person. Safe from any context. */
public final class Exports {

  /**
   * Turns a section's rows into JSON where they are, and stops before there are too many of them or
   * they are too long: {@code $2} is one more than the most rows, {@code $3} the most bytes.
   */
  private static final String BOUNDED =
      """
      WITH newest AS (%s LIMIT $2),
      sized AS (
        SELECT row_to_json(newest)::text AS entry, row_number() OVER () AS n,
          sum(octet_length(row_to_json(newest)::text)) OVER (ROWS UNBOUNDED PRECEDING) AS upto
        FROM newest)
      SELECT
        '[' || coalesce(string_agg(entry, ',' ORDER BY n) FILTER (WHERE n < $2 AND upto <= $3), '')
          || ']' AS entries,
        count(*) = count(*) FILTER (WHERE n < $2 AND upto <= $3) AS complete
      FROM sized""";

  private final Database database;
  private final Timers timers;
  private final ExportRules rules;

  public Exports(Database database, Timers timers, ExportRules rules) {
    this.database = database;
    this.timers = timers;
    this.rules = rules;
  }

  /** All of it, as of one moment. */
  public Future<Exported> export(Export request) {
    Tuple bounds = Tuple.of(request.userId(), rules.entries() + 1, rules.sectionBytes());
    return database
        .transaction(
            tx ->
                // Every section sees the same moment, whatever is written meanwhile.
                tx.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    .execute()
                    .compose(set -> sections(tx, bounds)))
        .map(sections -> new Exported(timers.now(), sections));
  }

  private static Future<List<Section>> sections(SqlConnection tx, Tuple bounds) {
    List<Future<Section>> reading =
        Sections.QUERIES.entrySet().stream().map(section -> section(tx, section, bounds)).toList();
    return Future.join(reading).map(read -> reading.stream().map(Future::result).toList());
  }

  private static Future<Section> section(
      SqlConnection tx, Map.Entry<String, String> section, Tuple bounds) {
    return tx.preparedQuery(BOUNDED.formatted(section.getValue()))
        .execute(bounds)
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Section(
                  section.getKey(), row.getString("entries"), row.getBoolean("complete"));
            });
  }
}
