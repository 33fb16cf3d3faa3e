package com.napalmsky.importold.report;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far it is: on a terminal by one line that is written again and again, elsewhere by a
 * line for each step and one every ten seconds.
 */
public final class Display {

  private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long OTHERWISE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final PrintStream out;
  private final boolean terminal;
  private long lastNanos = System.nanoTime();

  public Display(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A line of its own. */
  public void say(String line) {
    out.println(line);
  }

  /** Some more rows of a step are done. */
  public void progress(String step, Tally tally, long total) {
    long nanos = System.nanoTime();
    if (nanos - lastNanos >= (terminal ? TERMINAL_NANOS : OTHERWISE_NANOS)) {
      lastNanos = nanos;
      show(step, tally, total, !terminal);
    }
  }

  /** A step is done. */
  public void done(String step, Tally tally, long total) {
    show(step, tally, total, true);
  }

  private void show(String step, Tally tally, long total, boolean lineEnds) {
    long read = tally.readSoFar();
    String line =
        String.format(
            "  %-22s %,10d of %,10d  %3d %%  %,10d written",
            step,
            read,
            Math.max(total, read),
            total == 0 ? 100 : 100 * read / Math.max(total, read),
            tally.writtenSoFar());
    out.print((terminal ? "\r" : "") + line + (lineEnds ? System.lineSeparator() : ""));
    out.flush();
  }
}
