package com.napalmsky.importold.destination;

import com.napalmsky.importold.report.CannotImport;
import com.napalmsky.importold.report.Tally;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table {@code import_progress}: a row for each old database, written in the transaction of
 * every batch. Made by the import and not by a migration, since nobody else needs it; beside it is
 * {@code imported_users}, by which somebody who deleted his account is not brought back.
 */
public final class ProgressTable {

  private static final String CREATE =
      "CREATE TABLE IF NOT EXISTS import_progress (source text PRIMARY KEY, marks text NOT NULL,"
          + " begun_at timestamptz NOT NULL, earlier_at timestamptz, step text, after_key jsonb, tallies jsonb NOT NULL);"
          + " CREATE TABLE IF NOT EXISTS imported_users (user_id uuid PRIMARY KEY)";
  private static final String FIND =
      "SELECT marks, begun_at, earlier_at, step, after_key::text, tallies::text FROM import_progress"
          + " WHERE source = ?";
  private static final String SAVE =
      "INSERT INTO import_progress (source, marks, begun_at, earlier_at, step, after_key, tallies)"
          + " VALUES (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb) ON CONFLICT (source) DO UPDATE SET"
          + " marks = excluded.marks, begun_at = excluded.begun_at, earlier_at = excluded.earlier_at, step = excluded.step,"
          + " after_key = excluded.after_key, tallies = excluded.tallies";

  private final Target target;
  private final String source;

  /**
   * @param source what names the old database
   */
  public ProgressTable(Target target, String source) {
    this.target = target;
    this.source = source;
  }

  /** Makes the tables if they are missing, and commits. */
  public void create() throws CannotImport {
    try (Statement statement = target.connection().createStatement()) {
      statement.execute(CREATE);
      target.commit();
    } catch (SQLException failed) {
      throw target.failure(failed);
    }
  }

  /** How far the last import of this database came; empty when there was none. */
  public Optional<Progress> find() throws CannotImport {
    try (PreparedStatement statement = target.connection().prepareStatement(FIND)) {
      statement.setString(1, source);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(progress(row)) : Optional.empty();
      }
    } catch (SQLException failed) {
      throw target.failure(failed);
    }
  }

  private static Progress progress(ResultSet row) throws SQLException {
    String after = row.getString("after_key");
    OffsetDateTime earlier = row.getObject("earlier_at", OffsetDateTime.class);
    Map<String, Tally> tallies = new LinkedHashMap<>();
    // An array, because jsonb does not keep the order of an object.
    JsonArray stored = new JsonArray(row.getString("tallies"));
    for (int i = 0; i < stored.size(); i++) {
      JsonObject entry = stored.getJsonObject(i);
      tallies.put(entry.getString("step"), Tally.fromJson(entry));
    }
    return new Progress(
        row.getObject("begun_at", OffsetDateTime.class).toInstant(),
        earlier == null ? null : earlier.toInstant(),
        row.getString("marks"),
        row.getString("step"),
        after == null ? null : new JsonArray(after).stream().map(String.class::cast).toList(),
        tallies);
  }

  /** Saves, in the transaction at hand. */
  public void save(Progress progress) throws CannotImport {
    List<String> after = progress.after();
    Instant earlier = progress.earlier();
    JsonArray tallies = new JsonArray();
    progress.tallies().forEach((step, tally) -> tallies.add(tally.toJson().put("step", step)));
    try (PreparedStatement statement = target.connection().prepareStatement(SAVE)) {
      statement.setString(1, source);
      statement.setString(2, progress.marks());
      statement.setObject(3, progress.begun().atOffset(ZoneOffset.UTC));
      statement.setObject(4, earlier == null ? null : earlier.atOffset(ZoneOffset.UTC));
      statement.setString(5, progress.step());
      statement.setString(6, after == null ? null : new JsonArray(after).encode());
      statement.setString(7, tallies.encode());
      statement.executeUpdate();
    } catch (SQLException failed) {
      throw target.failure(failed);
    }
  }
}
