package com.napalmsky.gateway.connection;

import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are to be looked at when the same time has passed for each: one timer for all of
 * them. Who is closed meanwhile stays until then.
 *
 * <p>Confined to one event loop.
 */
final class Deadlines {

  private record Deadline(Connection connection, long due) {}

  private final Timers timers;
  private final Duration after;
  private final Consumer<Connection> over;
  private final ArrayDeque<Deadline> deadlines = new ArrayDeque<>();
  private boolean timerRuns;

  /**
   * @param over takes each when its time is over
   */
  Deadlines(Timers timers, Duration after, Consumer<Connection> over) {
    this.timers = timers;
    this.after = after;
    this.over = over;
  }

  void set(Connection connection) {
    deadlines.addLast(new Deadline(connection, timers.now().plus(after).toEpochMilli()));
    arm();
  }

  private void arm() {
    @Nullable Deadline first = deadlines.peekFirst();
    if (first == null || timerRuns) {
      return;
    }
    timerRuns = true;
    long left = first.due() - timers.now().toEpochMilli();
    var unused = timers.after(Duration.ofMillis(Math.max(1, left)), this::look);
  }

  private void look() {
    timerRuns = false;
    long now = timers.now().toEpochMilli();
    while (!deadlines.isEmpty() && deadlines.peekFirst().due() <= now) {
      over.accept(deadlines.removeFirst().connection());
    }
    arm();
  }
}
