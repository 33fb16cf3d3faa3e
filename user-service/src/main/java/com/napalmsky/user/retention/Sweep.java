package com.napalmsky.user.retention;

import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does all chores, one after the other, in portions with a rest between them: no transaction is
 * long, and whoever else wants the database gets it. Safe from any context.
 */
public final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final List<Chore> chores;
  private final Timers timers;
  private final int portion;
  private final Duration rest;
  private final SweepCounts counts;

  public Sweep(List<Chore> chores, Timers timers, SweepRules rules) {
    this.chores = List.copyOf(chores);
    this.timers = timers;
    this.portion = rules.rows();
    this.rest = rules.rest();
    this.counts = new SweepCounts(chores);
  }

  public SweepCounts counts() {
    return counts;
  }

  /**
   * Sweeps once. A chore that fails is left for the next time.
   *
   * @param mayGoOn asked before each portion; once false nothing more is begun
   * @return how many rows were deleted or changed; never fails
   */
  public Future<Integer> run(BooleanSupplier mayGoOn) {
    Future<Integer> swept = Future.succeededFuture(0);
    for (Chore chore : chores) {
      swept = swept.compose(before -> chore(chore, mayGoOn).map(rows -> before + rows));
    }
    return swept.map(
        rows -> {
          counts.ended();
          return rows;
        });
  }

  private Future<Integer> chore(Chore chore, BooleanSupplier mayGoOn) {
    return portions(chore, mayGoOn, 0)
        .otherwise(
            failed -> {
              counts.failed();
              LOG.warn("not swept, tried again later chore={}", chore.name(), failed);
              return 0;
            });
  }

  private Future<Integer> portions(Chore chore, BooleanSupplier mayGoOn, int before) {
    if (!mayGoOn.getAsBoolean()) {
      return Future.succeededFuture(before);
    }
    return chore
        .portion(portion)
        .compose(
            rows -> {
              counts.swept(chore, rows);
              return rows < portion
                  ? Future.succeededFuture(before + rows)
                  : rest().compose(rested -> portions(chore, mayGoOn, before + rows));
            });
  }

  private Future<Void> rest() {
    if (rest.isZero()) {
      return Future.succeededFuture();
    }
    Promise<Void> rested = Promise.promise();
    Timers.Cancellable unused = timers.after(rest, rested::complete);
    return rested.future();
  }
}
