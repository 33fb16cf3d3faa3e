package com.napalmsky.gateway.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A steady pace with a burst, kept in one number: when the next one would be due if all came evenly
 * (the generic cell rate algorithm). Safe from any thread.
 */
final class Pace {

  private static final long MICROS_PER_SECOND = 1_000_000;

  private final long interval;
  private final long patience;
  private final AtomicLong due = new AtomicLong();

  /**
   * @param perSecond in the long run; 0 for no limit
   * @param burst how many may come at once
   */
  Pace(int perSecond, int burst) {
    interval = perSecond == 0 ? 0 : MICROS_PER_SECOND / perSecond;
    patience = interval * (burst - 1);
  }

  /**
   * Lets one pass, or not.
   *
   * @param nowMicros never less than at an earlier call, give or take a little
   */
  boolean take(long nowMicros) {
    if (interval == 0) {
      // Threads read the clock before they come here: without an interval the later one of two
      // would keep the earlier one out.
      return true;
    }
    while (true) {
      long dueBefore = due.get();
      long start = Math.max(dueBefore, nowMicros);
      if (start - nowMicros > patience) {
        return false;
      }
      if (due.compareAndSet(dueBefore, start + interval)) {
        return true;
      }
    }
  }
}
