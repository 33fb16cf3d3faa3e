package com.napalmsky.user.retention;

import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.DatabaseConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Elected is who holds a lock of PostgreSQL. The lock belongs to a session there, so it is kept by
 * one connection that does nothing else, and it is free at once when the process behind it dies.
 *
 * <p>A machine that vanishes without closing its connections, and a process that stands still, keep
 * the lock until the server ends the session, which was silent for {@code patience}.
 */
public final class AdvisoryLockElection implements Election {

  private static final String NAME = "napalmsky.housekeeping";
  private static final String TAKE = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))";
  // A session that answers does not prove it: a pooler may have given us another one.
  private static final String HELD =
      "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
          + " AND pid = pg_backend_pid() AND objsubid = 1"
          + " AND (classid::bigint << 32 | objid::bigint) = hashtextextended($1, 0))";
  // From pg_settings, since servers before 14 do not know the setting.
  private static final String END_WHEN_SILENT =
      "SELECT set_config(name, $1, false) FROM pg_settings WHERE name = 'idle_session_timeout'";
  private static final String LET_GO = "SELECT pg_advisory_unlock_all()";
  private static final long LIMIT_MILLIS = 2_000;

  private final Pool pool;
  private final Duration patience;

  private @Nullable SqlConnection holder;

  private AdvisoryLockElection(Pool pool, Duration patience) {
    this.pool = pool;
    this.patience = patience;
  }

  /**
   * Connects when it first stands.
   *
   * @param looks how often it is going to stand
   */
  public static AdvisoryLockElection on(Vertx vertx, DatabaseConfig config, Duration looks) {
    return new AdvisoryLockElection(Database.session(vertx, config), looks.multipliedBy(4));
  }

  @Override
  public Future<Boolean> stand() {
    SqlConnection known = holder;
    return known == null ? take() : stillHeldBy(known);
  }

  @Override
  public boolean elected() {
    return holder != null;
  }

  @Override
  public Future<Void> stepDown() {
    SqlConnection known = holder;
    holder = null;
    Future<?> free = known == null ? Future.succeededFuture() : letGo(known);
    // Where that fails, the server lets the lock go with the session.
    return free.eventually(pool::close).<Void>mapEmpty().otherwiseEmpty();
  }

  private static Future<?> letGo(SqlConnection known) {
    return known.query(LET_GO).execute().timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private Future<Boolean> take() {
    return pool.getConnection()
        .compose(
            fresh ->
                asked(fresh, TAKE)
                    .compose(taken -> taken ? hold(fresh) : fresh.close().map(another -> false))
                    .recover(cause -> ended(fresh, cause)));
  }

  private Future<Boolean> hold(SqlConnection fresh) {
    fresh.closeHandler(
        closed -> {
          if (holder == fresh) {
            holder = null;
          }
        });
    return fresh
        .preparedQuery(END_WHEN_SILENT)
        .execute(Tuple.of(String.valueOf(patience.toMillis())))
        .timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
        .map(
            set -> {
              holder = fresh;
              return true;
            });
  }

  private Future<Boolean> stillHeldBy(SqlConnection known) {
    return asked(known, HELD)
        .compose(
            held ->
                held
                    ? Future.succeededFuture(true)
                    : ended(known, new IllegalStateException("the session lost its lock")))
        .recover(cause -> ended(known, cause));
  }

  private static Future<Boolean> asked(SqlConnection connection, String question) {
    return connection
        .preparedQuery(question)
        .execute(Tuple.of(NAME))
        .timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  // It may still hold the lock. That does no harm: the pool has one connection, so that this
  // instance gets the same session, and with it the lock, when it stands again.
  private Future<Boolean> ended(SqlConnection connection, Throwable cause) {
    holder = null;
    return connection.close().transform(closed -> Future.failedFuture(cause));
  }
}
