package com.napalmsky.shared.bus;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests may be repeated: as many as were answered, and some more. When one of two
 * instances dies, all that meet it can be; when a service is too slow to answer at all, repetition
 * ends soon instead of giving it more to do.
 *
 * <p>Safe from any context.
 */
final class RepeatBudget {

  private static final int MOST = 1_000;

  private final AtomicInteger left = new AtomicInteger(MOST);

  void answered() {
    if (left.get() < MOST) {
      left.incrementAndGet();
    }
  }

  boolean take() {
    if (left.decrementAndGet() >= 0) {
      return true;
    }
    left.incrementAndGet();
    return false;
  }
}
