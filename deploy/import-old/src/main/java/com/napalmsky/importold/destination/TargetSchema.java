package com.napalmsky.importold.destination;

import com.napalmsky.importold.report.CannotImport;
import com.napalmsky.user.database.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/** Sees to it that our database has the schema that is written to. */
public final class TargetSchema {

  private static final String FOREIGN_TABLES =
      "SELECT count(*) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
          + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND to_regclass('flyway_schema_history')"
          + " IS NULL";
  private static final String MAY_CREATE =
      "SELECT has_schema_privilege('public', 'CREATE') OR (to_regclass('import_progress')"
          + " IS NOT NULL AND to_regclass('imported_users') IS NOT NULL)";
  private static final String MAY_WRITE =
      "SELECT bool_and(has_table_privilege(c.oid, 'SELECT') AND (c.relname ="
          + " 'flyway_schema_history' OR has_table_privilege(c.oid, 'INSERT')) AND (c.relname <>"
          + " ALL (ARRAY['users', 'cooldowns', 'invite_codes']) OR has_table_privilege(c.oid,"
          + " 'UPDATE'))) FROM pg_class c"
          + " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
          + " AND c.relname = ANY (ARRAY['users', 'sessions', 'chat_history', 'finished_calls',"
          + " 'session_completions', 'cooldowns', 'invite_codes', 'code_uses', 'reports',"
          + " 'ban_records', 'ip_bans', 'introductions', 'flyway_schema_history'])";

  private final Target target;
  private final Flyway flyway;

  public TargetSchema(Target target) {
    this.target = target;
    this.flyway = Migrations.at(target.url(), Duration.ofSeconds(Target.CONNECT_SECONDS));
  }

  /** Refuses a database that is neither empty nor ours, or that cannot be written. */
  public void examine() throws CannotImport {
    String place = target.url().place();
    if (number(FOREIGN_TABLES) > 0) {
      throw new CannotImport(
          place
              + " has tables, but not ours: give an empty database, or one that user-service has made");
    }
    if (!yes(MAY_CREATE)) {
      throw new CannotImport("the user of --to may not create tables in " + place);
    }
    if (!yes(MAY_WRITE)) {
      throw new CannotImport("the user of --to may not write into the tables of " + place);
    }
    try {
      if (Arrays.stream(flyway.info().all()).anyMatch(TargetSchema::unknown)) {
        throw new CannotImport(place + " was made by a newer release; use the import of that one");
      }
    } catch (FlywayException failed) {
      throw new CannotImport(place + " cannot be examined: " + failed.getMessage());
    }
  }

  private static boolean unknown(org.flywaydb.core.api.MigrationInfo migration) {
    MigrationState state = migration.getState();
    return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
  }

  /** Brings an empty database, or one of an earlier release, up to date. */
  public void migrate() throws CannotImport {
    try {
      flyway.migrate();
    } catch (FlywayException failed) {
      throw new CannotImport(
          "the tables of " + target.url().place() + " cannot be made: " + failed.getMessage());
    }
  }

  private boolean yes(String question) throws CannotImport {
    return number("SELECT CASE WHEN coalesce((" + question + "), true) THEN 1 ELSE 0 END") == 1;
  }

  private long number(String question) throws CannotImport {
    try (Statement statement = target.connection().createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      long number = answer.next() ? answer.getLong(1) : 0;
      target.connection().commit();
      return number;
    } catch (SQLException failed) {
      throw target.failure(failed);
    }
  }
}
