package com.napalmsky.signaling.finish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(30);

  @Test
  void theWaitDoublesUpToItsBound() {
    var backoff = new Backoff(FIRST, MOST, () -> 0);

    assertThat(backoff.after(1)).hasSeconds(1);
    assertThat(backoff.after(2)).hasSeconds(2);
    assertThat(backoff.after(5)).hasSeconds(16);
    assertThat(backoff.after(6)).hasSeconds(30);
    assertThat(backoff.after(1_000_000)).hasSeconds(30);
  }

  @Test
  void jitterTakesUpToHalfAway() {
    assertThat(new Backoff(FIRST, MOST, () -> 1).after(1)).hasMillis(500);
    assertThat(new Backoff(FIRST, MOST, () -> 0.5).after(1)).hasMillis(750);
  }
}
