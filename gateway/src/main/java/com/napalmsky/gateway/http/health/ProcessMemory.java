package com.napalmsky.gateway.http.health;

import com.napalmsky.shared.runtime.meter.ResidentSet;
import java.util.Locale;

/**
 * The memory of this process, in bytes.
 *
 * @param rss resident set; what the JVM has committed where the system does not tell
 */
record ProcessMemory(long heapUsed, long heapTotal, long rss) {

  static ProcessMemory now() {
    Runtime runtime = Runtime.getRuntime();
    long total = runtime.totalMemory();
    return new ProcessMemory(total - runtime.freeMemory(), total, ResidentSet.bytes());
  }

  /** How the old system wrote it. */
  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f MB", bytes / 1_048_576.0);
  }
}
