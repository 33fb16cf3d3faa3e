package com.napalmsky.user.database;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * How PostgreSQL is used.
 *
 * @param poolMax connections at most
 * @param poolQueue requests that may wait for a connection; one more is refused as overloaded
 * @param connectLimit for opening a connection, and for waiting until one is free
 * @param queryLimit for one statement, and for a read from asking to answer; should be below the 3
 *     s that callers wait
 * @param transactionLimit for a whole transaction; should be below the 10 s that callers wait
 */
public record DatabaseConfig(
    DatabaseUrl url,
    int poolMax,
    int poolQueue,
    Duration connectLimit,
    Duration queryLimit,
    Duration transactionLimit) {

  public static final String POOL_MAX = "USER_POOL_MAX";
  public static final String POOL_QUEUE = "USER_POOL_QUEUE";
  public static final String CONNECT_TIMEOUT_MILLIS = "USER_CONNECT_TIMEOUT_MILLIS";
  public static final String QUERY_TIMEOUT_MILLIS = "USER_QUERY_TIMEOUT_MILLIS";
  public static final String TRANSACTION_TIMEOUT_MILLIS = "USER_TRANSACTION_TIMEOUT_MILLIS";

  public DatabaseConfig {
    if (poolMax < 1 || poolQueue < 1) {
      throw new InvalidSetting(poolMax < 1 ? POOL_MAX : POOL_QUEUE, "must be at least 1");
    }
    if (transactionLimit.compareTo(queryLimit) < 0) {
      throw new InvalidSetting(
          TRANSACTION_TIMEOUT_MILLIS, "must not be less than " + QUERY_TIMEOUT_MILLIS);
    }
  }

  /** Reads the settings; {@code DATABASE_URL} has no default. */
  public static DatabaseConfig from(Settings settings) {
    String url = settings.optionalText(DatabaseUrl.KEY);
    if (url == null) {
      throw new InvalidSetting(
          DatabaseUrl.KEY, "must be set, such as postgres://user:password@host:5432/database");
    }
    return new DatabaseConfig(
        DatabaseUrl.parse(url),
        settings.number(POOL_MAX, 10, 1, 200),
        settings.number(POOL_QUEUE, 1000, 1, 100_000),
        settings.millis(CONNECT_TIMEOUT_MILLIS, 2000, 100, 60_000),
        settings.millis(QUERY_TIMEOUT_MILLIS, 2500, 100, 60_000),
        settings.millis(TRANSACTION_TIMEOUT_MILLIS, 8000, 100, 120_000));
  }
}
