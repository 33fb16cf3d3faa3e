package com.napalmsky.standalone;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/** Tells whoever started the program what it is doing, a line for each step. */
final class Progress {

  private final PrintStream out;
  private final long begun = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Does something, and says what and how long it took. */
  <T> T step(String what, Supplier<T> action) {
    say("  " + what + " …");
    long stepBegun = System.nanoTime();
    T result;
    try {
      result = action.get();
    } catch (RuntimeException failed) {
      say("  " + what + ": failed");
      throw failed;
    }
    say("  " + what + ": ready after " + seconds(stepBegun) + " s");
    return result;
  }

  /** Since the program began. */
  String seconds() {
    return seconds(begun);
  }

  private static String seconds(long since) {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - since) / 1e9);
  }
}
