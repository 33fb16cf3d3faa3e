package com.napalmsky.loadtest.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel says of a process.
 *
 * @param rssBytes memory that is resident
 * @param cpuSeconds user and system time so far
 */
public record ProcessStatus(long rssBytes, double cpuSeconds) {

  /** The kernel counts CPU in hundredths of a second on every Linux we know. */
  private static final double TICKS_A_SECOND = 100;

  /** Reads it now; empty for pid 0, a process that is gone, or a system without /proc. */
  public static Optional<ProcessStatus> of(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid));
    if (pid <= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          parse(
              Files.readString(directory.resolve("stat")),
              Files.readString(directory.resolve("status"))));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException notThere) {
      return Optional.empty();
    }
  }

  /** The sum of several; empty when there is none, or one of them cannot be read. */
  public static Optional<ProcessStatus> of(List<Long> pids) {
    List<ProcessStatus> all =
        pids.stream().map(ProcessStatus::of).flatMap(Optional::stream).toList();
    return all.isEmpty() || all.size() < pids.size()
        ? Optional.empty()
        : Optional.of(
            new ProcessStatus(
                all.stream().mapToLong(ProcessStatus::rssBytes).sum(),
                all.stream().mapToDouble(ProcessStatus::cpuSeconds).sum()));
  }

  static ProcessStatus parse(String stat, String status) {
    // The name of the program may hold blanks and brackets; the fields follow the last bracket.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    long rssKilobytes =
        status
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0L);
    return new ProcessStatus(rssKilobytes * 1_024, ticks / TICKS_A_SECOND);
  }
}
