package com.napalmsky.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimersTest {

  @Test
  void actionsRunInOrderAtTheirOwnTimeAndMayAddMore() {
    var timers = new ManualTimers();
    Instant start = timers.now();
    List<String> ran = new ArrayList<>();
    var second = timers.after(Duration.ofSeconds(2), () -> ran.add("2"));
    var first =
        timers.after(
            Duration.ofSeconds(1),
            () -> {
              ran.add("1@" + Duration.between(start, timers.now()).toSeconds());
              var more = timers.after(Duration.ofMillis(500), () -> ran.add("1.5"));
              assertThat(more).isNotNull();
            });
    var calledOff = timers.after(Duration.ofSeconds(1), () -> ran.add("never"));
    calledOff.cancel();

    timers.advance(Duration.ofSeconds(3));

    assertThat(ran).containsExactly("1@1", "1.5", "2");
    assertThat(timers.now()).isEqualTo(start.plusSeconds(3));
    assertThat(first).isNotEqualTo(second);
  }
}
