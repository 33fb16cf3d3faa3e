package com.napalmsky.user.ban;

import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces bans that changed lately again and again: a fact may be lost, and an instance may die
 * between the commit and the announcement. Every instance does so. Confined to the context that
 * starts it.
 */
public final class BanAnnouncements {

  /** The setting for the pause between two rounds. */
  public static final String SECONDS = "USER_BAN_REPEAT_SECONDS";

  /** Longer than a node can be deaf without leaving the cluster. */
  static final Duration LATELY = Duration.ofMinutes(10);

  /** The first round goes further back: perhaps no instance was there when a ban was to be told. */
  static final Duration AT_FIRST = Duration.ofHours(24);

  private static final Logger LOG = LoggerFactory.getLogger(BanAnnouncements.class);
  private static final int MOST = 1_000;

  private static final String CHANGED =
      "SELECT user_id, ban_status, banned_until, ban_changed_at FROM users"
          + " WHERE ban_changed_at > $1 ORDER BY ban_changed_at DESC LIMIT $2";

  private final Database database;
  private final Timers timers;
  private final Bans bans;
  private final Duration pause;

  private Timers.Cancellable next = () -> {};
  private boolean stopped;

  /**
   * @param pause between two rounds; zero never repeats
   */
  public BanAnnouncements(Database database, Timers timers, Bans bans, Duration pause) {
    this.database = database;
    this.timers = timers;
    this.bans = bans;
    this.pause = pause;
  }

  /** Begins with a round. */
  public void start() {
    if (!pause.isZero()) {
      repeatAndGoOn(AT_FIRST);
    }
  }

  /** Ends after the round under way, if there is one; may be called twice. */
  public void stop() {
    stopped = true;
    next.cancel();
  }

  private void repeatAndGoOn(Duration span) {
    repeat(span)
        .onComplete(
            announced -> later(LATELY),
            cause -> {
              LOG.debug("bans not announced again cause={}", cause.toString());
              later(span);
            });
  }

  private void later(Duration span) {
    if (!stopped) {
      next = timers.after(pause, () -> repeatAndGoOn(span));
    }
  }

  /**
   * Announces what changed within a span of time up to now.
   *
   * @return how many bans, the newest a thousand at most
   */
  Future<Integer> repeat(Duration span) {
    Tuple which = Tuple.of(SqlTime.of(timers.now().minus(span)), MOST);
    return database
        .read(connection -> connection.preparedQuery(CHANGED).execute(which))
        .map(
            rows -> {
              List<BanChanged> changes = Rows.all(rows, BanAnnouncements::change);
              changes.forEach(bans::announce);
              return changes.size();
            });
  }

  private static BanChanged change(Row row) {
    return new BanChanged(
        row.getUUID("user_id"),
        BanStatus.valueOf(row.getString("ban_status").toUpperCase(Locale.ROOT)),
        SqlTime.optionalInstant(row, "banned_until"),
        SqlTime.instant(row, "ban_changed_at"));
  }
}
