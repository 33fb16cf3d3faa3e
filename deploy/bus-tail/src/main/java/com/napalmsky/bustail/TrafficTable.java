package com.napalmsky.bustail;

import com.napalmsky.bustail.Second.Flow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A second as a table: the busiest address first, and as many as there is room for. */
final class TrafficTable {

  private static final Comparator<Flow> BUSIEST =
      Comparator.comparingDouble(Flow::messagesPerSecond)
          .reversed()
          .thenComparing(Flow::address)
          .thenComparing(Flow::direction)
          .thenComparing(Flow::node);

  private static final List<String> TITLES =
      List.of(
          "ADDRESS", "", "NODE", "MSG/S", "BYTES/S", "IN FLIGHT", "P50 MS", "P99 MS", "FAILURES");

  /** Titles that stand over text; those over numbers stand to the right. */
  private static final List<Integer> TEXT = List.of(0, 1, 2, 8);

  private static final int LINES_AROUND = 3;

  private TrafficTable() {}

  /**
   * Lays a second out.
   *
   * @param rows of the screen; 0: as many as it takes
   * @param columns of the screen; 0: as many as it takes
   */
  static List<String> lines(Second second, int rows, int columns) {
    List<Flow> flows = second.flows().stream().sorted(BUSIEST).toList();
    int room = rows == 0 ? flows.size() : Math.max(1, rows - LINES_AROUND);
    List<List<String>> cells = new ArrayList<>();
    cells.add(TITLES);
    flows.stream().limit(room).map(TrafficTable::cells).forEach(cells::add);
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < TITLES.size(); column++) {
      int at = column;
      widths.add(cells.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    List<String> lines = new ArrayList<>();
    lines.add(head(second));
    cells.forEach(row -> lines.add(aligned(row, widths)));
    if (flows.size() > room) {
      lines.add("… and " + (flows.size() - room) + " more");
    }
    return lines.stream().map(line -> cut(line, columns)).toList();
  }

  private static String head(Second second) {
    double received =
        second.flows().stream()
            .filter(flow -> flow.direction().equals("received"))
            .mapToDouble(Flow::messagesPerSecond)
            .sum();
    return "%s  %s messages/s received  nodes: %s"
        .formatted(second.at(), number(received), String.join(" ", second.nodes()));
  }

  private static List<String> cells(Flow flow) {
    String failures =
        flow.failures().entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue())
            .collect(Collectors.joining(", "));
    return List.of(
        flow.address(),
        flow.direction(),
        flow.node(),
        number(flow.messagesPerSecond()),
        flow.bytesPerSecond() == 0 ? "-" : String.format(Locale.ROOT, "%,d", flow.bytesPerSecond()),
        String.format(Locale.ROOT, "%,d", flow.inFlight()),
        millis(flow.p50Millis()),
        millis(flow.p99Millis()),
        failures);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  /** Announcements take no time that could be told. */
  private static String millis(double value) {
    return value == 0 ? "-" : String.format(Locale.ROOT, "%,.2f", value);
  }

  private static String aligned(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String gap = " ".repeat(widths.get(column) - cell.length());
      line.append(TEXT.contains(column) ? cell + gap : gap + cell).append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String line, int columns) {
    return columns == 0 || line.length() <= columns ? line : line.substring(0, columns);
  }
}
