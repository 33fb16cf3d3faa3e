package com.napalmsky.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PresenceConfigTest {

  private static final Pattern ROW = Pattern.compile("^\\| `(PRESENCE_\\w+)` \\| (\\S+) \\|");

  @Test
  void withoutSettingsTheDefaultsHold() {
    PresenceConfig config = PresenceConfig.from(new Settings(Map.of()));

    assertThat(config)
        .isEqualTo(
            new PresenceConfig(
                2,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                50_000,
                1_000,
                1_000,
                10_000,
                Duration.ofSeconds(6),
                Duration.ofMillis(500),
                null));
  }

  @Test
  void eachSettingIsRead() {
    PresenceConfig config =
        PresenceConfig.from(
            new Settings(
                Map.of(
                    "PRESENCE_SOCKETS_PER_USER", "3",
                    "PRESENCE_GRACE_SECONDS", "7",
                    "PRESENCE_CALL_GRACE_SECONDS", "20",
                    "PRESENCE_USERS_MAX", "9",
                    "PRESENCE_SNAPSHOT_PAGE_MAX", "8",
                    "PRESENCE_LOCATE_USERS_MAX", "4",
                    "PRESENCE_BARRED_MAX", "6",
                    "PRESENCE_LEASE_SECONDS", "5",
                    "PRESENCE_SWEEP_MILLIS", "100",
                    "REDIS_URL", "redis://host")));

    assertThat(config)
        .isEqualTo(
            new PresenceConfig(
                3,
                Duration.ofSeconds(7),
                Duration.ofSeconds(20),
                9,
                8,
                4,
                6,
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                RedisConfig.from(new Settings(Map.of("REDIS_URL", "redis://host")))));
  }

  @Test
  void aMisspeltSettingStopsTheStart() {
    assertThatThrownBy(
            () -> PresenceConfig.from(new Settings(Map.of("PRESENCE_GRACE_SECOND", "5"))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("PRESENCE_GRACE_SECOND is not a known setting");
  }

  @Test
  void oneSocketForEachUserIsTooFew() {
    assertThatThrownBy(
            () -> PresenceConfig.from(new Settings(Map.of("PRESENCE_SOCKETS_PER_USER", "1"))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("from 2 to 16");
  }

  @Test
  void theGraceOfACallIsNotShorterThanTheUsualOne() {
    assertThatThrownBy(
            () -> PresenceConfig.from(new Settings(Map.of("PRESENCE_GRACE_SECONDS", "11"))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("PRESENCE_CALL_GRACE_SECONDS");
  }

  @Test
  void theTableOfTheReadmeHasEveryKeyWithItsDefault() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("README.md")).stream()
            .map(ROW::matcher)
            .filter(row -> row.find())
            .map(row -> row.group(1) + " " + row.group(2))
            .toList();

    assertThat(rows)
        .containsExactly(
            "PRESENCE_SOCKETS_PER_USER 2",
            "PRESENCE_GRACE_SECONDS 5",
            "PRESENCE_CALL_GRACE_SECONDS 10",
            "PRESENCE_USERS_MAX 50000",
            "PRESENCE_SNAPSHOT_PAGE_MAX 1000",
            "PRESENCE_LOCATE_USERS_MAX 1000",
            "PRESENCE_BARRED_MAX 10000",
            "PRESENCE_LEASE_SECONDS 6",
            "PRESENCE_SWEEP_MILLIS 500");
    assertThat(rows.stream().map(row -> row.substring(0, row.indexOf(' '))).toList())
        .isEqualTo(PresenceConfig.KEYS);
  }
}
