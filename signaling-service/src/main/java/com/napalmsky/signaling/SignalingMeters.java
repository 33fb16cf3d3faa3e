package com.napalmsky.signaling;

import com.napalmsky.shared.contract.gateway.PatientDelivery;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.meter.Sampled;
import com.napalmsky.signaling.call.Calls;
import com.napalmsky.signaling.finish.Finishing;
import java.time.Duration;

/** Names what an instance of signaling counts. */
final class SignalingMeters {

  private final Sampled<Integer> waiting;
  private final Sampled<Duration> age;
  private final Sampled<Integer> aside;

  private SignalingMeters(Timers timers, Finishing finishing) {
    waiting = new Sampled<>(timers, 0, finishing::waiting);
    age = new Sampled<>(timers, Duration.ZERO, finishing::age);
    aside = new Sampled<>(timers, 0, finishing::setAside);
  }

  /**
   * Names what an instance counts, and begins to look at the queue of finished calls, which is one
   * for all instances of a process or of a Redis, unless somebody else here does.
   */
  static SignalingMeters register(
      Meters meters,
      Timers timers,
      Calls calls,
      Finishing finishing,
      PatientDelivery missed,
      boolean first) {
    SignalingMeters own = new SignalingMeters(timers, finishing);
    calls.meter(meters);
    meters.structure("releases", finishing.bound(), finishing::waitingReleases);
    meters.structure("signaling_missed", missed.bound(), missed::size);
    meters.evictions("signaling_missed", missed::forgotten);
    meters.counter(
        "napalmsky_signaling_finished_faults",
        "Ended calls that the database refused for good",
        finishing::faults);
    if (first) {
      meters.structure("finished_calls", finishing.bound(), own.waiting::latest);
      meters.structure("finished_calls_aside", SignalingService.MOST_ASIDE, own.aside::latest);
      meters.gauge(
          "napalmsky_signaling_finished_age_seconds",
          "For how long the oldest ended call waits to be stored",
          () -> own.age.latest().toSeconds());
      if (meters.exported()) {
        own.waiting.begin();
        own.age.begin();
        own.aside.begin();
      }
    }
    return own;
  }

  void stop() {
    waiting.stop();
    age.stop();
    aside.stop();
  }
}
