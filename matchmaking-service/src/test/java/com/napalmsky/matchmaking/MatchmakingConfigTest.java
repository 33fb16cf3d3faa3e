package com.napalmsky.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MatchmakingConfigTest {

  private static final Pattern ROW = Pattern.compile("^\\| `(MATCHMAKING_\\w+)` \\| ([^|]+) \\|");

  @Test
  void theReadmeListsEverySettingAndItsDefault() throws IOException {
    Map<String, String> documented =
        Files.readAllLines(Path.of("README.md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::find)
            .collect(
                Collectors.toMap(
                    row -> row.group(1), row -> row.group(2).trim(), (a, b) -> a, TreeMap::new));
    Settings settings = new Settings(Map.of());
    MatchmakingConfig defaults = MatchmakingConfig.from(settings);

    // Those of Redis and of memory stand in the README of shared.
    assertThat(documented.keySet())
        .containsExactlyInAnyOrderElementsOf(
            settings.known().stream().filter(key -> !key.matches("(REDIS|MEMORY)_.*")).toList());
    documented.remove(MatchmakingConfig.REEL_CURSOR_SECRET);
    assertThat(MatchmakingConfig.from(new Settings(documented))).isEqualTo(defaults);
  }

  @Test
  void theDefaultsAreThoseOfTheContract() {
    MatchmakingConfig config = MatchmakingConfig.from(new Settings(Map.of()));

    assertThat(config.pool().max()).isEqualTo(100_000);
    assertThat(config.overlays().max()).isEqualTo(20_000);
    assertThat(config.invites().max()).isEqualTo(20_000);
    assertThat(config.invites().perMinute()).isEqualTo(10);
    assertThat(config.invites().ttl()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.invites().slack()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.invites().afterDecline()).isEqualTo(Duration.ofHours(24));
    assertThat(config.invites().afterRescind()).isEqualTo(Duration.ofHours(1));
    assertThat(config.invites().afterTimeout()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aMisspeltSettingStopsTheStart() {
    assertThatThrownBy(() -> from(Map.of("MATCHMAKING_POOL_MAXIMUM", "5")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("MATCHMAKING_POOL_MAXIMUM")
        .hasMessageContaining("MATCHMAKING_POOL_MAX");
  }

  @Test
  void aSettingOutOfRangeStopsTheStart() {
    assertThatThrownBy(() -> from(Map.of("MATCHMAKING_INVITE_TTL_SECONDS", "1")))
        .isInstanceOf(InvalidSetting.class);
    assertThatThrownBy(() -> from(Map.of("MATCHMAKING_REEL_CURSOR_SECRET", "short")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageNotContaining("short");
  }

  @Test
  void theSecretIsNotShown() {
    String shown =
        from(Map.of("MATCHMAKING_REEL_CURSOR_SECRET", "0123456789abcdefghij")).toString();

    assertThat(shown).doesNotContain("0123456789abcdefghij");
  }

  private static MatchmakingConfig from(Map<String, String> environment) {
    return MatchmakingConfig.from(new Settings(environment));
  }
}
