package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Latency;
import com.napalmsky.loadtest.measure.Report;
import java.util.function.Function;

/** How long each step of a call takes. */
record CallSteps(
    Latency invite,
    Latency start,
    Latency join,
    Latency offer,
    Latency answer,
    Latency candidate,
    Latency chat,
    Latency end,
    Latency whole) {

  /** Steps that are part of the result. */
  static CallSteps of(Report report) {
    return make(report::latency);
  }

  /** Steps that nobody asks about. */
  static CallSteps unreported() {
    return make(Latency::new);
  }

  private static CallSteps make(Function<String, Latency> latency) {
    return new CallSteps(
        latency.apply("invite until notify"),
        latency.apply("accept until start"),
        latency.apply("room:join until acknowledged"),
        latency.apply("offer"),
        latency.apply("answer"),
        latency.apply("candidate"),
        latency.apply("chat"),
        latency.apply("end until finalized"),
        latency.apply("whole call, talk apart"));
  }
}
