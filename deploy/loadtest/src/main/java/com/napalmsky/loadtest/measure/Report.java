package com.napalmsky.loadtest.measure;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects a result while a scenario runs. Latencies and failures are recorded from any thread, the
 * rest on the main thread.
 */
public final class Report {

  private static final int LONGEST_SERIES = 3_600;

  private final String scenario;
  private final Map<String, String> options;
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final Map<String, Latency> latencies = new LinkedHashMap<>();
  private final Map<String, List<Double>> series = new LinkedHashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final Failures failures = new Failures();

  public Report(String scenario, Map<String, String> options) {
    this.scenario = scenario;
    this.options = options;
  }

  /** A distribution that is part of the result; the same one for the same name. */
  public Latency latency(String name) {
    return latencies.computeIfAbsent(name, Latency::new);
  }

  /** Puts or replaces a number; NaN and infinity, from a division by nothing, are left out. */
  @CanIgnoreReturnValue
  public Report figure(String name, double value, String unit) {
    if (Double.isFinite(value)) {
      figures.put(name, new Figure(value, unit));
    }
    return this;
  }

  /** One more value of something that is looked at each second. */
  public void sample(String name, double value) {
    List<Double> values = series.computeIfAbsent(name, unknown -> new ArrayList<>());
    if (values.size() < LONGEST_SERIES) {
      values.add(value);
    }
  }

  /** Something a reader must know; said once. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  /** What went wrong. */
  public Failures failures() {
    return failures;
  }

  /** All so far. */
  public Result result() {
    Map<String, Percentiles> distributions = new LinkedHashMap<>();
    latencies.forEach(
        (name, latency) -> {
          Percentiles all = latency.all();
          if (all.count() > 0) {
            distributions.put(name, all);
          }
        });
    return new Result(
        scenario,
        options,
        new LinkedHashMap<>(figures),
        distributions,
        failures.counts(),
        series,
        List.copyOf(notes));
  }
}
