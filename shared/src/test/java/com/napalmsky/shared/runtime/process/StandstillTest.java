package com.napalmsky.shared.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StandstillTest {

  private final AtomicLong nanos = new AtomicLong(-7);
  private final Standstill standstill = new Standstill(Duration.ofSeconds(5), nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void looksThatComeSoonEnoughAreNone() {
    for (int look = 0; look < 100; look++) {
      pass(Duration.ofSeconds(4));
      assertThat(standstill.happened()).isFalse();
    }
  }

  @Test
  void aLookThatComesTooLateIsOne() {
    pass(Duration.ofSeconds(6));

    assertThat(standstill.happened()).isTrue();
    assertThat(standstill.happened()).isFalse();
  }
}
