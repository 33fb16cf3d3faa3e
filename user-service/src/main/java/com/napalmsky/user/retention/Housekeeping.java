package com.napalmsky.user.retention;

import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps again and again, on one of all instances.
 *
 * <pre>
 *   STANDING_BY ──elected──► ELECTED, sweeps at once and then after each pause
 *        ▲                      │ no longer elected, or not known to be
 *        └──────────────────────┘
 *   stop: STOPPED from either; the portion under way ends, then another may be elected
 * </pre>
 *
 * <p>Who is elected sweeps at once, since nobody knows when the one before him last did. Confined
 * to the context that starts it.
 */
public final class Housekeeping {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final Election election;
  private final Sweep sweep;
  private final Timers timers;
  private final SweepRules rules;

  private Timers.Cancellable next = () -> {};
  private Future<?> looking = Future.succeededFuture();
  private Future<?> sweeping = Future.succeededFuture();
  private Instant due = Instant.MIN;
  private boolean elected;
  private boolean stopped;

  public Housekeeping(Election election, Sweep sweep, Timers timers, SweepRules rules) {
    this.election = election;
    this.sweep = sweep;
    this.timers = timers;
    this.rules = rules;
  }

  /** Begins with a pause, unless it is never to sweep. */
  public void start() {
    if (!rules.pause().isZero() && !stopped) {
      next = timers.after(rules.election(), this::lookAndGoOn);
    }
  }

  /**
   * Ends it; may be called twice.
   *
   * @return succeeds when no portion is under way and another instance may be elected
   */
  public Future<Void> stop() {
    stopped = true;
    next.cancel();
    return Future.join(looking, sweeping)
        .transform(ended -> election.stepDown())
        .onComplete(done -> sweep.counts().elected(false), failed -> {});
  }

  private void lookAndGoOn() {
    looking = look();
    looking.onComplete(looked -> start(), failed -> start());
  }

  /**
   * Stands for election, and sweeps if it is elected and that is due.
   *
   * @return succeeds when it is known who sweeps; not when the sweep is done
   */
  Future<Void> look() {
    return election
        .stand()
        .otherwise(
            failed -> {
              LOG.debug("nobody knows who sweeps", failed);
              return false;
            })
        .map(
            now -> {
              become(now);
              if (now && sweeping.isComplete() && !timers.now().isBefore(due)) {
                sweep();
              }
              return null;
            });
  }

  /** What is under way, or was last. */
  Future<?> sweeping() {
    return sweeping;
  }

  private void become(boolean now) {
    if (now && !elected) {
      due = Instant.MIN;
      LOG.info("this instance deletes what has run out");
    } else if (!now && elected) {
      LOG.info("this instance no longer deletes what has run out");
    }
    elected = now;
    sweep.counts().elected(now);
  }

  private void sweep() {
    due = timers.now().plus(rules.pause());
    sweeping =
        sweep
            .run(() -> !stopped && election.elected())
            .onComplete(rows -> LOG.debug("swept rows={}", rows), failed -> {});
  }
}
