package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files, and so sockets, this process may open. */
final class FileLimit {

  /** Jars, logs, HTTP connections and what else is open. */
  private static final int OTHERS = 200;

  private FileLimit() {}

  /** Says so beforehand when the sockets cannot all be opened. */
  static void warn(int sockets, Report report) {
    try {
      String limits = Files.readString(Path.of("/proc/self/limits"));
      long most = parse(limits);
      if (sockets + OTHERS > most) {
        report.note(
            "the generator may open "
                + most
                + " files, which is not enough for "
                + sockets
                + " users: raise ulimit -n or run two generators");
      }
    } catch (IOException unknown) {
      report.note("the file limit of this machine is not known: " + unknown.getMessage());
    }
  }

  static long parse(String limits) {
    return limits
        .lines()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.substring("Max open files".length()).trim().split("\\s+")[0])
        .map(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }
}
