package com.napalmsky.user.reunion;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.ReunionContract;
import com.napalmsky.shared.contract.user.ReunionContract.ReunionWished;
import com.napalmsky.shared.contract.user.ReunionContract.Wish;
import com.napalmsky.shared.contract.user.ReunionContract.WishOutcome;
import com.napalmsky.shared.contract.user.ReunionContract.Wished;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.cooldown.Cooldowns;
import com.napalmsky.user.cooldown.Pair;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.Visibility;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Wishes to talk again. Safe from any context.
 *
 * <pre>
 *   NOBODY ──one──► ONE ──the other──► BOTH: the cooldown of the call ends
 * </pre>
 */
public final class Reunions {

  /** The setting for how long after a call its members may wish it. */
  public static final String SECONDS = "USER_REUNION_SECONDS";

  // Held until the commit: of two wishes at once the second one sees the first.
  private static final String CALL =
      "SELECT c.*, "
          + Visibility.notHidden("c.first_id", "c.second_id")
          + " AS visible FROM finished_calls c WHERE c.room_id = $1"
          + " AND $2 IN (c.first_id, c.second_id) AND c.ended_at > $3 FOR UPDATE OF c";
  private static final String WISH =
      "UPDATE finished_calls SET first_wishes_again = first_wishes_again OR first_id = $2,"
          + " second_wishes_again = second_wishes_again OR second_id = $2 WHERE room_id = $1";

  /**
   * @param changed whether this wish made the two agree
   */
  private record Noted(WishOutcome outcome, UUID otherId, boolean told, boolean changed) {

    static final Noted NOTHING = new Noted(WishOutcome.NO_SUCH_CALL, new UUID(0, 0), false, false);
  }

  private final Database database;
  private final Bus bus;
  private final Timers timers;
  private final Cooldowns cooldowns;
  private final Duration lately;

  /**
   * @param lately how long after a call its members may wish it
   */
  public Reunions(Database database, Bus bus, Timers timers, Cooldowns cooldowns, Duration lately) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
    this.cooldowns = cooldowns;
    this.lately = lately;
  }

  /** Notes that a member of an ended call would like to talk again. */
  public Future<Wished> wish(Wish wish) {
    return database
        .repeatableTransaction(tx -> note(tx, wish))
        .map(
            noted -> {
              tell(wish, noted);
              return new Wished(noted.outcome());
            });
  }

  private Future<Noted> note(SqlConnection tx, Wish wish) {
    Tuple which = Tuple.of(wish.roomId(), wish.userId(), SqlTime.of(timers.now().minus(lately)));
    return tx.preparedQuery(CALL).execute(which).compose(rows -> note(tx, wish, rows));
  }

  private Future<Noted> note(SqlConnection tx, Wish wish, RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Future.succeededFuture(Noted.NOTHING);
    }
    Row call = rows.iterator().next();
    UUID first = call.getUUID("first_id");
    UUID second = call.getUUID("second_id");
    boolean isFirst = first.equals(wish.userId());
    UUID other = isFirst ? second : first;
    if (!call.getBoolean("visible")) {
      // Who was blocked or reported must not learn it from here.
      return Future.succeededFuture(new Noted(WishOutcome.WAITING, other, false, false));
    }
    boolean wished = call.getBoolean(isFirst ? "first_wishes_again" : "second_wishes_again");
    boolean agreed = call.getBoolean(isFirst ? "second_wishes_again" : "first_wishes_again");
    Noted noted =
        new Noted(
            agreed ? WishOutcome.AGREED : WishOutcome.WAITING, other, true, agreed && !wished);
    if (wished) {
      return Future.succeededFuture(noted);
    }
    Future<?> stored = tx.preparedQuery(WISH).execute(Tuple.of(wish.roomId(), wish.userId()));
    Instant expiry = SqlTime.optionalInstant(call, "cooldown_expiry");
    if (!agreed || expiry == null) {
      return stored.map(noted);
    }
    return Future.join(stored, cooldowns.end(tx, Pair.of(first, second), expiry)).map(noted);
  }

  private void tell(Wish wish, Noted noted) {
    if (!noted.told()) {
      return;
    }
    boolean agreed = noted.outcome() == WishOutcome.AGREED;
    if (agreed) {
      // First: whoever invites because of the second fact must not meet the old cooldown.
      bus.publish(
          UserContract.OVERLAY_CHANGED,
          new OverlayChanged(List.of(wish.userId(), noted.otherId())));
    }
    bus.publish(
        ReunionContract.WISHED,
        new ReunionWished(wish.roomId(), wish.userId(), noted.otherId(), agreed));
  }
}
