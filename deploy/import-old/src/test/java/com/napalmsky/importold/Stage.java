package com.napalmsky.importold;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.importold.run.Import;
import com.napalmsky.user.database.DatabaseUrl;
import com.napalmsky.user.database.Migrations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An old database and one of ours, both with tables and no rows, and an import between them. To be
 * registered as an extension; both are dropped after the test.
 */
final class Stage implements AfterEachCallback {

  /** Now, for every import here. */
  static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");

  /** Databases with tables and no rows, made once: of the old server, and of ours. */
  private static final class Templates {
    static final String OLD = TestPostgres.freshDatabase();
    static final String OURS = TestPostgres.freshDatabase();

    static {
      TestPostgres.execute(OLD, resource("/old-schema.sql"));
      Migrations.at(DatabaseUrl.parse(TestPostgres.url(OURS)), Duration.ofSeconds(10)).migrate();
    }
  }

  /** What an import said, and how it ended. */
  record Ran(int code, String out, String err) {

    /** The numbers of a step in the closing table: read, written, already there, skipped. */
    List<Long> counts(String step) {
      return out.lines()
          .filter(line -> line.startsWith(step + "  "))
          .findFirst()
          .map(
              line ->
                  Arrays.stream(line.substring(step.length()).strip().split("\\s+"))
                      .map(number -> Long.parseLong(number.replace(",", "")))
                      .toList())
          .orElseThrow(() -> new AssertionError("no step " + step + " in\n" + out + err));
    }
  }

  /** Ends an import as nothing that it could catch. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  final String old;
  final String ours;

  Stage() {
    this(TestPostgres.copyOf(Templates.OLD), freshOurs());
  }

  Stage(String old, String ours) {
    this.old = old;
    this.ours = ours;
  }

  /** A database of ours with tables and no rows. */
  static String freshOurs() {
    return TestPostgres.copyOf(Templates.OURS);
  }

  private static String resource(String name) {
    try (InputStream file = Stage.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Takes all rows out of our database again, and everything that an import has made. */
  void empty() {
    ours(
        "TRUNCATE users, finished_calls, invite_codes, ip_bans, import_progress, imported_users"
            + " CASCADE");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestPostgres.drop(old);
    TestPostgres.drop(ours);
  }

  /** Imports with some more options. */
  @CanIgnoreReturnValue
  Ran run(String... options) {
    return run(before -> {}, options);
  }

  /** Imports, and calls somebody around each commit. */
  Ran run(Import.Commits commits, String... options) {
    List<String> arguments =
        Stream.concat(
                Stream.of("--from", TestPostgres.url(old), "--to", TestPostgres.url(ours)),
                Arrays.stream(options))
            .toList();
    return main(Map.of(), commits, arguments);
  }

  static Ran main(Map<String, String> environment, List<String> arguments) {
    return main(environment, before -> {}, arguments);
  }

  private static Ran main(
      Map<String, String> environment, Import.Commits commits, List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new ImportOldMain(
                environment,
                () -> NOW,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                commits)
            .run(arguments);
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  void old(String sql, Object... values) {
    execute(old, sql, values);
  }

  void ours(String sql, Object... values) {
    execute(ours, sql, values);
  }

  private static void execute(String database, String sql, Object... values) {
    try (Connection connection = TestPostgres.connect(database);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }

  /**
   * A row in the old database; json columns take text, times take text.
   *
   * @param columns names and values in turn
   */
  void insert(String table, Object... columns) {
    try (Connection connection = TestPostgres.connect(old)) {
      insert(connection, table, columns);
    } catch (SQLException failed) {
      throw new IllegalStateException(table, failed);
    }
  }

  static void insert(Connection connection, String table, Object... columns) throws SQLException {
    String names =
        IntStream.range(0, columns.length / 2)
            .mapToObj(i -> '"' + String.valueOf(columns[2 * i]) + '"')
            .collect(Collectors.joining(", "));
    String values =
        IntStream.range(0, columns.length / 2)
            .mapToObj(i -> literal(columns[2 * i + 1]))
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")");
    }
  }

  // Untyped literals take the type of their column, whatever that is in this test.
  private static String literal(Object value) {
    return value == null ? "NULL" : "'" + String.valueOf(value).replace("'", "''") + "'";
  }

  /** A row with usual values, of which some are replaced. */
  void insert(String table, Object[] usual, Object[] more) {
    insert(table, distinct(Stream.concat(Arrays.stream(usual), Arrays.stream(more)).toArray()));
  }

  /** A guest in the old database. */
  @CanIgnoreReturnValue
  UUID oldUser(String name, Object... more) {
    UUID id = UUID.randomUUID();
    Object[] usual = {
      "user_id", id,
      "name", name,
      "gender", "female",
      "paid_status", "unpaid",
      "ban_status", "none",
      "created_at", "2025-10-10 08:00:00",
      "updated_at", "2025-10-11 09:00:00"
    };
    insert("users", usual, more);
    return id;
  }

  /** Columns and values in turn, of which a later value replaces an earlier one. */
  static Object[] distinct(Object[] columns) {
    Map<Object, Object> last = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i += 2) {
      last.put(columns[i], columns[i + 1]);
    }
    List<Object> flat = new ArrayList<>();
    last.forEach(
        (name, value) -> {
          flat.add(name);
          flat.add(value);
        });
    return flat.toArray();
  }

  /** The values of one row in our database as text, null for null; null when there is no row. */
  List<String> row(String query, Object... values) {
    List<List<String>> rows = rows(query, values);
    if (rows.size() > 1) {
      throw new AssertionError(rows.size() + " rows: " + query);
    }
    return rows.isEmpty() ? null : rows.get(0);
  }

  /** The only value of the only row, as text. */
  String value(String query, Object... values) {
    return row(query, values).get(0);
  }

  List<List<String>> rows(String query, Object... values) {
    try (Connection connection = TestPostgres.connect(ours);
        PreparedStatement statement = connection.prepareStatement(query)) {
      try (Statement zone = connection.createStatement()) {
        zone.execute("SET TimeZone = 'UTC'");
      }
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getString(i));
          }
          rows.add(row);
        }
      }
      return rows;
    } catch (SQLException failed) {
      throw new IllegalStateException(query, failed);
    }
  }

  /** All rows of all tables of our database that people would miss. */
  String dump() {
    return dump("");
  }

  /** The same with the transaction that wrote each row last. */
  String dumpWithWriters() {
    return dump(", t.xmin");
  }

  private String dump(String more) {
    StringBuilder dump = new StringBuilder();
    for (List<String> table :
        rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND"
                + " relkind = 'r' AND relname NOT IN ('flyway_schema_history', 'import_progress')"
                + " ORDER BY 1")) {
      for (List<String> row :
          rows(
              "SELECT row_to_json(t)::text AS r"
                  + more
                  + " FROM "
                  + table.get(0)
                  + " t ORDER BY 1")) {
        dump.append(table.get(0)).append(' ').append(row).append('\n');
      }
    }
    return dump.toString();
  }
}
