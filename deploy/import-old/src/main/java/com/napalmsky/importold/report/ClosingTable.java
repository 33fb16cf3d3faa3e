package com.napalmsky.importold.report;

import java.util.Map;

/** What the whole import came to. */
public final class ClosingTable {

  private ClosingTable() {}

  /**
   * As text.
   *
   * @param tallies by the name of the step, in order
   */
  public static String of(Map<String, Tally> tallies) {
    StringBuilder text = new StringBuilder();
    line(text, "", "read", "written", "already there", "skipped");
    tallies.forEach(
        (step, tally) ->
            line(
                text,
                step,
                number(tally.readSoFar()),
                number(tally.writtenSoFar()),
                number(tally.thereSoFar()),
                number(tally.skippedSoFar())));
    tallies.forEach(
        (step, tally) -> {
          if (!tally.skippedLines().isEmpty()) {
            text.append("\nSkipped of ").append(step).append('\n');
            tally.skippedLines().forEach(line -> text.append(line).append('\n'));
          }
          if (!tally.changedLines().isEmpty()) {
            text.append("\nWritten, but changed, of ").append(step).append('\n');
            tally.changedLines().forEach(line -> text.append(line).append('\n'));
          }
        });
    return text.toString();
  }

  private static void line(
      StringBuilder text, String step, String read, String written, String there, String skipped) {
    text.append(String.format("%-22s%12s%12s%15s%12s%n", step, read, written, there, skipped));
  }

  private static String number(long count) {
    return String.format("%,d", count);
  }
}
