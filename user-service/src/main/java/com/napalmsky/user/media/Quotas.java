package com.napalmsky.user.media;

import com.napalmsky.user.database.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.UUID;

/**
 * How much a user may send in one day of UTC. What is refused counts as well, and what breaks off
 * counts as much as was announced: it cost us the same.
 */
final class Quotas {

  private static final String RESERVE =
      "INSERT INTO media_usage (user_id, day, uploads, bytes) VALUES ($1, $2, 1, $3)"
          + " ON CONFLICT (user_id, day) DO UPDATE"
          + " SET uploads = media_usage.uploads + 1, bytes = media_usage.bytes + $3"
          + " WHERE media_usage.uploads < $4 AND media_usage.bytes + $3 <= $5";
  private static final String SETTLE =
      "UPDATE media_usage SET bytes = greatest(0, bytes - $3) WHERE user_id = $1 AND day = $2";

  private final Database database;
  private final int mostUploads;
  private final long mostBytes;

  /**
   * @param mostUploads in a day; 0 for no limit
   * @param mostBytes in a day; 0 for no limit
   */
  Quotas(Database database, int mostUploads, long mostBytes) {
    this.database = database;
    this.mostUploads = mostUploads == 0 ? Integer.MAX_VALUE : mostUploads;
    this.mostBytes = mostBytes == 0 ? Long.MAX_VALUE / 2 : mostBytes;
  }

  /** How an attempt to reserve ended. */
  enum Reserved {
    YES,
    USED_UP,
    USER_GONE
  }

  /** Charges one upload and its bytes, if both still fit. */
  Future<Reserved> reserve(UUID userId, LocalDate day, long bytes) {
    if (bytes > mostBytes) {
      return Future.succeededFuture(Reserved.USED_UP);
    }
    return database
        .transaction(
            tx ->
                tx.preparedQuery(RESERVE)
                    .execute(Tuple.of(userId, day, bytes, mostUploads, mostBytes)))
        .map(rows -> rows.rowCount() == 1 ? Reserved.YES : Reserved.USED_UP)
        .recover(
            cause ->
                Database.namesAMissingRow(cause)
                    ? Future.succeededFuture(Reserved.USER_GONE)
                    : Future.failedFuture(cause));
  }

  /** Gives back what was reserved and did not come. */
  Future<Void> settle(UUID userId, LocalDate day, long unusedBytes) {
    return database
        .transaction(tx -> tx.preparedQuery(SETTLE).execute(Tuple.of(userId, day, unusedBytes)))
        .mapEmpty();
  }
}
