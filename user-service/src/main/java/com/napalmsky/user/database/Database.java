package com.napalmsky.user.database;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, with limits. Safe from any context; what it returns completes on the caller's.
 *
 * <p>While PostgreSQL is away every operation fails with {@link Code#UNAVAILABLE}, at the latest
 * after its limit; the pool opens new connections by itself when it is back. What the work itself
 * does wrong reaches the caller as it is.
 */
public final class Database {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final Duration RETRY_PAUSE = Duration.ofMillis(50);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

  // The pool gives an idle connection up well before the socket's own limit strikes, so that this
  // one only ever ends connections whose other side is gone without a word.
  private static final int POOL_IDLE_SECONDS = 20;
  private static final int POOL_CLEANER_MILLIS = 5_000;
  private static final int SILENT_SOCKET_SECONDS = 30;

  private final DatabaseConfig config;
  private final Pool pool;
  private final Timers timers;

  // Keeps an outage from filling the log: only its beginning and its end are said aloud.
  private final AtomicBoolean away = new AtomicBoolean();

  private Database(DatabaseConfig config, Pool pool, Timers timers) {
    this.config = config;
    this.pool = pool;
    this.timers = timers;
  }

  /** Prepares the pool; connects when first asked. Closed with Vert.x, if not before. */
  public static Database open(Vertx vertx, DatabaseConfig config) {
    return new Database(
        config, pool(vertx, config, config.poolMax(), config.poolQueue()), Timers.of(vertx));
  }

  /**
   * A pool of one connection, for what belongs to a session, such as an advisory lock. Its limits
   * are the caller's. Closed with Vert.x, if not before.
   */
  public static Pool session(Vertx vertx, DatabaseConfig config) {
    return pool(vertx, config, 1, 1);
  }

  private static Pool pool(Vertx vertx, DatabaseConfig config, int most, int queue) {
    PgConnectOptions connect = config.url().connectOptions();
    connect
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheSqlLimit(8192)
        .addProperty("application_name", "user-service")
        .addProperty("TimeZone", "UTC")
        // The server ends what a caller no longer waits for, so that it cannot pile up there.
        .addProperty("statement_timeout", Long.toString(config.queryLimit().toMillis()))
        .addProperty(
            "idle_in_transaction_session_timeout",
            Long.toString(config.transactionLimit().toMillis()));
    PoolOptions pool =
        new PoolOptions()
            .setMaxSize(most)
            .setMaxWaitQueueSize(queue)
            .setConnectionTimeout((int) config.connectLimit().toMillis())
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout(POOL_IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setPoolCleanerPeriod(POOL_CLEANER_MILLIS);
    NetClientOptions net =
        new NetClientOptions()
            .setConnectTimeout((int) config.connectLimit().toMillis())
            .setTcpKeepAlive(true)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setReadIdleTimeout(SILENT_SOCKET_SECONDS);
    return PgBuilder.pool().with(pool).with(net).connectingTo(connect).using(vertx).build();
  }

  /**
   * Reads, or changes by one statement that may be repeated. Tried once more when a pooled
   * connection turns out to be broken.
   *
   * @param work its statements may be sent without waiting for each other; they are pipelined
   */
  public <T> Future<T> read(Function<SqlConnection, Future<T>> work) {
    return bounded(twiceIfLost(() -> pool.withConnection(work)), config.queryLimit());
  }

  /**
   * Changes something, wholly or not at all. Never repeated: when the connection breaks, whether
   * the change was made is not known.
   *
   * @param work must not fail while a statement it sent is still under way, or that statement would
   *     run outside the transaction; use {@link Future#join} for statements sent together
   */
  public <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
    return bounded(pool.withTransaction(work), config.transactionLimit());
  }

  /**
   * Changes something that may be changed twice with the same result. Tried once more when a pooled
   * connection turns out to be broken.
   *
   * @param work as for {@link #transaction}
   */
  public <T> Future<T> repeatableTransaction(Function<SqlConnection, Future<T>> work) {
    return bounded(twiceIfLost(() -> pool.withTransaction(work)), config.transactionLimit());
  }

  private <T> Future<T> twiceIfLost(Supplier<Future<T>> attempt) {
    return attempt
        .get()
        .recover(
            cause ->
                connectionLost(cause)
                    ? pause().compose(rested -> attempt.get())
                    : Future.failedFuture(cause));
  }

  // The pool learns of a lost connection after whoever used it: asked at once it may give the same
  // one again.
  private Future<Void> pause() {
    Promise<Void> rested = Promise.promise();
    Timers.Cancellable ignored = timers.after(RETRY_PAUSE, rested::complete);
    return rested.future();
  }

  /** Succeeds when PostgreSQL answers within 2 s. */
  public Future<Void> probe() {
    return bounded(pool.query("SELECT 1").execute(), PROBE_LIMIT).mapEmpty();
  }

  /**
   * Succeeds when PostgreSQL can be used as configured.
   *
   * @return fails with {@link DatabaseUnreachable}
   */
  public Future<Void> verify() {
    return probe()
        .recover(cause -> Future.failedFuture(new DatabaseUnreachable(config.url(), "no answer")));
  }

  /** Connections open now. */
  public int poolSize() {
    return pool.size();
  }

  /** Connections that may be open. */
  public int poolMax() {
    return config.poolMax();
  }

  /** Requests that may wait for a connection. */
  public int queueMax() {
    return config.poolQueue();
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return pool.close();
  }

  /** Whether a change was refused because of a constraint of the schema. */
  public static boolean violates(Throwable cause, String constraint) {
    return cause instanceof PgException refused && constraint.equals(refused.getConstraint());
  }

  /** Whether a change names a row that does not exist. */
  public static boolean namesAMissingRow(Throwable cause) {
    return cause instanceof PgException refused && "23503".equals(refused.getSqlState());
  }

  private <T> Future<T> bounded(Future<T> work, Duration limit) {
    return work.timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .map(
            done -> {
              if (away.compareAndSet(true, false)) {
                LOG.info("postgresql answers again at={}", config.url().place());
              }
              return done;
            })
        .recover(cause -> Future.failedFuture(failure(cause)));
  }

  private static boolean connectionLost(Throwable cause) {
    return cause instanceof ClosedConnectionException
        || (cause instanceof IOException && !(cause instanceof ConnectException))
        || (cause instanceof PgException refused
            && refused.getSqlState() != null
            && SqlStates.connectionLost(refused.getSqlState()));
  }

  private Throwable failure(Throwable cause) {
    if (cause instanceof ConnectionPoolTooBusyException) {
      return new ServiceFailure(Code.OVERLOADED, "too many wait for a database connection");
    }
    if (cause instanceof PgException refused) {
      String state = refused.getSqlState();
      return state != null && SqlStates.unavailable(state) ? unavailable(cause) : cause;
    }
    if (cause instanceof VertxException
        || cause instanceof IOException
        || cause instanceof TimeoutException) {
      return unavailable(cause);
    }
    return cause;
  }

  private ServiceFailure unavailable(Throwable cause) {
    if (away.compareAndSet(false, true)) {
      LOG.warn("postgresql failed at={} cause={}", config.url().place(), cause.toString());
    }
    return ServiceFailure.unavailable("postgresql does not answer");
  }
}
