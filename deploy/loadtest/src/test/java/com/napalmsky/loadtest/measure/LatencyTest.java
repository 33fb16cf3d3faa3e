package com.napalmsky.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.napalmsky.loadtest.time.Schedule;
import org.junit.jupiter.api.Test;

class LatencyTest {

  private static final long MILLISECOND = 1_000_000;

  @Test
  void percentilesAreThoseOfWhatWasRecorded() {
    Latency latency = new Latency("test");
    for (int i = 1; i <= 1_000; i++) {
      latency.record(0, i * MILLISECOND);
    }

    Percentiles all = latency.all();

    assertThat(all.count()).isEqualTo(1_000);
    assertThat(all.p50()).isCloseTo(500, within(1.0));
    assertThat(all.p99()).isCloseTo(990, within(1.0));
    assertThat(all.p999()).isCloseTo(999, within(1.0));
    assertThat(all.max()).isCloseTo(1_000, within(1.0));
  }

  @Test
  void aStallOfTheServerIsSeenInAllOperationsThatWereMeantMeanwhile() {
    Latency latency = new Latency("test");
    Schedule schedule = Schedule.lasting(0, 100, 10);

    // The server answers in 1 ms, except that it stands still from second 5 to second 6.
    for (long i = 0; i < schedule.count(); i++) {
      long intended = schedule.intended(i);
      boolean stalled = intended >= 5_000 * MILLISECOND && intended < 6_000 * MILLISECOND;
      long answered = stalled ? 6_000 * MILLISECOND : intended + MILLISECOND;
      latency.record(intended, answered);
    }

    // A tenth of all were meant during the stall; measured from when they could be sent, one was.
    assertThat(latency.all().p90()).isLessThan(15);
    assertThat(latency.all().p99()).isCloseTo(900, within(20.0));
  }

  @Test
  void whatIsLookedAtMeanwhileIsNotLostInTheEnd() {
    Latency latency = new Latency("test");
    latency.record(0, MILLISECOND);
    assertThat(latency.lately().count()).isEqualTo(1);
    latency.record(0, MILLISECOND);
    assertThat(latency.lately().count()).isEqualTo(1);

    assertThat(latency.all().count()).isEqualTo(2);
    assertThat(latency.all().count()).isEqualTo(2);
  }

  @Test
  void impossibleTimesAreCut() {
    Latency latency = new Latency("test");
    latency.record(MILLISECOND, 0);
    latency.record(0, Long.MAX_VALUE);

    assertThat(latency.all().count()).isEqualTo(2);
    assertThat(latency.all().max()).isCloseTo(600_000, within(1_000.0));
  }
}
