package com.napalmsky.loadtest.bench;

import com.napalmsky.loadtest.measure.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes what a set of runs showed into a page of documentation, between two marks. */
public final class Page {

  private static final String BEGIN = "<!-- deploy/bench writes from here -->";
  private static final String END = "<!-- to here -->";
  private static final String CURVE = "curve";
  private static final List<String> OTHERS = List.of(CURVE, "ramp");
  private static final Pattern SIZE = Pattern.compile("^(\\d+) users: server RSS$");
  private static final double LONGEST_PAUSE = 50;

  private Page() {}

  /**
   * Replaces what is between the marks.
   *
   * @param directory of the runs
   * @param page that has both marks
   * @throws IOException when something cannot be read or written, or a mark is not there
   */
  public static void write(Path directory, Path page) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " lacks the lines " + BEGIN + " and " + END);
    }
    Files.writeString(
        page,
        text.substring(0, begin + BEGIN.length())
            + "\n\n"
            + of(directory)
            + "\n"
            + text.substring(end));
  }

  /** The text between the marks. */
  public static String of(Path directory) throws IOException {
    Map<String, Piece> pieces = new TreeMap<>();
    Set<String> names =
        Numbers.ALL.stream().map(Row::piece).collect(Collectors.toCollection(LinkedHashSet::new));
    names.addAll(OTHERS);
    for (String name : names) {
      Piece.read(directory, name).ifPresent(piece -> pieces.put(name, piece));
    }
    return head(directory, pieces)
        + numbers(pieces)
        + curve(Optional.ofNullable(pieces.get(CURVE)))
        + collections(directory, names)
        + commands(names, pieces);
  }

  private static String head(Path directory, Map<String, Piece> pieces) throws IOException {
    Path machine = directory.resolve("machine");
    Set<String> commits = new TreeSet<>();
    Set<String> javas = new TreeSet<>();
    pieces
        .values()
        .forEach(
            piece -> {
              commits.add(piece.commit());
              javas.add(piece.java());
            });
    return (Files.exists(machine) ? Files.readString(machine).strip() : "An unknown machine")
        + ". Server on one core, database and generator on the other.\nCommit "
        + String.join(", ", commits)
        + "; "
        + String.join(", ", javas)
        + ".\n\n";
  }

  private static String numbers(Map<String, Piece> pieces) {
    StringBuilder text = new StringBuilder();
    text.append("| what | must | aim | measured | holds | run | what limits it |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (Row row : Numbers.ALL) {
      Piece piece = pieces.get(row.piece());
      text.append(piece == null ? row.line() : row.line(piece));
    }
    return text.append('\n').toString();
  }

  private static String curve(Optional<Piece> measured) {
    if (measured.isEmpty()) {
      return "";
    }
    Piece piece = measured.get();
    StringBuilder text = new StringBuilder();
    text.append("What each size costs, in one process that grows (run `curve`):\n\n");
    text.append(
        "| users | resident | of each further user | CPU per change | CPU per poll, built | CPU at rest | p50, p99, p99.9 of delivery | bytes to each | inflated |\n");
    text.append("|---|---|---|---|---|---|---|---|---|\n");
    double lastSize = 0;
    double lastRss = piece.figure("server RSS before");
    for (int size : sizes(piece)) {
      String of = size + " users: ";
      double rss = piece.figure(of + "server RSS");
      List<String> cells = new ArrayList<>();
      cells.add(String.format("%,d", size));
      cells.add(cell(rss, "MB"));
      cells.add(cell((rss - lastRss) * 1e3 / (size - lastSize), "KB"));
      cells.add(cell(piece.figure(of + "server CPU per change, beyond rest"), "ms"));
      cells.add(cell(piece.figure(of + "server CPU per poll, beyond rest"), "ms"));
      cells.add(cell(piece.figure(of + "server CPU at rest"), "%"));
      cells.add(
          cell(piece.figure(of + "delivery p50"), "")
              + ", "
              + cell(piece.figure(of + "delivery p99"), "")
              + ", "
              + cell(piece.figure(of + "delivery p99.9"), "ms"));
      cells.add(cell(piece.figure(of + "bytes to each, on the wire") / 1e3, "KB/min"));
      cells.add(cell(piece.figure(of + "the same inflated") / 1e3, "KB/min"));
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
      lastSize = size;
      lastRss = rss;
    }
    return text.append('\n').toString();
  }

  private static List<Integer> sizes(Piece piece) {
    return piece.result().figures().keySet().stream()
        .map(SIZE::matcher)
        .filter(Matcher::find)
        .map(matcher -> Integer.valueOf(matcher.group(1)))
        .sorted()
        .toList();
  }

  private static String collections(Path directory, Set<String> names) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      Path file = directory.resolve(name + ".gc");
      if (Files.exists(file)) {
        GcLog log = GcLog.read(file);
        text.append(
            String.format(
                "Collections of the run `%s`: %,d full, the longest %.1f ms; %,d young, the longest %.1f ms; CPU of one at most %.0f ms. %s%n",
                name,
                log.full(),
                log.worstFullMillis(),
                log.young(),
                log.worstYoungMillis(),
                log.worstCpuMillis(),
                log.worstMillis() <= LONGEST_PAUSE
                    ? "No pause above 50 ms."
                    : "**There is a pause above 50 ms.**"));
      }
    }
    return text.isEmpty() ? "" : text.append('\n').toString();
  }

  private static String commands(Set<String> names, Map<String, Piece> pieces) {
    StringBuilder text =
        new StringBuilder("Commands (`deploy/bench --only` and the name of a run):\n\n");
    for (String name : names) {
      Piece piece = pieces.get(name);
      if (piece != null) {
        text.append("    ").append(name).append(": ").append(piece.command()).append('\n');
      }
    }
    return text.toString();
  }

  private static String cell(double value, String unit) {
    return Double.isNaN(value) ? "–" : new Figure(value, unit).toString();
  }
}
