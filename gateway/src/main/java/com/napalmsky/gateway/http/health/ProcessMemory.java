package com.napalmsky.gateway.http.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The memory of this process, in bytes.
 *
 * @param rss resident set; what the JVM has committed where the system does not tell
 */
record ProcessMemory(long heapUsed, long heapTotal, long rss) {

  private static final Path STATUS = Path.of("/proc/self/status");

  static ProcessMemory now() {
    Runtime runtime = Runtime.getRuntime();
    long total = runtime.totalMemory();
    return new ProcessMemory(total - runtime.freeMemory(), total, residentSet(total));
  }

  /** How the old system wrote it. */
  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f MB", bytes / 1_048_576.0);
  }

  private static long residentSet(long otherwise) {
    try {
      // Not a file but the kernel's own memory: reading it does not block.
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException | NumberFormatException notThisSystem) {
      // Systems without it are for development.
    }
    return otherwise;
  }
}
