package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.ProcessStatus;
import com.napalmsky.loadtest.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.Collectors;

/** CPU of the server from a moment on; NaN where it is not known. */
public final class CpuMeter {

  private final List<Long> pids;
  private final double before;
  private final Map<Long, Double> beforeEach;
  private final long start = Clock.nanos();

  /**
   * @param pids its processes
   */
  CpuMeter(List<Long> pids) {
    this.pids = pids;
    before = cpu(pids);
    beforeEach = pids.stream().collect(Collectors.toMap(pid -> pid, pid -> cpu(List.of(pid))));
  }

  /** Seconds of CPU since the start. */
  public double seconds() {
    return cpu(pids) - before;
  }

  /** Seconds of CPU since the start of one of several processes; nothing when there is only one. */
  void each(ObjDoubleConsumer<Long> reader) {
    if (pids.size() > 1) {
      pids.forEach(
          pid -> reader.accept(pid, cpu(List.of(pid)) - beforeEach.getOrDefault(pid, Double.NaN)));
    }
  }

  /** Share of one core since the start. */
  public double share() {
    return seconds() / (Clock.millisSince(start) / 1e3);
  }

  private static double cpu(List<Long> pids) {
    return ProcessStatus.of(pids).map(ProcessStatus::cpuSeconds).orElse(Double.NaN);
  }
}
