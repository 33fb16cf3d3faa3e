package com.napalmsky.shared.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that moves only when a test says so. Actions run in order of their due time, on the test's
 * thread.
 */
public final class ManualTimers implements Timers {

  private record Due(Instant at, long order, Runnable action) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long order;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Cancellable after(Duration delay, Runnable action) {
    Due entry = new Due(now.plus(delay), order++, action);
    due.add(entry);
    return () -> due.remove(entry);
  }

  /** Lets time pass: runs what falls due, each at its own time, and ends at now + span. */
  public void advance(Duration span) {
    Instant end = now.plus(span);
    while (!due.isEmpty() && !due.peek().at().isAfter(end)) {
      Due next = due.poll();
      now = next.at();
      next.action().run();
    }
    now = end;
  }

  /** How many actions wait. */
  public int pending() {
    return due.size();
  }
}
