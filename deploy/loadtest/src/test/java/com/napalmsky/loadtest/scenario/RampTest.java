package com.napalmsky.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.options.Options;
import com.napalmsky.loadtest.options.UsageError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RampTest {

  @Test
  void stepsOfOneSizeGoUpToAllUsers() throws Exception {
    assertThat(sizes("5000", "2000")).containsExactly(2_000, 4_000, 5_000);
    assertThat(sizes("4000", "2000")).containsExactly(2_000, 4_000);
    assertThat(sizes("100", "2000")).containsExactly(100);
  }

  @Test
  void sizesAreTakenAsTheyAreAsFarAsThereArePeople() throws Exception {
    assertThat(sizes("5000", "5000,100,1000,18000")).containsExactly(100, 1_000, 5_000);
  }

  @Test
  void whatIsNoSizeIsRefused() {
    assertThatThrownBy(() -> sizes("100", "10,,20"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("--steps");
  }

  private static List<Integer> sizes(String users, String steps) throws UsageError {
    return Ramp.sizes(
        Options.parse(
            "ramp", Map.of(Option.STEPS, "1"), List.of("--users", users, "--steps", steps)));
  }
}
