package com.napalmsky.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long NOW = 1_000_000_000;

  @Test
  void aBurstPassesAndThenOneForEachInterval() {
    Pace pace = new Pace(10, 3);

    assertThat(pace.take(NOW)).isTrue();
    assertThat(pace.take(NOW)).isTrue();
    assertThat(pace.take(NOW)).isTrue();
    assertThat(pace.take(NOW)).isFalse();
    assertThat(pace.take(NOW + 100_000)).isTrue();
    assertThat(pace.take(NOW + 100_000)).isFalse();
  }

  @Test
  void withoutALimitEvenAClockThatIsBehindPasses() {
    Pace pace = new Pace(0, 1);

    assertThat(pace.take(NOW)).isTrue();
    assertThat(pace.take(NOW - 5_000)).isTrue();
  }
}
