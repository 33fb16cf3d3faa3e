package com.napalmsky.user.cooldown;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.CooldownReason;
import com.napalmsky.shared.contract.user.UserContract.CooldownSet;
import com.napalmsky.shared.contract.user.UserContract.CooldownStarted;
import com.napalmsky.shared.contract.user.UserContract.SetCooldown;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Locale;

/**
 * Keeps pairs apart. Safe from any context.
 *
 * <pre>
 *   NONE ──set──► RUNNING(until) ──time──► NONE
 *                    ├─set──► RUNNING(later of both)
 *                    └─both wish to talk again──► NONE
 * </pre>
 */
public final class Cooldowns {

  // One statement, so that of two at the same time the later end wins whatever their order. The
  // reason is that of the end which holds.
  private static final String PROLONG =
      "INSERT INTO cooldowns AS c (user_id_1, user_id_2, expires_at, reason, set_at)"
          + " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (user_id_1, user_id_2) DO UPDATE SET"
          + " expires_at = GREATEST(c.expires_at, excluded.expires_at),"
          + " reason = CASE WHEN excluded.expires_at > c.expires_at"
          + " THEN excluded.reason ELSE c.reason END,"
          + " set_at = CASE WHEN excluded.expires_at > c.expires_at"
          + " THEN excluded.set_at ELSE c.set_at END"
          + " RETURNING expires_at";
  private static final String END =
      "DELETE FROM cooldowns WHERE user_id_1 = $1 AND user_id_2 = $2 AND expires_at <= $3";

  private final Database database;
  private final Bus bus;
  private final Timers timers;

  public Cooldowns(Database database, Bus bus, Timers timers) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
  }

  /** Sets or prolongs the cooldown of a pair, and tells all. */
  public Future<CooldownSet> set(SetCooldown request) {
    if (request.first().equals(request.second())) {
      return Future.failedFuture(ServiceFailure.invalid("one person is no pair"));
    }
    Pair pair = Pair.of(request.first(), request.second());
    return database
        .read(connection -> prolong(connection, pair, request.until(), request.reason()))
        .map(
            until -> {
              announce(pair, until);
              return new CooldownSet(until);
            })
        .recover(
            cause ->
                Future.failedFuture(
                    Database.namesAMissingRow(cause)
                        ? ServiceFailure.invalid("there is no such pair of users")
                        : cause));
  }

  /**
   * Sets or prolongs on the caller's connection.
   *
   * @return what holds now: the later of old and new
   */
  public Future<Instant> prolong(
      SqlConnection connection, Pair pair, Instant until, CooldownReason reason) {
    return connection
        .preparedQuery(PROLONG)
        .execute(
            Tuple.of(
                pair.lower(),
                pair.upper(),
                SqlTime.of(until),
                reason.name().toLowerCase(Locale.ROOT),
                SqlTime.of(timers.now())))
        .map(rows -> SqlTime.instant(rows.iterator().next(), "expires_at"));
  }

  /**
   * Ends a cooldown on the caller's connection, unless it lasts longer than the one that is meant.
   * Whoever calls this has the overlays of both loaded anew after the commit.
   *
   * @param expiry of the cooldown that is meant
   */
  public Future<Void> end(SqlConnection connection, Pair pair, Instant expiry) {
    return connection
        .preparedQuery(END)
        .execute(Tuple.of(pair.lower(), pair.upper(), SqlTime.of(expiry)))
        .mapEmpty();
  }

  /** Tells all of a cooldown that runs; to be called after the commit. */
  public void announce(Pair pair, Instant until) {
    if (until.isAfter(timers.now())) {
      bus.publish(
          UserContract.COOLDOWN_STARTED, new CooldownStarted(pair.lower(), pair.upper(), until));
    }
  }
}
