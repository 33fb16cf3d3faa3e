package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.ProcessStatus;
import com.napalmsky.loadtest.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** CPU of the server from a moment on; NaN where it is not known. */
public final class CpuMeter {

  private final Supplier<Optional<ProcessStatus>> server;
  private final double before;
  private final long start = Clock.nanos();

  CpuMeter(Supplier<Optional<ProcessStatus>> server) {
    this.server = server;
    before = cpu();
  }

  /** Seconds of CPU since the start. */
  public double seconds() {
    return cpu() - before;
  }

  /** Share of one core since the start. */
  public double share() {
    return seconds() / (Clock.millisSince(start) / 1e3);
  }

  private double cpu() {
    return server.get().map(ProcessStatus::cpuSeconds).orElse(Double.NaN);
  }
}
