package com.napalmsky.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as it is started, with the second process it starts. */
class BusMainIT {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return new BusMain(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
  }

  @Test
  @Timeout(180)
  void everySeriesIsMeasuredAndNothingPublishedIsLost() {
    int code = run("--seconds", "1", "--warmup-seconds", "1");

    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(code).isZero();
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().skip(1).toList();
    assertThat(lines).hasSize(6).allMatch(line -> line.endsWith(" 0"), "nothing lost");
    assertThat(lines.get(0)).startsWith("request, one at a time").contains(" 200 ");
    assertThat(lines.get(4)).startsWith("request, 64 in flight").contains(" 4096 ");
    assertThat(lines.get(5)).startsWith("publish").contains(" 4096 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--seconds 0", "--seconds", "--seconds 601", "--rate 5"})
  void aWrongOptionIsNamed(String line) {
    int code = run(line.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(line.split(" ")[0]);
  }
}
