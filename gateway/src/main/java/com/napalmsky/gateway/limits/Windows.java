package com.napalmsky.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests of this process in fixed windows, one for each limit and key.
 *
 * <p>Safe from any context. When there are more keys than fit, those least in use are forgotten,
 * which is counted.
 */
public final class Windows {

  private record Key(Limit limit, String owner) {}

  private record Window(Instant start, int count) {}

  private final Timers timers;
  private final Map<Limit, Integer> most;
  private final int mostKeys;
  private final Cache<Key, Window> windows;
  private final Map<Limit, LongAdder> refusals = new EnumMap<>(Limit.class);
  private final LongAdder evictions = new LongAdder();

  /**
   * @param most how many requests fit into a window, 0 for no limit; the default where a limit is
   *     missing
   * @param mostKeys how many windows are kept
   */
  public Windows(Timers timers, Map<Limit, Integer> most, int mostKeys) {
    this.timers = timers;
    this.most = Map.copyOf(most);
    this.mostKeys = mostKeys;
    for (Limit limit : Limit.values()) {
      refusals.put(limit, new LongAdder());
    }
    windows =
        Caffeine.newBuilder()
            .maximumSize(mostKeys)
            .expireAfter(Expiry.<Key, Window>creating((key, window) -> key.limit().window()))
            .ticker(() -> timers.now().toEpochMilli() * 1_000_000)
            .executor(Runnable::run)
            .<Key, Window>evictionListener(
                (key, window, cause) -> {
                  if (cause == RemovalCause.SIZE) {
                    evictions.increment();
                  }
                })
            .build();
  }

  /** Uses up one request, if there is one left. */
  public Allowance take(Limit limit, String owner) {
    int bound = most(limit);
    if (bound == 0) {
      return unlimited(limit);
    }
    Instant now = timers.now();
    boolean[] exceeded = {false};
    Window window =
        windows
            .asMap()
            .compute(
                new Key(limit, owner),
                (key, old) -> {
                  if (old == null || over(limit, old, now)) {
                    return new Window(now, 1);
                  }
                  exceeded[0] = old.count() >= bound;
                  return exceeded[0] ? old : new Window(old.start(), old.count() + 1);
                });
    if (exceeded[0]) {
      refused(limit);
    }
    return allowance(limit, window, now, exceeded[0]);
  }

  /** What is left, without using anything up; exceeded when nothing is. */
  public Allowance look(Limit limit, String owner) {
    int bound = most(limit);
    if (bound == 0) {
      return unlimited(limit);
    }
    Instant now = timers.now();
    Window window = windows.getIfPresent(new Key(limit, owner));
    if (window == null || over(limit, window, now)) {
      return allowance(limit, new Window(now, 0), now, false);
    }
    boolean exceeded = window.count() >= bound;
    if (exceeded) {
      refused(limit);
    }
    return allowance(limit, window, now, exceeded);
  }

  /** Gives back what {@link #take} used up, for a request that does not count after all. */
  public Allowance giveBack(Limit limit, String owner) {
    int bound = most(limit);
    if (bound == 0) {
      return unlimited(limit);
    }
    Instant now = timers.now();
    @Nullable Window window =
        windows
            .asMap()
            .computeIfPresent(
                new Key(limit, owner),
                (key, old) -> new Window(old.start(), Math.max(0, old.count() - 1)));
    return allowance(limit, window == null ? new Window(now, 0) : window, now, false);
  }

  /** How many requests fit into a window; 0 for no limit. */
  int most(Limit limit) {
    return most.getOrDefault(limit, limit.byDefault());
  }

  /** Somebody else has counted, and refused a request. */
  void refused(Limit limit) {
    refusals.getOrDefault(limit, new LongAdder()).increment();
  }

  /** How many requests each limit has refused since the start. */
  public Map<Limit, Long> refusals() {
    Map<Limit, Long> sums = new EnumMap<>(Limit.class);
    refusals.forEach((limit, sum) -> sums.put(limit, sum.sum()));
    return sums;
  }

  /** How many windows are kept now. */
  public long keys() {
    return windows.estimatedSize();
  }

  /** How many windows may be kept. */
  public int mostKeys() {
    return mostKeys;
  }

  /** How many windows were forgotten before their end, for want of room. */
  public long evictions() {
    return evictions.sum();
  }

  private Allowance allowance(Limit limit, Window window, Instant now, boolean exceeded) {
    Duration left = Duration.between(now, window.start().plus(limit.window()));
    long resetSeconds = Math.max(1, (left.toMillis() + 999) / 1000);
    int remaining = Math.max(0, most(limit) - window.count());
    return new Allowance(limit, most(limit), remaining, resetSeconds, exceeded);
  }

  private static Allowance unlimited(Limit limit) {
    return new Allowance(limit, 0, Integer.MAX_VALUE, 1, false);
  }

  private static boolean over(Limit limit, Window window, Instant now) {
    return !now.isBefore(window.start().plus(limit.window()));
  }
}
