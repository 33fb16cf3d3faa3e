package com.napalmsky.shared.contract.tally;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.contract.tally.TallyContract.Count;
import com.napalmsky.shared.contract.tally.TallyContract.Tally;
import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentCountsTest {

  private enum Thing {
    SEEN,
    NEVER_SEEN
  }

  private final ManualTimers timers = new ManualTimers();
  private final RecentCounts<Thing> counts = new RecentCounts<>("test", Thing.class, timers);

  @Test
  void whatWasCountedIsThereForAnHourAndThenNoMore() {
    counts.count(Thing.SEEN);
    timers.advance(Duration.ofMinutes(30));
    counts.count(Thing.SEEN);
    counts.count(Thing.SEEN);

    assertThat(counts.lastHour(Thing.SEEN)).isEqualTo(3);
    assertThat(counts.lastHour(Thing.NEVER_SEEN)).isZero();

    timers.advance(Duration.ofMinutes(30));
    assertThat(counts.lastHour(Thing.SEEN)).isEqualTo(2);

    timers.advance(Duration.ofMinutes(30));
    assertThat(counts.lastHour(Thing.SEEN)).isZero();
  }

  @Test
  void aMinuteOfYesterdayIsNotCountedWithTheSameMinuteOfToday() {
    counts.count(Thing.SEEN);
    timers.advance(Duration.ofHours(24));

    counts.count(Thing.SEEN);

    assertThat(counts.lastHour(Thing.SEEN)).isEqualTo(1);
  }

  @Test
  void theyAreToldAtOnceAndAtEachIntervalUntilStopped() {
    LocalBus bus = new LocalBus();
    counts.count(Thing.SEEN);

    counts.tell(bus);
    timers.advance(TallyContract.INTERVAL);
    counts.stop();
    timers.advance(TallyContract.INTERVAL);

    assertThat(bus.sent(Tally.class))
        .hasSize(2)
        .allSatisfy(
            tally ->
                assertThat(tally.counts())
                    .containsExactly(new Count("seen", 1), new Count("never-seen", 0)));
  }
}
