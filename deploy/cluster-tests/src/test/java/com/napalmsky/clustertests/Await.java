package com.napalmsky.clustertests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits that have a name and an end. */
final class Await {

  private Await() {}

  /** Until it holds; a request that fails meanwhile counts as not yet. */
  static void until(String what, Duration limit, Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    Exception last = null;
    do {
      try {
        if (holds.call()) {
          return;
        }
        last = null;
      } catch (java.io.IOException notNow) {
        last = notNow;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    } while (System.nanoTime() < deadline);
    throw new AssertionError(what + ": not within " + limit.toSeconds() + " s", last);
  }
}
