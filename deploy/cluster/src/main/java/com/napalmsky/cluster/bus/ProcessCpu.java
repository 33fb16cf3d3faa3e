package com.napalmsky.cluster.bus;

import java.time.Duration;

/** What this process has used of any core. */
final class ProcessCpu {

  private ProcessCpu() {}

  /**
   * Since it began.
   *
   * @throws IllegalStateException on a system that does not say
   */
  static long nanos() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(Duration::toNanos)
        .orElseThrow(() -> new IllegalStateException("this system does not say what was used"));
  }
}
