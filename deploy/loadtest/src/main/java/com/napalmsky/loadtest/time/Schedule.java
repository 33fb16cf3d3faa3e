package com.napalmsky.loadtest.time;

/**
 * When operations are meant to happen: the first at the start, then evenly. Who is late still
 * measures from the moment that was meant, so that waiting is not left out.
 *
 * @param startNanos by {@link Clock#nanos}
 * @param perSecond above 0
 * @param count how many there are
 */
public record Schedule(long startNanos, double perSecond, long count) {

  /** As many as fit into a time. */
  public static Schedule lasting(long startNanos, double perSecond, double seconds) {
    return new Schedule(startNanos, perSecond, Math.round(perSecond * seconds));
  }

  /** When the operation with this number, from 0, is meant to happen. */
  public long intended(long number) {
    return startNanos + (long) (number / perSecond * 1e9);
  }

  /** How many are meant to have happened. */
  public long due(long nowNanos) {
    if (nowNanos < startNanos) {
      return 0;
    }
    return Math.min(count, (long) ((nowNanos - startNanos) / 1e9 * perSecond) + 1);
  }
}
