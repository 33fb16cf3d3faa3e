package com.napalmsky.gateway.engineio;

import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All deadlines of one event loop on one timer: entries are linked into the bucket of the tick at
 * which they fall due, so that setting, moving and calling off a deadline are a few assignments.
 *
 * <p>A deadline falls due up to one tick early. However long the loop or the machine stood still,
 * one run accounts for a bounded span only: a process that was suspended gives its clients time to
 * answer instead of dropping them all.
 *
 * <p>Confined to its event loop.
 */
final class Wheel {

  private static final Logger log = LoggerFactory.getLogger(Wheel.class);
  private static final int BUCKETS = 1024;
  private static final Duration LONGEST_STEP = Duration.ofSeconds(5);

  /** A deadline of somebody; linked into at most one bucket. */
  abstract static class Entry {
    private @Nullable Entry previous;
    private @Nullable Entry next;
    private long due;

    /** The deadline passed; the entry is no longer on the wheel. */
    abstract void expired();

    final boolean scheduled() {
      return next != null;
    }
  }

  private static final class Head extends Entry {
    Head() {
      super.previous = this;
      super.next = this;
    }

    Entry next() {
      Entry first = super.next;
      return first == null ? this : first;
    }

    @Override
    void expired() {
      throw new IllegalStateException("the head of a bucket never expires");
    }
  }

  private static final class Task extends Entry {
    private final Runnable action;

    Task(Runnable action) {
      this.action = action;
    }

    @Override
    void expired() {
      action.run();
    }
  }

  private final Timers timers;
  private final long tickMillis;
  private final int longestStep;
  private final Head[] buckets = new Head[BUCKETS];
  private long origin;
  private long current;
  private int size;
  private boolean armed;

  Wheel(Timers timers, Duration tick) {
    this.timers = timers;
    this.tickMillis = Math.max(1, tick.toMillis());
    this.longestStep = (int) Math.max(20, LONGEST_STEP.toMillis() / tickMillis);
    this.origin = timers.now().toEpochMilli();
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] = new Head();
    }
  }

  /** Sets or moves a deadline. */
  void schedule(Entry entry, Duration delay) {
    cancel(entry);
    if (size == 0) {
      // Nothing was counted while nothing waited.
      origin = timers.now().toEpochMilli() - current * tickMillis;
    }
    entry.due = Math.max(current, present()) + Math.max(1, delay.toMillis() / tickMillis);
    link(buckets[(int) (entry.due & (BUCKETS - 1))], entry);
    size++;
    arm();
  }

  /** Runs an action once; the entry can be given to {@link #cancel}. */
  Entry after(Duration delay, Runnable action) {
    Entry task = new Task(action);
    schedule(task, delay);
    return task;
  }

  /** Calls a deadline off; does nothing when there is none. */
  void cancel(Entry entry) {
    if (entry.scheduled()) {
      unlink(entry);
      size--;
    }
  }

  /** Runs what is due although the timer did not fire yet. */
  void catchUp() {
    long target = present();
    if (target < current) {
      // The clock was set back.
      origin = timers.now().toEpochMilli() - current * tickMillis;
      return;
    }
    if (target - current > longestStep) {
      target = current + longestStep;
      origin = timers.now().toEpochMilli() - target * tickMillis;
    }
    while (current < target && size > 0) {
      current++;
      turn();
    }
    current = Math.max(current, target);
  }

  /** Visits every entry; the visitor may call any of them off. */
  void forEach(Consumer<Entry> visitor) {
    for (Head head : buckets) {
      Head visited = new Head();
      splice(head, visited);
      for (Entry entry = visited.next(); entry != visited; entry = visited.next()) {
        unlink(entry);
        link(head, entry);
        visitor.accept(entry);
      }
    }
  }

  int size() {
    return size;
  }

  private void turn() {
    Head head = buckets[(int) (current & (BUCKETS - 1))];
    Head visited = new Head();
    splice(head, visited);
    for (Entry entry = visited.next(); entry != visited; entry = visited.next()) {
      unlink(entry);
      if (entry.due > current) {
        link(head, entry);
      } else {
        size--;
        expire(entry);
      }
    }
  }

  private static void expire(Entry entry) {
    try {
      entry.expired();
    } catch (RuntimeException bug) {
      // One entry's fault must not cost the others their deadlines.
      log.error("a deadline's action failed", bug);
    }
  }

  private long present() {
    return (timers.now().toEpochMilli() - origin) / tickMillis;
  }

  private void arm() {
    if (!armed && size > 0) {
      armed = true;
      var unused = timers.after(Duration.ofMillis(tickMillis), this::fired);
    }
  }

  private void fired() {
    armed = false;
    try {
      catchUp();
    } finally {
      arm();
    }
  }

  private static void link(Entry head, Entry entry) {
    Entry last = head.previous;
    if (last == null) {
      throw new IllegalStateException("not a bucket");
    }
    entry.previous = last;
    entry.next = head;
    last.next = entry;
    head.previous = entry;
  }

  private static void unlink(Entry entry) {
    Entry before = entry.previous;
    Entry after = entry.next;
    if (before == null || after == null) {
      throw new IllegalStateException("not on the wheel");
    }
    before.next = after;
    after.previous = before;
    entry.previous = null;
    entry.next = null;
  }

  /** Moves all entries of a bucket to an empty one. */
  private static void splice(Entry from, Entry to) {
    Entry first = from.next;
    Entry last = from.previous;
    if (first == null || last == null || first == from) {
      return;
    }
    to.next = first;
    to.previous = last;
    first.previous = to;
    last.next = to;
    from.next = from;
    from.previous = from;
  }
}
