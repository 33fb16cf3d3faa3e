package com.napalmsky.cluster.bus;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What one series of messages showed.
 *
 * @param micros from the request until its reply; empty for what has no reply
 * @param count requests answered, or samples that have arrived
 * @param lost samples published that have not arrived
 * @param ownCpuNanos of the process that sends
 * @param otherCpuNanos of the process that receives
 */
record Series(
    String name,
    int bytes,
    Histogram micros,
    long count,
    long lost,
    long nanos,
    long ownCpuNanos,
    long otherCpuNanos) {

  static final String HEADING =
      String.format(
          "%-28s %6s %10s %9s %9s %9s %9s %8s %8s %6s",
          "",
          "bytes",
          "each s",
          "p50 ms",
          "p99 ms",
          "p99.9 ms",
          "max ms",
          "µs here",
          "µs there",
          "lost");

  /** A line below {@link #HEADING}. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-28s %6d %,10.0f %9s %9s %9s %9s %8.1f %8.1f %6d",
        name,
        bytes,
        count / (nanos / 1e9),
        millis(50),
        millis(99),
        millis(99.9),
        millis(100),
        each(ownCpuNanos),
        each(otherCpuNanos),
        lost);
  }

  private double each(long cpuNanos) {
    return cpuNanos / 1e3 / Math.max(1, count);
  }

  private String millis(double percentile) {
    return micros.getTotalCount() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.3f", micros.getValueAtPercentile(percentile) / 1e3);
  }
}
