package com.napalmsky.loadtest.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final long START = -5_000_000_000L;
  private static final long MILLISECOND = 1_000_000;

  private final Schedule schedule = Schedule.lasting(START, 10, 3);

  @Test
  void operationsAreSpreadEvenlyOverTheTime() {
    assertThat(schedule.count()).isEqualTo(30);
    assertThat(schedule.intended(0)).isEqualTo(START);
    assertThat(schedule.intended(7)).isEqualTo(START + 700 * MILLISECOND);
  }

  @Test
  void noneIsDueBeforeTheStart() {
    assertThat(schedule.due(START - 1)).isZero();
    assertThat(schedule.due(START)).isEqualTo(1);
  }

  @Test
  void afterAStallAllThatWasMissedIsDueWithItsOwnTime() {
    long now = START + 1_050 * MILLISECOND;

    assertThat(schedule.due(now)).isEqualTo(11);
    assertThat(schedule.intended(3)).isEqualTo(START + 300 * MILLISECOND);
  }

  @Test
  void neverMoreThanThereAreAreDue() {
    assertThat(schedule.due(START + 1_000_000 * MILLISECOND)).isEqualTo(30);
    assertThat(Schedule.lasting(START, 10, 0).due(START + MILLISECOND)).isZero();
  }
}
