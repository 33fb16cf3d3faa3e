package com.napalmsky.loadtest.measure;

import java.util.ArrayList;
import java.util.List;

/** Columns of text: the first to the left, the others to the right. */
public final class Table {

  private final List<String[]> rows = new ArrayList<>();

  /** One more line. */
  public void row(String... cells) {
    rows.add(cells);
  }

  /** Lines of equal columns, each ended by a line break. */
  @Override
  public String toString() {
    int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String space = " ".repeat(widths[i] - row[i].length());
        line.append(i == 0 ? "  " + row[i] + space : "  " + space + row[i]);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A whole result. */
  public static String of(Result result) {
    StringBuilder text = new StringBuilder("\n" + result.scenario());
    result
        .options()
        .forEach((name, value) -> text.append(value.isEmpty() ? "" : " " + name + "=" + value));
    text.append("\n\n");
    Table figures = new Table();
    result.figures().forEach((name, figure) -> figures.row(name, figure.toString()));
    text.append(figures);
    if (!result.latencies().isEmpty()) {
      Table latencies = new Table();
      latencies.row("milliseconds", "count", "p50", "p90", "p99", "p99.9", "max");
      result
          .latencies()
          .forEach(
              (name, all) ->
                  latencies.row(
                      name,
                      String.format("%,d", all.count()),
                      millis(all.p50()),
                      millis(all.p90()),
                      millis(all.p99()),
                      millis(all.p999()),
                      millis(all.max())));
      text.append('\n').append(latencies);
    }
    if (!result.failures().isEmpty()) {
      Table failures = new Table();
      failures.row("failures", "count");
      result.failures().forEach((kind, count) -> failures.row(kind, String.format("%,d", count)));
      text.append('\n').append(failures);
    }
    if (!result.notes().isEmpty()) {
      text.append('\n');
      result.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
    }
    return text.toString();
  }

  static String millis(double value) {
    return String.format(value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
  }
}
