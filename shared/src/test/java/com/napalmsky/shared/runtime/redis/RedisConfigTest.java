package com.napalmsky.shared.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigTest {

  private static final Pattern ROW = Pattern.compile("^\\| `(REDIS_\\w+)` \\|.*");

  @Test
  void withoutAUrlThereIsNoRedis() {
    assertThat(RedisConfig.from(new Settings(Map.of()))).isNull();
  }

  @Test
  void eachSettingIsRead() {
    RedisConfig config =
        RedisConfig.from(
            new Settings(
                Map.of(
                    "REDIS_URL", "rediss://a:26379, rediss://b:26379",
                    "REDIS_MODE", "sentinel",
                    "REDIS_MASTER_NAME", "first",
                    "REDIS_CA_FILE", "/ca.pem",
                    "REDIS_PREFIX", "staging",
                    "REDIS_TIMEOUT_MILLIS", "200",
                    "REDIS_CONNECT_TIMEOUT_MILLIS", "300",
                    "REDIS_IN_FLIGHT_MAX", "100",
                    "REDIS_RETRY_MAX_MILLIS", "400")));

    assertThat(config)
        .isEqualTo(
            new RedisConfig(
                RedisMode.SENTINEL,
                List.of("rediss://a:26379", "rediss://b:26379"),
                "first",
                "/ca.pem",
                "staging",
                Duration.ofMillis(200),
                Duration.ofMillis(300),
                100,
                Duration.ofMillis(400)));
    assertThat(config.tls()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host",
        "redis://",
        "host:6379",
        "redis://host/name",
        "redis://host?db=1",
        "redis://a:b c@host",
        "redis://one,redis://two"
      })
  void aUrlThatCannotBeUsedStopsTheStart(String url) {
    assertThatThrownBy(() -> RedisConfig.from(new Settings(Map.of("REDIS_URL", url))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("REDIS_URL");
  }

  @Test
  void aMisspeltSettingStopsTheStart() {
    assertThatThrownBy(() -> RedisConfig.from(new Settings(Map.of("REDIS_TIMEOUT", "5"))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("REDIS_TIMEOUT is not a known setting");
  }

  @Test
  void thePasswordIsNeverShown() {
    RedisConfig config =
        RedisConfig.from(new Settings(Map.of("REDIS_URL", "redis://me:secret@host:6379/3")));

    assertThat(config.toString()).contains("host:6379").doesNotContain("secret");
    assertThatThrownBy(
            () ->
                RedisConfig.from(new Settings(Map.of("REDIS_URL", "redis://me:sec ret@host:6379"))))
        .hasMessageNotContaining("sec ret");
  }

  @Test
  void allKeysOfAStoreShareOneTag() {
    RedisKeys keys = TestRedis.shared().config("here").keys("presence");

    assertThat(keys.of("users")).isEqualTo("{here:presence}:users");
    assertThat(keys.each("42", "rate")).isEqualTo("{here:presence:42}:rate");
  }

  @Test
  void theReadmeNamesEverySetting() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("README.md")).stream()
            .map(ROW::matcher)
            .filter(java.util.regex.Matcher::matches)
            .map(row -> row.group(1))
            .toList();

    assertThat(rows).isEqualTo(RedisConfig.KEYS);
  }
}
