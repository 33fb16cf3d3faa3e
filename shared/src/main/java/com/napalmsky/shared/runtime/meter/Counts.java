package com.napalmsky.shared.runtime.meter;

import java.util.concurrent.atomic.LongAdder;

/**
 * A number for each constant that only grows. Safe from any thread; counting costs one addition.
 *
 * @param <E> what is counted
 */
public final class Counts<E extends Enum<E>> {

  private final LongAdder[] totals;

  public Counts(Class<E> what) {
    totals = new LongAdder[what.getEnumConstants().length];
    for (int i = 0; i < totals.length; i++) {
      totals[i] = new LongAdder();
    }
  }

  /** Counts one. */
  public void count(E one) {
    totals[one.ordinal()].increment();
  }

  /** How often since the start. */
  public long total(E one) {
    return totals[one.ordinal()].sum();
  }
}
