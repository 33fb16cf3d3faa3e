package com.napalmsky.user.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTest {

  private final ManualTimers timers = new ManualTimers();
  private final FakeChore links = new FakeChore("links", 25);
  private final FakeChore reports = new FakeChore("reports", 3);
  private final Sweep sweep =
      new Sweep(
          List.of(links, reports),
          timers,
          new SweepRules(Duration.ofHours(1), 10, Duration.ofMillis(100), Duration.ofSeconds(15)));
  private boolean mayGoOn = true;

  @Test
  void betweenTwoPortionsIsARest() {
    Future<Integer> swept = sweep.run(() -> mayGoOn);
    links.finish();
    timers.advance(Duration.ofMillis(99));
    assertThat(links.portions()).isEqualTo(1);

    timers.advance(Duration.ofMillis(1));

    assertThat(links.portions()).isEqualTo(2);
    assertThat(links.left()).isEqualTo(15);
    assertThat(swept.isComplete()).isFalse();
  }

  @Test
  void choresAreDoneToTheirEndOneAfterTheOther() {
    Future<Integer> swept = sweep.run(() -> mayGoOn);
    for (int i = 0; i < 3; i++) {
      assertThat(reports.underWay()).isFalse();
      links.finish();
      timers.advance(Duration.ofMillis(100));
    }

    reports.finish();

    assertThat(swept.result()).isEqualTo(28);
    assertThat(sweep.counts().rows()).isEqualTo(Map.of("links", 25L, "reports", 3L));
    assertThat(sweep.counts().sweeps()).isEqualTo(1);
  }

  @Test
  void aChoreThatFailsKeepsNoOtherFromBeingDone() {
    Future<Integer> swept = sweep.run(() -> mayGoOn);

    links.fail();
    reports.finish();

    assertThat(swept.result()).isEqualTo(3);
    assertThat(sweep.counts().failures()).isEqualTo(1);
  }

  @Test
  void whenItMayNotGoOnThePortionUnderWayIsTheLast() {
    Future<Integer> swept = sweep.run(() -> mayGoOn);

    mayGoOn = false;
    links.finish();
    timers.advance(Duration.ofMillis(100));

    assertThat(swept.result()).isEqualTo(10);
    assertThat(links.portions()).isEqualTo(1);
    assertThat(reports.portions()).isZero();
  }
}
