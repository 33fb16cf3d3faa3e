package com.napalmsky.shared.runtime.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process, in bytes. */
final class ProcessMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMemory() {}

  /** What the objects take. */
  static long heapUsed() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** What the process holds of the machine; what the JVM has committed where that is not told. */
  static long resident() {
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
    return Runtime.getRuntime().totalMemory();
  }
}
