package com.napalmsky.shared.runtime.memory;

import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how much room this process has left, and tells those who can make some. Looks once a
 * second.
 *
 * <p>{@link #level} and {@link #tell} are safe from any thread; it begins, looks and ends on one
 * context.
 */
public final class MemoryGuard {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryGuard.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Supplier<MemoryShares> reading;
  private final List<Consumer<MemoryLevel>> told = new CopyOnWriteArrayList<>();
  private final LongAdder shortages = new LongAdder();
  private volatile MemoryLevel level = MemoryLevel.AMPLE;
  private volatile MemoryShares shares = new MemoryShares(0, 0, 0);
  private Timers.Cancellable next = () -> {};

  /** Guards what this process really has. */
  public MemoryGuard(MemoryBudget budget) {
    this(new MemoryReading(budget));
  }

  MemoryGuard(Supplier<MemoryShares> reading) {
    this.reading = reading;
  }

  /** How much room there is, as of a moment ago. */
  public MemoryLevel level() {
    return level;
  }

  /** Whether nothing new may be taken on. */
  public boolean isShort() {
    return level == MemoryLevel.SHORT;
  }

  /** The share in use of the memory that is nearest to its end, 1 for all of it. */
  public double share() {
    return shares.most();
  }

  /** How often memory became short. */
  public long shortages() {
    return shortages.sum();
  }

  /**
   * Has somebody told of each change of the level, on the context of the guard.
   *
   * @param change must not block
   */
  public void tell(Consumer<MemoryLevel> change) {
    told.add(change);
  }

  /** Looks now, and from now on once a second. */
  public void begin(Timers timers) {
    look();
    next = timers.after(PAUSE, () -> begin(timers));
  }

  /** Looks no more. */
  public void end() {
    next.cancel();
  }

  private void look() {
    MemoryShares now = reading.get();
    MemoryLevel before = level;
    MemoryLevel after = before.next(now.most());
    shares = now;
    level = after;
    if (after == before) {
      return;
    }
    if (after == MemoryLevel.SHORT) {
      shortages.increment();
    }
    LOG.warn(
        "memory is {} now, was {} heap={}% direct={}% process={}%",
        after, before, percent(now.heap()), percent(now.direct()), percent(now.process()));
    told.forEach(one -> one.accept(after));
  }

  private static long percent(double share) {
    return Math.round(100 * share);
  }
}
