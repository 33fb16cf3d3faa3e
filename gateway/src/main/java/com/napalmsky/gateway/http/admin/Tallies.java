package com.napalmsky.gateway.http.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.napalmsky.shared.contract.tally.TallyContract;
import com.napalmsky.shared.contract.tally.TallyContract.Count;
import com.napalmsky.shared.contract.tally.TallyContract.Tally;
import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What the instances of all services counted lately, as they tell it. Safe from any context. */
public final class Tallies {

  /** More instances than any cluster has; what is told beyond it replaces the oldest. */
  private static final int MOST_INSTANCES = 1_000;

  private static final Duration GONE = TallyContract.INTERVAL.multipliedBy(3);

  private final Cache<String, Tally> latest;

  public Tallies(Timers timers) {
    latest =
        Caffeine.newBuilder()
            .maximumSize(MOST_INSTANCES)
            .expireAfterWrite(GONE)
            .ticker(() -> timers.now().toEpochMilli() * 1_000_000)
            .executor(Runnable::run)
            .build();
  }

  /** Takes over what an instance tells. */
  public void heard(Tally tally) {
    latest.put(tally.instance(), tally);
  }

  /** The sum over all instances of a service, by what was counted; empty when none was heard of. */
  Map<String, Long> of(String service) {
    Map<String, Long> sums = new TreeMap<>();
    for (Tally tally : latest.asMap().values()) {
      if (tally.service().equals(service)) {
        for (Count count : tally.counts()) {
          sums.merge(count.name(), count.lastHour(), Long::sum);
        }
      }
    }
    return sums;
  }
}
