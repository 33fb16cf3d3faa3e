package com.napalmsky.loadtest.measure;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long something took, each time. Recording is safe from any thread. */
public final class Latency {

  private static final long LONGEST_MICROS = 600_000_000L;

  private final String name;
  private final Recorder recorder = new Recorder(LONGEST_MICROS, 3);
  private final Histogram total = new Histogram(LONGEST_MICROS, 3);

  public Latency(String name) {
    this.name = name;
  }

  /** Of what. */
  public String name() {
    return name;
  }

  /** One more, from the moment it was meant to start until it was done. */
  public void record(long fromNanos, long toNanos) {
    recorder.recordValue(Math.min(LONGEST_MICROS, Math.max(0, (toNanos - fromNanos) / 1_000)));
  }

  /** What came since the last call; for one thread only, as {@link #all}. */
  public Percentiles lately() {
    Histogram latest = recorder.getIntervalHistogram();
    total.add(latest);
    return Percentiles.of(latest);
  }

  /** Everything so far. */
  public Percentiles all() {
    total.add(recorder.getIntervalHistogram());
    return Percentiles.of(total);
  }
}
