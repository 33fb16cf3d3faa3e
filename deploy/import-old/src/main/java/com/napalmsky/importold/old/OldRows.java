package com.napalmsky.importold.old;

import com.napalmsky.importold.report.CannotImport;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of a query, in portions bounded by number and by size. */
public final class OldRows implements AutoCloseable {

  /** Characters of a value that are read; nothing that the old server meant to store is longer. */
  static final int LONGEST = 1_000_000;

  // Rows that the driver holds at once, whatever their size.
  private static final int FETCHED = 20;
  private static final int PORTION_CHARACTERS = 8_000_000;

  private final OldDatabase database;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final OldQuery query;
  private final ZoneId zone;

  OldRows(OldDatabase database, PreparedStatement statement, OldQuery query, ZoneId zone)
      throws SQLException {
    this.database = database;
    this.statement = statement;
    this.query = query;
    this.zone = zone;
    statement.setFetchSize(FETCHED);
    this.rows = statement.executeQuery();
  }

  /**
   * The next rows.
   *
   * @param most how many; fewer when they are large, none when there are no more
   */
  public List<OldRow> next(int most) throws CannotImport {
    List<OldRow> portion = new ArrayList<>();
    int characters = 0;
    try {
      while (portion.size() < most && characters < PORTION_CHARACTERS && rows.next()) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < query.columns().size(); i++) {
          String value = rows.getString(i + 1);
          if (value != null) {
            values.put(query.columns().get(i).name(), value);
            characters += value.length();
          }
        }
        portion.add(row(values));
      }
      return portion;
    } catch (SQLException failed) {
      throw database.failure(failed);
    }
  }

  private OldRow row(Map<String, String> values) {
    List<String> key = query.key().stream().map(name -> values.getOrDefault(name, "")).toList();
    return new OldRow(values, key, values.getOrDefault(query.exampleColumn(), ""), zone);
  }

  @Override
  public void close() throws CannotImport {
    try {
      rows.close();
      statement.close();
    } catch (SQLException failed) {
      throw database.failure(failed);
    }
  }
}
