package com.napalmsky.loadtest.measure;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two runs side by side, with how many times the second is of the first. */
public final class Comparison {

  private static final String NOTHING = "-";

  private Comparison() {}

  /** As text. */
  public static String of(String firstName, Result first, String secondName, Result second) {
    Table options = new Table();
    options.row("", firstName, secondName);
    options.row("scenario", first.scenario(), second.scenario());
    for (String name : names(first.options(), second.options())) {
      String one = first.options().getOrDefault(name, NOTHING);
      String other = second.options().getOrDefault(name, NOTHING);
      if (!one.equals(other)) {
        options.row(name, one, other);
      }
    }
    Table figures = new Table();
    figures.row("", firstName, secondName, "times");
    for (String name : names(first.figures(), second.figures())) {
      Figure one = first.figures().get(name);
      Figure other = second.figures().get(name);
      figures.row(
          name,
          one == null ? NOTHING : one.toString(),
          other == null ? NOTHING : other.toString(),
          one == null || other == null ? "" : times(one.value(), other.value()));
    }
    for (String name : names(first.latencies(), second.latencies())) {
      Percentiles one = first.latencies().get(name);
      Percentiles other = second.latencies().get(name);
      distribution(
          figures,
          name + " p50",
          one == null ? null : one.p50(),
          other == null ? null : other.p50());
      distribution(
          figures,
          name + " p99",
          one == null ? null : one.p99(),
          other == null ? null : other.p99());
      distribution(
          figures,
          name + " p99.9",
          one == null ? null : one.p999(),
          other == null ? null : other.p999());
    }
    Table failures = new Table();
    for (String kind : names(first.failures(), second.failures())) {
      failures.row(
          kind,
          String.valueOf(first.failures().getOrDefault(kind, 0L)),
          String.valueOf(second.failures().getOrDefault(kind, 0L)));
    }
    return "\n" + options + "\n" + figures + "\n" + failures;
  }

  private static void distribution(
      Table table, String name, @Nullable Double one, @Nullable Double other) {
    table.row(
        name,
        one == null ? NOTHING : Table.millis(one) + " ms",
        other == null ? NOTHING : Table.millis(other) + " ms",
        one == null || other == null ? "" : times(one, other));
  }

  private static String times(double one, double other) {
    return one == 0 ? "" : String.format("%.2f", other / one);
  }

  private static Set<String> names(Map<String, ?> first, Map<String, ?> second) {
    Set<String> names = new LinkedHashSet<>(first.keySet());
    names.addAll(second.keySet());
    return names;
  }
}
