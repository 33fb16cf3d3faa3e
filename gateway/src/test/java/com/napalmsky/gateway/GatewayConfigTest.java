package com.napalmsky.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {

  private static GatewayConfig config(Map<String, String> environment) {
    return GatewayConfig.from(new Settings(environment));
  }

  @Test
  void theDefaultsRunOnALaptopAndStayThere() {
    GatewayConfig config = config(Map.of());

    assertThat(config.port()).isEqualTo(3001);
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.allowedOrigins()).containsExactly("http://localhost:3000");
    assertThat(config.apiBase()).isEqualTo("http://localhost:3001");
    assertThat(config.trustedProxyHops()).isZero();
    assertThat(config.production()).isFalse();
    assertThat(config.sessions().stale()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.limits()).containsEntry(Limit.GUESTS, 10).containsEntry(Limit.API, 300);
  }

  @Test
  void theBaseOfAddressesFollowsThePort() {
    assertThat(config(Map.of("PORT", "4000")).apiBase()).isEqualTo("http://localhost:4000");
  }

  @Test
  void mediaComeFromThePublicBucketUnlessAnotherOriginIsNamed() {
    Map<String, String> bucket = Map.of("USER_MEDIA_S3_PUBLIC_URL", "https://cdn.example.org/sky");
    Map<String, String> both = new HashMap<>(bucket);
    both.put("GATEWAY_MEDIA_ORIGINS", "https://a.example.org,https://b.example.org/x");

    assertThat(config(Map.of()).media().origins()).isEmpty();
    assertThat(config(bucket).media().origins()).containsExactly("https://cdn.example.org");
    assertThat(config(both).media().origins())
        .containsExactly("https://a.example.org", "https://b.example.org");
  }

  @ParameterizedTest
  @CsvSource({
    "PORT,65536",
    "PORT,http",
    "TRUSTED_PROXY_HOPS,-1",
    "GATEWAY_SESSION_FRESH_SECONDS,61",
    "GATEWAY_GUESTS_PER_HOUR,-1",
    "GATEWAY_LIMIT_API_PER_MINUTE,many",
    "GATEWAY_DEFLATE_LEVEL,10",
    "GATEWAY_FAREWELL_MILLIS,2001",
    "GATEWAY_LOBBY_ROOM_PEOPLE,201",
    "GATEWAY_LOBBY_TICK_MILLIS,3000",
    "GATEWAY_GUEST_PER_HOUR,5",
    "GATEWAY_MEDIA_ORIGINS,media.example.org",
    "GATEWAY_MEDIA_ORIGINS,https://media.example.org; script-src *",
    "USER_MEDIA_S3_PUBLIC_URL,ftp://media.example.org"
  })
  void whatCannotBeUsedIsNamed(String key, String value) {
    assertThatThrownBy(() -> config(Map.of(key, value)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining(key);
  }

  @Test
  void aSessionIsNotStaleBeforeItIsOld() {
    assertThatThrownBy(
            () ->
                config(
                    Map.of(
                        "GATEWAY_SESSION_FRESH_SECONDS",
                        "50",
                        "GATEWAY_SESSION_STALE_SECONDS",
                        "40")))
        .isInstanceOf(InvalidSetting.class);
  }

  @Test
  void theReadmeListsEverySetting() throws IOException {
    Settings settings = new Settings(Map.of());
    GatewayConfig read = GatewayConfig.from(settings);
    TreeSet<String> listed = new TreeSet<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\|")
            .matcher(Files.readString(Path.of("README.md")));
    while (row.find()) {
      listed.add(row.group(1));
    }

    assertThat(read.port()).isEqualTo(3001);
    // Those of Redis and of memory stand in the README of shared.
    assertThat(listed)
        .containsExactlyElementsOf(
            settings.known().stream()
                .filter(key -> !key.matches("(REDIS|MEMORY)_.*"))
                .sorted()
                .toList());
  }
}
