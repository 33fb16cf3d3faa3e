package com.napalmsky.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void withoutALimitNobodyIsKeptOutWhoReadTheClockBeforeTheLastOne() {
    Pace pace = new Pace(0, 1);

    assertThat(pace.take(5_000)).isTrue();
    assertThat(pace.take(3_000)).isTrue();
  }

  @Test
  void soManyComeAtOnceAndTheRestAtTheirPace() {
    Pace pace = new Pace(10, 2);

    assertThat(pace.take(0)).isTrue();
    assertThat(pace.take(0)).isTrue();
    assertThat(pace.take(0)).isFalse();
    assertThat(pace.take(99_999)).isFalse();
    assertThat(pace.take(100_000)).isTrue();
    assertThat(pace.take(100_000)).isFalse();
  }
}
