package com.napalmsky.signaling.finish;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before asking again: doubled each time, never the same for two askers.
 *
 * @param first after the first failure, before jitter
 * @param most never longer than this
 * @param random from 0 to 1; takes up to half of the wait away
 */
public record Backoff(Duration first, Duration most, DoubleSupplier random) {

  private static final int MOST_DOUBLINGS = 20;

  /**
   * @param failures in a row, at least one
   */
  Duration after(int failures) {
    long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    long capped = Math.min(doubled, most.toMillis());
    return Duration.ofMillis((long) (capped * (1 - random.getAsDouble() / 2)));
  }
}
