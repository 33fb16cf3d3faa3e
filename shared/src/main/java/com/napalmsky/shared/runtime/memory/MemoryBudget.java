package com.napalmsky.shared.runtime.memory;

import com.napalmsky.shared.runtime.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much memory the process may take, with all that is not heap.
 *
 * @param bytes the least of what limits it
 */
public record MemoryBudget(long bytes) {

  public static final String MEGABYTES = "MEMORY_BUDGET_MEGABYTES";

  /** All keys, in the order of the table in the README of {@code shared}. */
  public static final List<String> KEYS = List.of(MEGABYTES);

  private static final int MILLION = 1_000_000;
  private static final String MAX_RAM = "-XX:MaxRAM=";

  /**
   * What the setting says; else the least of {@code -XX:MaxRAM}, the limit of the container and the
   * memory of the machine.
   */
  public static MemoryBudget from(Settings settings) {
    int megabytes = settings.number(MEGABYTES, 0, 0, MILLION);
    return megabytes > 0
        ? new MemoryBudget((long) megabytes << 20)
        : found(
            Path.of("/sys/fs/cgroup"), ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /**
   * What limits the process.
   *
   * @param controlGroups where the kernel shows the control group of a container, of either version
   * @param jvmOptions the options that the JVM was started with
   */
  static MemoryBudget found(Path controlGroups, List<String> jvmOptions) {
    long least = machine();
    for (String file : List.of("memory.max", "memory/memory.limit_in_bytes")) {
      least = Math.min(least, read(controlGroups.resolve(file)).orElse(least));
    }
    for (String option : jvmOptions) {
      if (option.startsWith(MAX_RAM)) {
        least = Math.min(least, size(option.substring(MAX_RAM.length())).orElse(least));
      }
    }
    return new MemoryBudget(least);
  }

  private static long machine() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  private static OptionalLong read(Path limit) {
    try {
      // Version 2 says "max" for none, version 1 a number beyond all memory.
      return size(Files.readString(limit, StandardCharsets.US_ASCII).strip());
    } catch (IOException notThere) {
      return OptionalLong.empty();
    }
  }

  /** As the JVM writes sizes: digits, and perhaps a unit. */
  private static OptionalLong size(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > 18 || text.length() > digits + 1) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(text.substring(0, digits));
    int shift =
        switch (text.substring(digits)) {
          case "" -> 0;
          case "k", "K" -> 10;
          case "m", "M" -> 20;
          case "g", "G" -> 30;
          case "t", "T" -> 40;
          default -> -1;
        };
    return shift < 0 || number > Long.MAX_VALUE >> shift
        ? OptionalLong.empty()
        : OptionalLong.of(number << shift);
  }
}
