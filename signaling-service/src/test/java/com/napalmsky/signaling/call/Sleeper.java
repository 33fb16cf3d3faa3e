package com.napalmsky.signaling.call;

import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

/** The time of a process that can be made to stand still while everybody else's goes on. */
final class Sleeper implements Timers {

  private final Timers timers;
  private final Queue<Runnable> missed = new ArrayDeque<>();
  private boolean asleep;

  Sleeper(Timers timers) {
    this.timers = timers;
  }

  @Override
  public Instant now() {
    return timers.now();
  }

  @Override
  public Cancellable after(Duration delay, Runnable action) {
    boolean[] off = new boolean[1];
    Runnable unlessOff =
        () -> {
          if (!off[0]) {
            action.run();
          }
        };
    Cancellable timer =
        timers.after(
            delay,
            () -> {
              if (asleep) {
                missed.add(unlessOff);
              } else {
                action.run();
              }
            });
    return () -> {
      off[0] = true;
      timer.cancel();
    };
  }

  void sleep() {
    asleep = true;
  }

  /** Everything that fell due meanwhile happens now. */
  void wake() {
    asleep = false;
    for (Runnable next = missed.poll(); next != null; next = missed.poll()) {
      next.run();
    }
  }
}
