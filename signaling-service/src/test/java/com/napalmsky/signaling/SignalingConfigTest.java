package com.napalmsky.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SignalingConfigTest {

  @Test
  void theDefaultsAreThoseOfTheContract() {
    var config = SignalingConfig.from(new Settings(Map.of()));

    assertThat(config.instances()).isEqualTo(1);
    assertThat(config.calls().calls()).isEqualTo(20_000);
    assertThat(config.calls().grace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.calls().setup()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.calls().tombstoneFor()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.calls().sdpLength()).isEqualTo(64 * 1024);
    assertThat(config.finishedMax()).isEqualTo(50_000);
  }

  @Test
  void aMisspeltSettingStopsTheStart() {
    var settings = new Settings(Map.of("SIGNALING_GRACE_SECOND", "5"));

    assertThatThrownBy(() -> SignalingConfig.from(settings))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("SIGNALING_GRACE_SECOND ")
        .hasMessageContaining(SignalingConfig.GRACE_SECONDS);
  }

  @Test
  void noTextOfTheConfigShowsASecret() {
    var settings = new Settings(Map.of("TURN_URLS", "turn:t.test", "TURN_SECRET", "hidden"));

    assertThat(SignalingConfig.from(settings).toString())
        .contains("turn:t.test")
        .doesNotContain("hidden");
  }

  @Test
  void anotherServicesSettingsAreLeftAlone() {
    assertThat(SignalingConfig.from(new Settings(Map.of("PRESENCE_X", "1")))).isNotNull();
  }

  @Test
  void theReadmeListsEverySettingWithItsDefault() throws IOException {
    var settings = new Settings(Map.of());
    var config = SignalingConfig.from(settings);
    String readme = Files.readString(Path.of("README.md"));
    Matcher rows = Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE).matcher(readme);
    Set<String> listed = new TreeSet<>();
    while (rows.find()) {
      listed.add(rows.group(1));
    }

    Set<String> own = new TreeSet<>(settings.known());
    // Described once, in the README of shared.
    own.removeAll(RedisConfig.KEYS);
    assertThat(listed).isEqualTo(own);
    assertThat(readme)
        .contains("| `SIGNALING_CALLS_MAX` | " + config.calls().calls() + " |")
        .contains("| `SIGNALING_FINISHED_MAX` | " + config.finishedMax() + " |")
        .contains("| `SIGNALING_GRACE_SECONDS` | " + config.calls().grace().toSeconds() + " |")
        .contains("| `SIGNALING_STUN_URLS` | " + String.join(",", config.ice().stunUrls()) + " |")
        .contains("| `SIGNALING_TURN_LIFE_SECONDS` | " + config.ice().life().toSeconds() + " |")
        .contains("| `SIGNALING_TURN_KEPT_SECONDS` | " + config.ice().keptFor().toSeconds() + " |")
        .contains("| `SIGNALING_TURN_REST_SECONDS` | " + config.ice().rest().toSeconds() + " |");
  }
}
