package com.napalmsky.shared.runtime.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory of the machine this process occupies. */
public final class ResidentSet {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentSet() {}

  /** In bytes; what the heap has committed where the system does not tell. */
  public static long bytes() {
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
