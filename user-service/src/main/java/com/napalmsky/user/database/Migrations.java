package com.napalmsky.user.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema up to date. Several instances may do so at once: one works, the others wait for
 * it and find nothing to do.
 */
public final class Migrations {

  // A migration may rewrite a table; it is not held to the limit of a query.
  private static final int READ_SECONDS = 600;

  private Migrations() {}

  /**
   * Runs what is missing, on a worker.
   *
   * @return fails with {@link DatabaseUnreachable} when PostgreSQL refuses
   */
  public static Future<Void> run(Vertx vertx, DatabaseConfig config) {
    return vertx.executeBlocking(
        () -> {
          int unused = now(config);
          return null;
        },
        false);
  }

  /**
   * Runs what is missing, on the caller's thread.
   *
   * @return how many there were
   * @throws DatabaseUnreachable when PostgreSQL refuses
   */
  public static int now(DatabaseConfig config) {
    return migrate(config.url(), config.connectLimit());
  }

  /** All of them, for the database at a place; nothing is done there yet. */
  public static Flyway at(DatabaseUrl url, Duration connectLimit) {
    int connectSeconds = (int) Math.max(1, connectLimit.toSeconds());
    return Flyway.configure()
        .dataSource(
            url.jdbc("user-service-migrations", connectSeconds, READ_SECONDS),
            url.user(),
            url.password())
        .locations("classpath:db/migration")
        .load();
  }

  private static int migrate(DatabaseUrl url, Duration connectLimit) {
    try {
      return at(url, connectLimit).migrate().migrationsExecuted;
    } catch (FlywayException failed) {
      String reason = refusal(failed);
      if (reason != null) {
        throw new DatabaseUnreachable(url, reason);
      }
      throw failed;
    }
  }

  /** Why the server did not let us in; null when it did and something else is wrong. */
  private static @Nullable String refusal(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return SqlStates.refusal(sql.getSQLState());
      }
    }
    return null;
  }
}
