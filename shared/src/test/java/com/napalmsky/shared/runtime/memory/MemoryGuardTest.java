package com.napalmsky.shared.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryGuardTest {

  @ParameterizedTest(name = "{0} with {1} in use is {2}")
  @CsvSource({
    "AMPLE, 0.79, AMPLE",
    "AMPLE, 0.80, TIGHT",
    "AMPLE, 0.90, SHORT",
    "TIGHT, 0.75, TIGHT",
    "TIGHT, 0.89, TIGHT",
    "TIGHT, 0.90, SHORT",
    "TIGHT, 0.74, AMPLE",
    "SHORT, 0.75, SHORT",
    "SHORT, 0.85, SHORT",
    "SHORT, 0.74, AMPLE",
    "SHORT, 1.20, SHORT"
  })
  void aLevelIsLeftLaterThanItIsReached(MemoryLevel before, double share, MemoryLevel after) {
    assertThat(before.next(share)).isEqualTo(after);
  }

  @Test
  void eachChangeIsToldOnceAndShortagesAreCounted() {
    TestMemory memory = new TestMemory();
    List<MemoryLevel> told = new ArrayList<>();
    memory.guard().tell(told::add);

    memory.use(0.5);
    memory.use(0.85);
    memory.use(0.86);
    memory.use(0.95);
    memory.use(0.80);
    memory.use(0.70);

    assertThat(told).containsExactly(MemoryLevel.TIGHT, MemoryLevel.SHORT, MemoryLevel.AMPLE);
    assertThat(memory.guard().shortages()).isEqualTo(1);
    assertThat(memory.guard().share()).isEqualTo(0.70);
  }

  @Test
  void theMemoryThatIsNearestToItsEndCounts() {
    assertThat(new MemoryShares(0.1, 0.9, 0.5).most()).isEqualTo(0.9);
    assertThat(new MemoryShares(0.1, 0.2, 0.5).most()).isEqualTo(0.5);
    assertThat(new MemoryShares(0.6, 0.2, 0.5).most()).isEqualTo(0.6);
  }

  @Test
  void whoEndedLooksNoMore() {
    ManualTimers timers = new ManualTimers();
    int[] looks = {0};
    MemoryGuard guard =
        new MemoryGuard(
            () -> {
              looks[0]++;
              return new MemoryShares(0, 0, 0);
            });
    guard.begin(timers);
    timers.advance(Duration.ofSeconds(3));

    guard.end();
    timers.advance(Duration.ofSeconds(10));

    assertThat(looks[0]).isEqualTo(4);
  }

  @Test
  void theMemoryOfThisProcessIsRead() {
    MemoryShares ample = new MemoryReading(new MemoryBudget(1L << 40)).get();
    MemoryShares tooLittle = new MemoryReading(new MemoryBudget(1L << 20)).get();

    assertThat(ample.heap()).isBetween(0.0, 1.0);
    assertThat(ample.direct()).isBetween(0.0, 1.0);
    assertThat(ample.process()).isBetween(0.0, 0.1);
    assertThat(tooLittle.process()).isGreaterThan(1);
  }
}
