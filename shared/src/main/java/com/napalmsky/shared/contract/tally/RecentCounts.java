package com.napalmsky.shared.contract.tally;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.tally.TallyContract.Count;
import com.napalmsky.shared.contract.tally.TallyContract.Tally;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.meter.Counts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Counts of the last hour, minute by minute, and their telling. Sixty numbers for each constant,
 * however much is counted.
 *
 * <p>Confined to the context that created it.
 *
 * @param <K> what is counted
 */
public final class RecentCounts<K extends Enum<K>> {

  private static final int MINUTES = 60;

  private final String service;
  private final String instance = UUID.randomUUID().toString();
  private final K[] what;
  private final Timers timers;
  private final long[][] counts;
  private final long[] minutes = new long[MINUTES];
  private final Counts<K> totals;
  private Timers.Cancellable next = () -> {};

  /**
   * @param service whose counts these are
   */
  public RecentCounts(String service, Class<K> what, Timers timers) {
    this.service = service;
    this.what = what.getEnumConstants();
    this.timers = timers;
    this.counts = new long[MINUTES][this.what.length];
    this.totals = new Counts<>(what);
    Arrays.fill(minutes, -1);
  }

  /** Counts one. */
  public void count(K one) {
    totals.count(one);
    long minute = minute();
    int slot = (int) (minute % MINUTES);
    if (minutes[slot] != minute) {
      minutes[slot] = minute;
      Arrays.fill(counts[slot], 0);
    }
    counts[slot][one.ordinal()]++;
  }

  /** How often since the start; safe from any thread. */
  public long total(K one) {
    return totals.total(one);
  }

  /** How often in the last hour, to the minute. */
  public long lastHour(K one) {
    long oldest = minute() - MINUTES;
    long sum = 0;
    for (int slot = 0; slot < MINUTES; slot++) {
      if (minutes[slot] > oldest) {
        sum += counts[slot][one.ordinal()];
      }
    }
    return sum;
  }

  /** Tells the counts now and at each interval, until stopped. */
  public void tell(Bus bus) {
    bus.publish(TallyContract.COUNTED, new Tally(service, instance, timers.now(), all()));
    next = timers.after(TallyContract.INTERVAL, () -> tell(bus));
  }

  /** Ends the telling; may be called twice. */
  public void stop() {
    next.cancel();
  }

  private List<Count> all() {
    return Arrays.stream(what).map(one -> new Count(name(one), lastHour(one))).toList();
  }

  private static String name(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private long minute() {
    return timers.now().getEpochSecond() / 60;
  }
}
