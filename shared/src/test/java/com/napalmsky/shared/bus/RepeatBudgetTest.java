package com.napalmsky.shared.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatBudgetTest {

  private final RepeatBudget budget = new RepeatBudget();

  @Test
  void repetitionEndsWhenNothingIsAnsweredAndGoesOnWithEachAnswer() {
    assertThat(taken(5_000)).isEqualTo(1_000);

    IntStream.range(0, 7).forEach(at -> budget.answered());

    assertThat(taken(5_000)).isEqualTo(7);
  }

  @Test
  void goodTimesDoNotPayForAnyLength() {
    IntStream.range(0, 100_000).forEach(at -> budget.answered());

    assertThat(taken(5_000)).isEqualTo(1_000);
  }

  private long taken(int attempts) {
    return IntStream.range(0, attempts).filter(at -> budget.take()).count();
  }
}
