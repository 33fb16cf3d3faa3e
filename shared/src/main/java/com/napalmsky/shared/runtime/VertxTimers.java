package com.napalmsky.shared.runtime;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Real time: the system's clock and Vert.x timers. */
record VertxTimers(Vertx vertx, Clock clock) implements Timers {

  @Override
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Cancellable after(Duration delay, Runnable action) {
    long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> action.run());
    return () -> vertx.cancelTimer(id);
  }
}
