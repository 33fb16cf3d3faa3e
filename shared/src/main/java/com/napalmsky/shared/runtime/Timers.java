package com.napalmsky.shared.runtime;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The only source of time for features, so that tests can move it by hand.
 *
 * <p>Safe from any context; an action runs on the context that asked for it.
 */
public interface Timers {

  /** The present, to the millisecond. */
  Instant now();

  /**
   * Runs an action once, later.
   *
   * @param delay how long from now; less than a millisecond counts as one
   * @return a handle that can call it off
   */
  Cancellable after(Duration delay, Runnable action);

  /** A timer that can be called off. */
  @FunctionalInterface
  interface Cancellable {

    /** Calls the action off; does nothing when it has run or was called off before. */
    void cancel();
  }

  /** Real time, with timers on the event loop of the caller. */
  static Timers of(Vertx vertx) {
    return new VertxTimers(vertx, Clock.systemUTC());
  }
}
