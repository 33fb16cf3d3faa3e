package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.options.Option;
import java.util.Map;

/** People sign up, connect, enter the lobby and look around, a few at a time. */
final class Connect implements Scenario {

  @Override
  public String name() {
    return "connect";
  }

  @Override
  public String purpose() {
    return "sign up, connect, join the lobby and look: joins/s and the time of each step";
  }

  @Override
  public Map<Option, String> options() {
    return Map.of();
  }

  @Override
  public void run(Run run) throws RunFailed {
    CpuMeter cpu = run.meter();
    int joined = run.gather(0).joined();
    run.report().figure("server CPU per join", cpu.seconds() * 1e3 / joined, "ms");
    run.sampleServer("after connect");
  }
}
