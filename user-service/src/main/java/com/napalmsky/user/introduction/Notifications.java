package com.napalmsky.user.introduction;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.IntroductionContract.GetNotifications;
import com.napalmsky.shared.contract.user.IntroductionContract.MarkRead;
import com.napalmsky.shared.contract.user.IntroductionContract.MarkedRead;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.IntroductionContract.Notified;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import com.napalmsky.user.profile.Visibility;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * Tells users of the people who were introduced to them, as soon as there is something to see of
 * those. Safe from any context.
 */
public final class Notifications {

  private static final String COLUMNS =
      "SELECT i.introduction_id, i.target_id, i.newcomer_id, n.name AS newcomer_name,"
          + " i.introduced_by, "
          + PersonRow.nameOrGone("b")
          + " AS introducer_name, i.notified_at, i.read_at";
  // The time is $2 in all of them.
  private static final String PEOPLE =
      " JOIN users n ON n.user_id = i.newcomer_id LEFT JOIN users b ON b.user_id = i.introduced_by"
          + " WHERE "
          + Visibility.notBanned("n", "$2")
          + " AND "
          + Visibility.notHidden("i.target_id", "i.newcomer_id");

  // One statement decides and changes: of two that complete a profile at the same time one gets
  // the rows.
  private static final String COMPLETE =
      "WITH i AS (UPDATE introductions SET notified_at = $2 WHERE newcomer_id = $1"
          + " AND notified_at IS NULL AND removed_at IS NULL"
          + " AND EXISTS (SELECT FROM users WHERE user_id = $1"
          + " AND selfie_url IS NOT NULL AND video_url IS NOT NULL) RETURNING *) "
          + COLUMNS
          + " FROM i"
          + PEOPLE;
  private static final String ALL =
      COLUMNS
          + ", count(*) FILTER (WHERE i.read_at IS NULL) OVER () AS unread FROM introductions i"
          + PEOPLE
          + " AND i.target_id = $1 AND i.notified_at IS NOT NULL AND i.removed_at IS NULL";
  private static final String NEWEST_FIRST =
      " ORDER BY i.notified_at DESC, i.introduction_id LIMIT $3";
  private static final String GET = ALL + NEWEST_FIRST;
  private static final String GET_UNREAD = ALL + " AND i.read_at IS NULL" + NEWEST_FIRST;
  private static final String MARK_READ =
      "UPDATE introductions SET read_at = $3 WHERE introduction_id = $2 AND target_id = $1"
          + " AND notified_at IS NOT NULL AND read_at IS NULL";

  private final Database database;
  private final Bus bus;
  private final Timers timers;
  private final int most;

  public Notifications(Database database, Bus bus, Timers timers, IntroductionRules rules) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
    this.most = rules.most();
  }

  /**
   * To be called in each transaction that stores a user's selfie or video, after it did: makes the
   * notifications that are due when both are there. Does nothing when one is missing, and nothing
   * the second time.
   *
   * @param tx holds the row of the user, so that the selfie of one transaction and the video of
   *     another cannot both miss each other
   * @return what to {@link #announce} after the commit
   */
  public Future<List<Notification>> profileStored(SqlConnection tx, UUID userId) {
    return tx.preparedQuery(COMPLETE)
        .execute(Tuple.of(userId, SqlTime.of(timers.now())))
        .map(rows -> Rows.all(rows, Notifications::notification));
  }

  /** Tells the targets; to be called after the commit. */
  public void announce(List<Notification> made) {
    made.forEach(
        notification -> bus.publish(IntroductionContract.NOTIFIED, new Notified(notification)));
  }

  /** What a user was told of. */
  public Future<IntroductionContract.Notifications> get(GetNotifications request) {
    return database.read(
        connection ->
            connection
                .preparedQuery(request.unreadOnly() ? GET_UNREAD : GET)
                .execute(Tuple.of(request.userId(), SqlTime.of(timers.now()), most))
                .map(Notifications::listed));
  }

  private static IntroductionContract.Notifications listed(RowSet<Row> rows) {
    return new IntroductionContract.Notifications(
        Rows.all(rows, Notifications::notification),
        Rows.first(rows).map(row -> row.getInteger("unread")).orElse(0));
  }

  private static Notification notification(Row row) {
    return new Notification(
        row.getUUID("introduction_id"),
        row.getUUID("target_id"),
        row.getUUID("newcomer_id"),
        row.getString("newcomer_name"),
        row.getUUID("introduced_by"),
        row.getString("introducer_name"),
        SqlTime.instant(row, "notified_at"),
        row.getOffsetDateTime("read_at") != null);
  }

  /** Notes that a user has seen a notification of his. */
  public Future<MarkedRead> markRead(MarkRead request) {
    return database.read(
        connection ->
            connection
                .preparedQuery(MARK_READ)
                .execute(
                    Tuple.of(request.userId(), request.notificationId(), SqlTime.of(timers.now())))
                .map(marked -> new MarkedRead()));
  }
}
