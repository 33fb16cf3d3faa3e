package com.napalmsky.user.retention;

import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes sessions, cooldowns, links and reset tokens that ran out and does what features have to
 * do besides, in portions, again and again. Several instances may do so at once. Confined to the
 * context that starts it.
 */
public final class Sweep {

  /** The setting for the pause between two sweeps. */
  public static final String MINUTES = "USER_SWEEP_MINUTES";

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final int PORTION = 5_000;

  // SKIP LOCKED: what another instance deletes right now is none of ours.
  private static final String SESSIONS =
      "DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions"
          + " WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)";
  private static final String COOLDOWNS =
      "DELETE FROM cooldowns WHERE (user_id_1, user_id_2) IN (SELECT user_id_1, user_id_2"
          + " FROM cooldowns WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)";
  private static final String LINKS =
      "DELETE FROM referral_codes WHERE code IN (SELECT code FROM referral_codes"
          + " WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)";
  // A day later: until then whoever comes with one is told that it is over.
  private static final String TOKENS =
      "DELETE FROM password_reset_tokens WHERE token_hash IN (SELECT token_hash"
          + " FROM password_reset_tokens WHERE expires_at <= $1::timestamptz - interval '1 day'"
          + " LIMIT $2 FOR UPDATE SKIP LOCKED)";

  private final Database database;
  private final Timers timers;
  private final Duration pause;
  private final List<Chore> chores;

  private Timers.Cancellable next = () -> {};
  private boolean stopped;

  /**
   * @param pause between two sweeps; zero never sweeps
   * @param chores done after the deletions, one after the other
   */
  public Sweep(Database database, Timers timers, Duration pause, List<Chore> chores) {
    this.database = database;
    this.timers = timers;
    this.pause = pause;
    this.chores = List.copyOf(chores);
  }

  /** Begins with a pause. */
  public void start() {
    if (!pause.isZero() && !stopped) {
      next = timers.after(pause, this::sweepAndGoOn);
    }
  }

  /** Ends after the sweep under way, if there is one; may be called twice. */
  public void stop() {
    stopped = true;
    next.cancel();
  }

  private void sweepAndGoOn() {
    sweep()
        .onComplete(
            deleted -> {
              LOG.debug("swept rows={}", deleted);
              start();
            },
            failed -> start());
  }

  /**
   * Sweeps once. A chore that fails is left for the next time.
   *
   * @return how many rows were deleted or changed
   */
  public Future<Integer> sweep() {
    Future<Integer> swept =
        delete(SESSIONS)
            .compose(sessions -> delete(COOLDOWNS).map(cooldowns -> sessions + cooldowns))
            .compose(deleted -> delete(LINKS).map(links -> deleted + links))
            .compose(deleted -> delete(TOKENS).map(tokens -> deleted + tokens));
    for (Chore chore : chores) {
      swept =
          swept.compose(before -> done(chore).otherwise(Sweep::notDone).map(rows -> before + rows));
    }
    return swept;
  }

  private static Future<Integer> done(Chore chore) {
    return chore
        .portion(PORTION)
        .compose(
            rows ->
                rows < PORTION
                    ? Future.succeededFuture(rows)
                    : done(chore).map(more -> more + rows));
  }

  private static int notDone(Throwable cause) {
    LOG.warn("a part of the sweep failed", cause);
    return 0;
  }

  private Future<Integer> delete(String portion) {
    Tuple which = Tuple.of(SqlTime.of(timers.now()), PORTION);
    return database
        .read(connection -> connection.preparedQuery(portion).execute(which))
        .compose(
            rows ->
                rows.rowCount() < PORTION
                    ? Future.succeededFuture(rows.rowCount())
                    : delete(portion).map(more -> more + PORTION));
  }
}
