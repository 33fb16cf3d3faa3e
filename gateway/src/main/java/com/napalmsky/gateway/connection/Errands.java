package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that must reach their service in the end although no client waits for them: a lost
 * goodbye would be a ghost. They are repeated with growing pauses for about a quarter of an hour.
 *
 * <p>Only idempotent requests. One timer for all of an event loop.
 */
final class Errands {

  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

  private static final int MOST_ATTEMPTS = 40;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  /** After an outage thousands are due at once, and the service has just come back. */
  private static final int MOST_AT_ONCE = 200;

  private static final long BETWEEN_BATCHES_MILLIS = 50;

  private record Errand(
      String what, BooleanSupplier wanted, Supplier<Future<?>> request, int attempt, long due) {}

  private final Timers timers;
  private final int most;
  private final ConnectionCounters counters;
  private final PriorityQueue<Errand> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Errand::due));
  private long timerDue = Long.MAX_VALUE;

  Errands(Timers timers, int most, ConnectionCounters counters) {
    this.timers = timers;
    this.most = most;
    this.counters = counters;
  }

  /** Does something now, and again until it succeeds. */
  void run(String what, Supplier<Future<?>> request) {
    attempt(new Errand(what, () -> true, request, 1, 0));
  }

  /**
   * Does something later that has failed already, and again until it succeeds.
   *
   * @param wanted whether it is still to be done
   */
  void later(String what, BooleanSupplier wanted, Supplier<Future<?>> request) {
    putOff(new Errand(what, wanted, request, 1, 0));
  }

  /** How many wait to be done again. */
  int size() {
    return waiting.size();
  }

  private void attempt(Errand errand) {
    if (errand.wanted().getAsBoolean()) {
      errand.request().get().onComplete(done -> {}, cause -> failed(errand, cause));
    }
  }

  private void failed(Errand errand, Throwable cause) {
    boolean hopeless =
        cause instanceof ServiceFailure failure
            && failure.code() == ServiceFailure.Code.INVALID_REQUEST;
    if (hopeless || errand.attempt() == MOST_ATTEMPTS) {
      counters.count(Count.ERRAND_DROPPED);
      LOG.warn("errand given up what={} reason={}", errand.what(), String.valueOf(cause));
      return;
    }
    putOff(errand);
  }

  private void putOff(Errand errand) {
    if (waiting.size() >= most) {
      counters.count(Count.ERRAND_DROPPED);
      LOG.warn("errand given up what={} reason=too many wait", errand.what());
      return;
    }
    counters.count(Count.ERRAND_RETRIED);
    long pause =
        Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(10, errand.attempt() - 1));
    long spread = ThreadLocalRandom.current().nextLong(pause / 2);
    waiting.add(
        new Errand(
            errand.what(),
            errand.wanted(),
            errand.request(),
            errand.attempt() + 1,
            now() + pause - spread));
    arm(0);
  }

  private void arm(long atLeast) {
    Errand first = waiting.peek();
    if (first == null) {
      return;
    }
    long now = now();
    long due = Math.max(first.due(), now + atLeast);
    if (due >= timerDue) {
      return;
    }
    timerDue = due;
    var unused = timers.after(Duration.ofMillis(Math.max(1, due - now)), this::go);
  }

  private void go() {
    timerDue = Long.MAX_VALUE;
    long now = now();
    for (int done = 0; done < MOST_AT_ONCE; done++) {
      Errand first = waiting.peek();
      if (first == null || first.due() > now) {
        break;
      }
      attempt(waiting.remove());
    }
    arm(BETWEEN_BATCHES_MILLIS);
  }

  private long now() {
    return timers.now().toEpochMilli();
  }
}
