package com.napalmsky.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterOptionsTest {

  private static ClusterOptions read(String... arguments) {
    return ClusterOptions.from(arguments);
  }

  @Test
  void withoutOptionsThereAreTwoOfEachAndOneUserService() {
    assertThat(read().layout().counts())
        .isEqualTo(
            Map.of(
                Kind.GATEWAY, 2,
                Kind.PRESENCE, 2,
                Kind.MATCHMAKING, 2,
                Kind.SIGNALING, 2,
                Kind.USER, 1));
    assertThat(read().restart()).isFalse();
  }

  @Test
  void everyOptionIsRead() {
    ClusterOptions options =
        read(
            "--gateways", "3", "--signaling", "1", "--port", "4000", "--data", "here", "--restart");

    assertThat(options.layout().count(Kind.GATEWAY)).isEqualTo(3);
    assertThat(options.layout().count(Kind.SIGNALING)).isEqualTo(1);
    assertThat(options.firstPort()).isEqualTo(4000);
    assertThat(options.directory()).isEqualTo(Path.of("here"));
    assertThat(options.restart()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "--gateways 0, --gateways",
    "--gateways 17, --gateways",
    "--presence two, --presence",
    "--user, --user",
    "--port 70000, --port",
    "--redis 2, --redis"
  })
  void aWrongOptionIsNamed(String line, String named) {
    assertThatThrownBy(() -> read(line.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }
}
