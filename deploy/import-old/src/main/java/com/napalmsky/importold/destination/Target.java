package com.napalmsky.importold.destination;

import com.napalmsky.importold.report.CannotImport;
import com.napalmsky.user.database.DatabaseUrl;
import com.napalmsky.user.database.SqlStates;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Our database, on one connection. Writing happens in transactions that the caller ends. */
public final class Target implements AutoCloseable {

  static final int CONNECT_SECONDS = 10;

  // One batch at most; somebody else's lock is not waited for longer than the half of it.
  private static final int READ_SECONDS = 120;

  // "import-o" as a number: two imports into one database would count each other's rows as there.
  private static final long ONE_IMPORT = 0x696d706f72742d6fL;

  /** What became of one row. */
  public sealed interface Written permits Done, Refused {}

  /**
   * @param changed whether anything was written; else it was there before
   */
  public record Done(boolean changed) implements Written {}

  /**
   * @param constraint of the schema that refused the row, or null when it was no constraint
   */
  public record Refused(@Nullable String constraint) implements Written {}

  private final Connection connection;
  private final DatabaseUrl url;

  private Target(Connection connection, DatabaseUrl url) {
    this.connection = connection;
    this.url = url;
  }

  /** Connects. */
  public static Target open(DatabaseUrl url) throws CannotImport {
    try {
      Connection connection =
          DriverManager.getConnection(
              url.jdbc("import-old", CONNECT_SECONDS, READ_SECONDS), url.user(), url.password());
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "SET TimeZone = 'UTC'; SET statement_timeout = '110s'; SET lock_timeout = '50s';"
                + " SET idle_in_transaction_session_timeout = 0; SET search_path = public");
      }
      connection.setAutoCommit(false);
      return new Target(connection, url);
    } catch (SQLException refused) {
      throw unreachable(url, refused);
    }
  }

  private static CannotImport unreachable(DatabaseUrl url, SQLException refused) {
    String state = refused.getSQLState();
    String reason = state == null ? null : SqlStates.refusal(state);
    return new CannotImport(
        "our database at "
            + url.place()
            + " cannot be used: "
            + (reason == null ? refused.getMessage() : reason));
  }

  /** Where it is, without user and password. */
  public DatabaseUrl url() {
    return url;
  }

  /** Asks whether a lock that is held here is seen by somebody else. */
  @FunctionalInterface
  public interface LockProbe {
    boolean isLocked(long lock) throws CannotImport;
  }

  /** Whether somebody else's connection leads to the same database, by whatever name. */
  public boolean isSameAs(LockProbe other) throws CannotImport {
    long lock = new SecureRandom().nextLong();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      statement.setLong(1, lock);
      statement.execute();
      boolean same = other.isLocked(lock);
      connection.rollback();
      return same;
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  /**
   * Keeps every other import out until this connection ends. Waits a little: a killed import's
   * connection outlives it for a moment.
   */
  public void lock() throws CannotImport {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '10s'");
      statement.execute("SELECT pg_advisory_lock(" + ONE_IMPORT + ")");
      connection.commit();
    } catch (SQLException failed) {
      if ("55P03".equals(failed.getSQLState())) {
        throw new CannotImport("another import into " + url.place() + " is running");
      }
      throw failure(failed);
    }
  }

  /** Those of some people who are users here. */
  public Set<UUID> usersAmong(Collection<UUID> people) throws CannotImport {
    return uuids("SELECT user_id FROM users WHERE user_id = ANY (?)", people);
  }

  /** Those of some people whom an earlier import brought and who are users no more. */
  public Set<UUID> deletedAmong(Collection<UUID> people) throws CannotImport {
    return uuids(
        "SELECT i.user_id FROM imported_users i WHERE i.user_id = ANY (?)"
            + " AND NOT EXISTS (SELECT 1 FROM users u WHERE u.user_id = i.user_id)",
        people);
  }

  private Set<UUID> uuids(String query, Collection<UUID> among) throws CannotImport {
    Set<UUID> found = new HashSet<>();
    if (among.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      Array array = connection.createArrayOf("uuid", among.toArray());
      statement.setArray(1, array);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getObject(1, UUID.class));
        }
      }
      return found;
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  /** Who has some addresses here, by the address in lower case. */
  public Map<String, UUID> holdersOf(Collection<String> addresses) throws CannotImport {
    Map<String, UUID> holders = new HashMap<>();
    if (addresses.isEmpty()) {
      return holders;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT lower(email), user_id FROM users WHERE lower(email) = ANY (?)")) {
      statement.setArray(1, connection.createArrayOf("text", addresses.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          holders.put(rows.getString(1), rows.getObject(2, UUID.class));
        }
      }
      return holders;
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  /**
   * Executes a statement for each row, in the transaction at hand.
   *
   * @return what became of each, in order; a refused row takes no other with it
   */
  public List<Written> write(String sql, List<List<@Nullable Object>> rows) throws CannotImport {
    if (rows.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Savepoint before = connection.setSavepoint();
      try {
        return together(statement, rows);
      } catch (BatchUpdateException refused) {
        if (!isOfTheRow(refused)) {
          throw refused;
        }
        // Some row cannot be written: which one shows when each is tried by itself.
        connection.rollback(before);
        return oneByOne(statement, rows);
      }
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  private static List<Written> together(
      PreparedStatement statement, List<List<@Nullable Object>> rows) throws SQLException {
    for (List<@Nullable Object> row : rows) {
      bind(statement, row);
      statement.addBatch();
    }
    List<Written> written = new ArrayList<>();
    for (int count : statement.executeBatch()) {
      written.add(new Done(count > 0));
    }
    return written;
  }

  private List<Written> oneByOne(PreparedStatement statement, List<List<@Nullable Object>> rows)
      throws SQLException {
    statement.clearBatch();
    List<Written> written = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      Savepoint before = connection.setSavepoint();
      try {
        bind(statement, row);
        written.add(new Done(statement.executeUpdate() > 0));
        connection.releaseSavepoint(before);
      } catch (SQLException refused) {
        if (!isOfTheRow(refused)) {
          throw refused;
        }
        connection.rollback(before);
        written.add(new Refused(constraint(refused)));
      }
    }
    return written;
  }

  private static void bind(PreparedStatement statement, List<@Nullable Object> row)
      throws SQLException {
    for (int i = 0; i < row.size(); i++) {
      statement.setObject(i + 1, row.get(i));
    }
  }

  // 22: a value that cannot be held; 23: a constraint; 54: too large for an index. Everything else
  // is true of the next row as well.
  private static boolean isOfTheRow(SQLException refused) {
    String state = refused.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
  }

  private static @Nullable String constraint(SQLException refused) {
    ServerErrorMessage message =
        refused instanceof PSQLException detailed ? detailed.getServerErrorMessage() : null;
    return message == null ? null : message.getConstraint();
  }

  /** Makes what was written stay. */
  public void commit() throws CannotImport {
    try {
      connection.commit();
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  Connection connection() {
    return connection;
  }

  CannotImport failure(SQLException failed) {
    String state = failed.getSQLState();
    if (state != null && SqlStates.refusal(state) != null) {
      return unreachable(url, failed);
    }
    if ("42501".equals(state)) {
      return new CannotImport(
          "the user of --to may not do that in " + url.place() + ": " + failed.getMessage());
    }
    return new CannotImport("our database at " + url.place() + " failed: " + failed.getMessage());
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
