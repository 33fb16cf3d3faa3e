package com.napalmsky.matchmaking.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalCallerRatesTest {

  private final ManualTimers timers = new ManualTimers();
  private final CallerRates rates = new LocalCallerRates(timers, 10, 100);
  private final UUID ann = new UUID(1, 1);

  @Test
  void aBucketHoldsAMinutesWorthAndFillsEvenly() {
    assertThat(granted(20)).isEqualTo(10);

    timers.advance(Duration.ofSeconds(5));
    assertThat(granted(1)).isZero();
    timers.advance(Duration.ofSeconds(1));
    assertThat(granted(5)).isEqualTo(1);

    timers.advance(Duration.ofHours(1));
    assertThat(granted(20)).isEqualTo(10);
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    assertThat(granted(10)).isEqualTo(10);

    rates.giveBack(ann);

    assertThat(granted(5)).isEqualTo(1);
  }

  @Test
  void callersDoNotCountForEachOther() {
    assertThat(granted(10)).isEqualTo(10);

    assertThat(rates.take(new UUID(1, 2)).result()).isTrue();
  }

  @Test
  void onlySoManyCallersAreRemembered() {
    IntStream.range(0, 1_000)
        .forEach(at -> assertThat(rates.take(new UUID(2, at)).result()).isTrue());

    assertThat(rates.size()).isLessThanOrEqualTo(100);
  }

  private long granted(int attempts) {
    return IntStream.range(0, attempts).filter(at -> rates.take(ann).result()).count();
  }
}
