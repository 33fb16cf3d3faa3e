package com.napalmsky.signaling.call;

import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an instance that stops leaves its calls to others.
 *
 * <pre>
 *   SERVES ──asked to stop──► WAITS for another instance, and serves meanwhile
 *   WAITS ──there is one, or the time is over──► LEAVES: commands wait, everything is written down
 *   LEAVES ──lease given up──► LEFT: what waited is told that the call is not here
 * </pre>
 *
 * <p>Confined to the context of its instance.
 */
final class Departure {

  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  /** What the last writes may take. */
  private static final Duration LAST_WRITES = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final String owner;
  private final CallDirectory directory;
  private final Timers timers;
  private final Journal journal;
  private final Tenure tenure;
  private final Supplier<Collection<HeldCall>> held;
  private final Consumer<HeldCall> drop;
  private @Nullable Promise<Void> leaving;

  Departure(
      String owner,
      CallDirectory directory,
      Timers timers,
      Journal journal,
      Tenure tenure,
      Supplier<Collection<HeldCall>> held,
      Consumer<HeldCall> drop) {
    this.owner = owner;
    this.directory = directory;
    this.timers = timers;
    this.journal = journal;
    this.tenure = tenure;
    this.held = held;
    this.drop = drop;
  }

  /** Succeeds when other instances may adopt the calls; null while this one serves them. */
  @Nullable Future<Void> underWay() {
    return leaving == null ? null : leaving.future();
  }

  /**
   * Waits for another instance, at most so long, and leaves.
   *
   * @param withdraw takes this instance out of where calls are opened and owners looked for, which
   *     is only right when there is another one
   * @return succeeds when everything is written down, at the latest soon after the time is over; at
   *     once when nothing can outlive this process
   */
  Future<Void> depart(Duration most, Supplier<Future<Void>> withdraw) {
    if (!directory.outlivesProcess()) {
      return Future.succeededFuture();
    }
    Instant latest = timers.now().plus(most);
    return another(latest).transform(found -> withdraw.get()).transform(withdrawn -> leave());
  }

  private Future<Void> another(Instant latest) {
    if (held.get().isEmpty() || !timers.now().isBefore(latest)) {
      return Future.succeededFuture();
    }
    return directory
        .others(owner, timers.now())
        .recover(unknown -> Future.succeededFuture(0))
        .compose(
            others ->
                others > 0 ? Future.succeededFuture() : pause().compose(over -> another(latest)));
  }

  private Future<Void> pause() {
    Promise<Void> over = Promise.promise();
    var unused = timers.after(LOOK_AGAIN, over::complete);
    return over.future();
  }

  private Future<Void> leave() {
    Promise<Void> left = Promise.promise();
    leaving = left;
    return written()
        .compose(
            written -> {
              tenure.stop();
              return directory.leave(owner);
            })
        .transform(
            gone -> {
              List<HeldCall> calls = List.copyOf(held.get());
              if (!calls.isEmpty()) {
                LOG.info("calls left to other instances count={}", calls.size());
              }
              calls.forEach(drop);
              left.complete();
              return Future.succeededFuture();
            });
  }

  private Future<Void> written() {
    held.get().forEach(call -> journal.note(call, Change.OF_STATE));
    Promise<Void> written = Promise.promise();
    Timers.Cancellable limit = timers.after(LAST_WRITES, written::tryComplete);
    journal
        .flush()
        .onComplete(
            done -> {
              limit.cancel();
              written.tryComplete();
            },
            fault -> written.tryComplete());
    return written.future();
  }
}
