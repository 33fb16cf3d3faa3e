package com.napalmsky.importold.old;

import com.napalmsky.importold.report.CannotImport;
import com.napalmsky.user.database.DatabaseUrl;
import com.napalmsky.user.database.SqlStates;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The old server's database, as it is at one moment: everything is read in one read-only
 * transaction.
 */
public final class OldDatabase implements AutoCloseable {

  // A count of a large table may take its time.
  private static final int READ_SECONDS = 600;
  private static final int CONNECT_SECONDS = 10;

  // What can only be there in the old database, and what only in ours.
  private static final List<String> MARKS =
      List.of(
          "users.user_id", "users.password_hash", "sessions.session_token", "cooldowns.expires_at");
  private static final List<String> OUR_MARKS =
      List.of("sessions.token_hash", "flyway_schema_history.installed_rank");

  private static final String COLUMNS =
      "SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod),"
          + " has_table_privilege(c.oid, 'SELECT')"
          + " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
          + " WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
          + " AND pg_table_is_visible(c.oid) AND c.relnamespace <> 'pg_catalog'::regnamespace";

  private final Connection connection;
  private final DatabaseUrl url;
  private final ZoneId zone;

  /** Type by {@code table.column}. */
  private final Map<String, String> types = new HashMap<>();

  private OldDatabase(Connection connection, DatabaseUrl url, ZoneId zone) {
    this.connection = connection;
    this.url = url;
    this.zone = zone;
  }

  /**
   * Connects.
   *
   * @param zone of times that say none
   */
  public static OldDatabase open(DatabaseUrl url, ZoneId zone) throws CannotImport {
    try {
      Connection connection =
          DriverManager.getConnection(
              url.jdbc("import-old", CONNECT_SECONDS, READ_SECONDS), url.user(), url.password());
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "SET default_transaction_read_only = on; SET statement_timeout = 0;"
                + " SET idle_in_transaction_session_timeout = 0; SET DateStyle = ISO;"
                + " SET TimeZone = 'UTC'; SET cursor_tuple_fraction = 1");
      }
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      return new OldDatabase(connection, url, zone);
    } catch (SQLException refused) {
      throw unreachable(url, refused);
    }
  }

  private static CannotImport unreachable(DatabaseUrl url, SQLException refused) {
    String state = refused.getSQLState();
    String reason = state == null ? null : SqlStates.refusal(state);
    return new CannotImport(
        "the old database at "
            + url.place()
            + " cannot be used: "
            + (reason == null ? refused.getMessage() : reason));
  }

  /** Whether somebody else holds a lock in the same database. */
  public boolean isLocked(long lock) throws CannotImport {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
      statement.setLong(1, lock);
      try (ResultSet taken = statement.executeQuery()) {
        return taken.next() && !taken.getBoolean(1);
      }
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  /** Learns what tables there are, and refuses what the old server did not make. */
  public void examine(List<OldQuery> queries) throws CannotImport {
    Map<String, Boolean> readable = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet columns = statement.executeQuery(COLUMNS)) {
      while (columns.next()) {
        types.put(columns.getString(1), columns.getString(2));
        readable.put(columns.getString(1), columns.getBoolean(3));
      }
    } catch (SQLException failed) {
      throw failure(failed);
    }
    for (String mark : OUR_MARKS) {
      if (types.containsKey(mark)) {
        throw new CannotImport(
            url.place() + " is a database of this system already, not one of the old server");
      }
    }
    for (String mark : MARKS) {
      if (!types.containsKey(mark)) {
        throw new CannotImport(
            url.place() + " is not a database of the old server: it has no column " + mark);
      }
    }
    for (OldQuery query : queries) {
      for (OldQuery.Column column : query.columns()) {
        for (String need : column.needs()) {
          if (Boolean.FALSE.equals(readable.get(need))) {
            throw new CannotImport(
                "the user of --from may not read the table " + need.replaceFirst("\\..*", ""));
          }
        }
      }
    }
  }

  /**
   * What names this database among others: its place, and the number it was made under, which
   * another database that takes its place will not have.
   */
  public String identity() throws CannotImport {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT oid FROM pg_database WHERE datname = current_database()")) {
      return url.place() + "#" + (row.next() ? row.getString(1) : "");
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  /** Whether all that a query needs is there. */
  public boolean has(OldQuery query) {
    return query.needed().stream().allMatch(types::containsKey);
  }

  /** Columns that would be read and are not there. */
  public List<String> absent(OldQuery query) {
    return query.columns().stream()
        .flatMap(column -> column.needs().stream())
        .filter(need -> !types.containsKey(need))
        .distinct()
        .toList();
  }

  /**
   * How many rows a query has.
   *
   * @param keyless of them, those that have no key and are never read
   */
  public record Count(long all, long keyless) {}

  /** Counts the rows of a query, from its beginning. */
  public Count count(OldQuery query) throws CannotImport {
    String sql =
        "SELECT count(*), count(*) FILTER (WHERE NOT (" + keyed(query) + "))" + query.from();
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(sql)) {
      return count.next() ? new Count(count.getLong(1), count.getLong(2)) : new Count(0, 0);
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  /**
   * Begins to read. Must be closed before the next one.
   *
   * @param after the key of the last row that is not wanted, or null to read from the beginning
   */
  public OldRows read(OldQuery query, @Nullable List<String> after) throws CannotImport {
    String columns =
        query.columns().stream()
            .map(
                column ->
                    types.keySet().containsAll(column.needs())
                        ? "left((" + column.expression() + ")::text, " + OldRows.LONGEST + ")"
                        : "NULL::text")
            .collect(Collectors.joining(", "));
    String order = query.key().stream().map(name -> "t." + name).collect(Collectors.joining(", "));
    String position =
        query.key().stream()
            .map(name -> "CAST(? AS " + types.get(query.table() + "." + name) + ")")
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT "
            + columns
            + query.from()
            + " AND "
            + keyed(query)
            + (after == null ? "" : " AND (" + order + ") > (" + position + ")")
            + " ORDER BY "
            + order;
    try {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; after != null && i < after.size(); i++) {
        statement.setString(i + 1, after.get(i));
      }
      return new OldRows(this, statement, query, zone);
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  private static String keyed(OldQuery query) {
    return query.key().stream()
        .map(name -> "t." + name + " IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }

  CannotImport failure(SQLException failed) {
    String state = failed.getSQLState();
    if (state != null && SqlStates.refusal(state) != null) {
      return unreachable(url, failed);
    }
    return new CannotImport(
        "the old database at " + url.place() + " cannot be read: " + failed.getMessage());
  }

  @Override
  public void close() throws CannotImport {
    try {
      connection.close();
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }
}
