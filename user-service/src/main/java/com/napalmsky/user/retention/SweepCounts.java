package com.napalmsky.user.retention;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What this instance has swept since it was started. Safe from any context. */
public final class SweepCounts {

  private final Map<String, LongAdder> rows = new TreeMap<>();
  private final LongAdder sweeps = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile boolean elected;

  SweepCounts(List<Chore> chores) {
    chores.forEach(chore -> rows.put(chore.name(), new LongAdder()));
  }

  void swept(Chore chore, int portion) {
    LongAdder count = rows.get(chore.name());
    if (count != null) {
      count.add(portion);
    }
  }

  void failed() {
    failures.increment();
  }

  void ended() {
    sweeps.increment();
  }

  void elected(boolean now) {
    elected = now;
  }

  /** Rows deleted or changed by chore. */
  public Map<String, Long> rows() {
    Map<String, Long> sums = new TreeMap<>();
    rows.forEach((chore, count) -> sums.put(chore, count.sum()));
    return sums;
  }

  /** Sweeps that came to their end. */
  public long sweeps() {
    return sweeps.sum();
  }

  /** Chores that failed and were left for the next sweep. */
  public long failures() {
    return failures.sum();
  }

  /** Whether this instance is the one that sweeps. */
  public boolean elected() {
    return elected;
  }

  /** The counts, as health tells them. */
  public Map<String, String> details() {
    Map<String, String> details = new HashMap<>();
    details.put("sweep", elected ? "elected" : "standing by");
    details.put("sweep.done", String.valueOf(sweeps()));
    details.put("sweep.failed", String.valueOf(failures()));
    rows().forEach((chore, count) -> details.put("swept." + chore, String.valueOf(count)));
    return details;
  }
}
