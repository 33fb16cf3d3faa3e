package com.napalmsky.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells whoever started the program what it is doing, a line for each step. */
final class Progress {

  private final PrintStream out;
  private final long begun = System.nanoTime();
  private long stepBegun = begun;

  Progress(PrintStream out) {
    this.out = out;
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  void begin(String step) {
    stepBegun = System.nanoTime();
    out.print(String.format(Locale.ROOT, "  %-34s ", step));
    out.flush();
  }

  void done() {
    say(String.format(Locale.ROOT, "%5.1f s", seconds(stepBegun)));
  }

  void failed() {
    say("failed");
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
