package com.napalmsky.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.account.AccessMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserConfigTest {

  private static final String URL = "postgres://ada:secret@localhost/sky";

  private static UserConfig config(String... settings) {
    return UserConfig.from(new Settings(environment(settings)));
  }

  private static Map<String, String> environment(String... settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("DATABASE_URL", URL);
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return environment;
  }

  @Test
  void everythingButTheDatabaseHasADefault() {
    UserConfig config = config();

    assertThat(config.accessMode()).isEqualTo(AccessMode.CLOSED);
    assertThat(config.database().poolMax()).isEqualTo(10);
    assertThat(config.passwords().cost()).isEqualTo(12);
    assertThat(config.calls().cooldown()).isEqualTo(Duration.ofHours(24));
    assertThat(config.sweep().pause()).isEqualTo(Duration.ofHours(1));
    assertThat(config.sweep().rows()).isEqualTo(1_000);
    assertThat(config.instances()).isEqualTo(1);
  }

  @Test
  void noTextOfTheConfigShowsThePassword() {
    assertThat(config().toString()).doesNotContain("secret").doesNotContain("ada");
  }

  @ParameterizedTest
  @CsvSource({
    "DATABASE_URL, nonsense",
    "ACCESS_MODE, ajar",
    "USER_POOL_MAX, 0",
    "USER_POOL_QUEUE, many",
    "USER_CONNECT_TIMEOUT_MILLIS, 1",
    "USER_QUERY_TIMEOUT_MILLIS, 99999999",
    "USER_TRANSACTION_TIMEOUT_MILLIS, 500",
    "USER_SESSION_GUEST_DAYS, 0",
    "USER_SESSION_GUEST_CAP_DAYS, 3",
    "USER_SESSION_PERMANENT_CAP_DAYS, 3",
    "USER_SESSION_TOUCH_SECONDS, -1",
    "USER_PASSWORD_WORKERS, 0",
    "USER_PASSWORD_QUEUE, -1",
    "USER_PASSWORD_COST, 4",
    "FRONTEND_URL, sky.example.org",
    "FRONTEND_URL, ftp://sky.example.org",
    "FRONTEND_URL, https://sky.example.org/?a=b",
    "USER_RESET_LIFE_MINUTES, 4",
    "USER_RESET_MAILS_PER_HOUR, 0",
    "USER_RESET_WAITING, 0",
    "USER_RESET_POLL_MILLIS, 99",
    "MAIL_PORT, 65536",
    "USER_HISTORY_MIN_SECONDS, -1",
    "USER_COOLDOWN_CALL_SECONDS, -1",
    "USER_REUNION_SECONDS, 0",
    "USER_CREDIT_MIN_SECONDS, x",
    "USER_CREDITS_TO_UNLOCK, 0",
    "USER_OVERLAY_MAX, 0",
    "USER_REPORT_CALL_DAYS, 0",
    "USER_REPORTERS_TO_BAN, 0",
    "USER_REPORT_BAN_HOURS, -1",
    "REPORT_RETENTION_DAYS, 0",
    "USER_BAN_REPEAT_SECONDS, -1",
    "BLACKLIST_SHOWS_MEDIA, perhaps",
    "USER_BLOCKS_MAX, 0",
    "USER_IP_BANS_MAX, none",
    "USER_SWEEP_MINUTES, -1",
    "USER_SWEEP_ROWS, 0",
    "USER_SWEEP_REST_MILLIS, -1",
    "USER_SWEEP_ELECTION_SECONDS, 0",
    "API_BASE, localhost",
    "USER_MEDIA_PORT, 70000",
    "USER_MEDIA_STORE, attic",
    "USER_MEDIA_UPLOADS, 0",
    "USER_MEDIA_WORKERS, 0",
    "USER_MEDIA_STORE_WORKERS, 0",
    "USER_MEDIA_STALL_SECONDS, 0",
    "USER_MEDIA_MEGAPIXELS, 0",
    "USER_MEDIA_VIDEO_SECONDS, 0",
    "USER_MEDIA_UPLOADS_PER_DAY, -1",
    "USER_MEDIA_MEGABYTES_PER_DAY, -1",
    "USER_MEDIA_RESERVE_MEGABYTES, -1",
    "USER_MEDIA_PURGE_MINUTES, 0",
    "USER_MEDIA_S3_SIGNED_SECONDS, 59",
    "USER_MEDIA_S3_PATH_STYLE, perhaps",
    "USER_INSTANCES, 0",
    "USER_POOL_MAXIMUM, 10"
  })
  void aWrongSettingIsNamed(String key, String value) {
    assertThatThrownBy(() -> config(key, value))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(key + " ");
  }

  @Test
  void aBucketNeedsANameAndKeysAndShowsNoneOfThem() {
    assertThatThrownBy(() -> config("USER_MEDIA_STORE", "s3"))
        .hasMessageStartingWith("USER_MEDIA_S3_BUCKET must be set");
    assertThatThrownBy(
            () -> config("USER_MEDIA_STORE", "s3", "USER_MEDIA_S3_ENDPOINT", "minio:9000"))
        .isInstanceOf(InvalidSetting.class);

    UserConfig config =
        config(
            "USER_MEDIA_STORE", "s3",
            "USER_MEDIA_S3_BUCKET", "faces",
            "USER_MEDIA_S3_ACCESS_KEY", "my-access-key",
            "USER_MEDIA_S3_SECRET_KEY", "my-hidden-key");
    assertThat(config.toString()).contains("faces").doesNotContain("my-");
  }

  @Test
  void aListenerForOthersSaysWhereItIs() {
    assertThatThrownBy(() -> config("USER_MEDIA_HOST", "0.0.0.0"))
        .hasMessageStartingWith("USER_MEDIA_ADVERTISED_HOST must be set");
    assertThat(
            config("USER_MEDIA_HOST", "0.0.0.0", "USER_MEDIA_ADVERTISED_HOST", "user-1")
                .media()
                .advertisedHost())
        .isEqualTo("user-1");
  }

  @Test
  void withoutADatabaseThereIsNoService() {
    assertThatThrownBy(() -> UserConfig.from(new Settings(Map.of())))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("DATABASE_URL must be set");
  }

  @Test
  void theReadmeNamesEverySettingWithItsDefault() throws IOException {
    Map<String, String> documented =
        Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\| ([^|]*) \\|")
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .collect(
                Collectors.toMap(
                    row -> row.group(1), UserConfigTest::value, (a, b) -> a, TreeMap::new));
    Settings settings = new Settings(environment());
    UserConfig defaults = UserConfig.from(settings);

    assertThat(documented.keySet()).isEqualTo(settings.known());
    documented.values().removeIf(byDefault -> byDefault.startsWith("none"));
    String[] spelled =
        documented.entrySet().stream()
            .flatMap(row -> java.util.stream.Stream.of(row.getKey(), row.getValue()))
            .toArray(String[]::new);
    assertThat(config(spelled)).isEqualTo(defaults);
  }

  private static String value(MatchResult row) {
    String value = row.group(2).replace("`", "").trim();
    return value.equals("none") ? "" : value;
  }
}
