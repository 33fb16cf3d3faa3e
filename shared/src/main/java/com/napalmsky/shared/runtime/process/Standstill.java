package com.napalmsky.shared.runtime.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices that the whole process stood still: it was stopped by a signal, its machine was
 * suspended. The others have given it up meanwhile, swept its sockets and adopted its calls; what
 * it would do with its old picture of the cluster, before it learns of that, harms those who are
 * well.
 *
 * <p>Confined to the thread that watches.
 */
final class Standstill {

  private static final long LOOK_MILLIS = 100;

  private final long mostNanos;
  private final LongSupplier nanos;
  private long before;

  /**
   * @param most a shorter pause is only a slow moment
   * @param nanos a clock that goes on while the process stands still
   */
  Standstill(Duration most, LongSupplier nanos) {
    this.mostNanos = most.toNanos();
    this.nanos = nanos;
    this.before = nanos.getAsLong();
  }

  /** Whether more than that has passed since the last look. */
  boolean happened() {
    long now = nanos.getAsLong();
    boolean stood = now - before > mostNanos;
    before = now;
    return stood;
  }

  /** Watches for the rest of the process's life, on a thread of its own. */
  static void watch(Duration most, Runnable onStandstill) {
    Thread watching =
        new Thread(
            () -> {
              Standstill standstill = new Standstill(most, System::nanoTime);
              try {
                while (!standstill.happened()) {
                  TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
                onStandstill.run();
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            },
            "standstill");
    watching.setDaemon(true);
    // The first to run when the process goes on, if the system listens.
    watching.setPriority(Thread.MAX_PRIORITY);
    watching.start();
  }
}
