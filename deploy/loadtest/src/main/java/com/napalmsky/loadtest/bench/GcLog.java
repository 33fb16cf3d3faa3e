package com.napalmsky.loadtest.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM's log of its collections says ({@code -Xlog:gc*}).
 *
 * @param full collections of everything
 * @param worstFullMillis the longest of them
 * @param young collections of the young generation
 * @param worstYoungMillis the longest of them
 * @param worstCpuMillis the most CPU of one of all, in tens of milliseconds: what is longer by the
 *     clock waited for a core that others had
 */
record GcLog(
    int full, double worstFullMillis, int young, double worstYoungMillis, double worstCpuMillis) {

  private static final Pattern PAUSE =
      Pattern.compile("GC\\(\\d+\\) Pause (Full|Young|Remark|Cleanup)\\b.* ([0-9.]+)ms$");

  private static final Pattern CPU = Pattern.compile("GC\\(\\d+\\) User=([0-9.]+)s Sys=([0-9.]+)s");

  static GcLog read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return parse(lines);
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  static GcLog parse(Stream<String> lines) {
    int[] count = {0, 0};
    double[] worst = {0, 0, 0};
    lines.forEach(
        line -> {
          Matcher pause = PAUSE.matcher(line);
          if (pause.find()) {
            int kind = pause.group(1).equals("Full") ? 0 : 1;
            count[kind]++;
            worst[kind] = Math.max(worst[kind], Double.parseDouble(pause.group(2)));
          }
          Matcher cpu = CPU.matcher(line);
          if (cpu.find()) {
            double seconds = Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2));
            worst[2] = Math.max(worst[2], seconds * 1e3);
          }
        });
    return new GcLog(count[0], worst[0], count[1], worst[1], worst[2]);
  }

  double worstMillis() {
    return Math.max(worstFullMillis, worstYoungMillis);
  }
}
