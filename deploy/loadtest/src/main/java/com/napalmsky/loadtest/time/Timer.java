package com.napalmsky.loadtest.time;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Something that was scheduled. */
@FunctionalInterface
public interface Timer {

  /**
   * Does nothing when it has run or was cancelled before.
   *
   * @return whether it will not run
   */
  @CanIgnoreReturnValue
  boolean cancel();
}
