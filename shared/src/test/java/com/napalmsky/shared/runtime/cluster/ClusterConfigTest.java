package com.napalmsky.shared.runtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterConfigTest {

  private static final Pattern ROW = Pattern.compile("^\\| `(CLUSTER\\w*)` \\|.*");

  private static ClusterConfig config(String... settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CLUSTER", "true");
    environment.put("REDIS_URL", "redis://localhost");
    environment.put("CLUSTER_MEMBERS", "10.0.0.1");
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return ClusterConfig.from(new Settings(environment));
  }

  @Test
  void membersAreEnough() {
    ClusterConfig config = config();

    assertThat(config.memberAddresses()).containsExactly("10.0.0.1:5701");
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.tls()).isNull();
    assertThat(config.deafAfter()).isEqualTo(Duration.ofSeconds(15));
  }

  @ParameterizedTest
  @CsvSource({
    "CLUSTER, false, CLUSTER",
    "REDIS_URL, '', CLUSTER",
    "CLUSTER_MEMBERS, '', CLUSTER_MEMBERS",
    "CLUSTER_MEMBERS, a:b:c, CLUSTER_MEMBERS",
    "CLUSTER_DNS, members, CLUSTER_DNS",
    "CLUSTER_PORT, 0, CLUSTER_PORT",
    "CLUSTER_BUS_PORT, 65536, CLUSTER_BUS_PORT",
    "CLUSTER_PASSWORD, short, CLUSTER_PASSWORD",
    "CLUSTER_TLS_CERT_FILE, /nowhere.pem, CLUSTER_TLS_CERT_FILE",
    "CLUSTER_JOIN_SECONDS, 1, CLUSTER_JOIN_SECONDS",
    "CLUSTER_DEAF_SECONDS, 1, CLUSTER_DEAF_SECONDS",
    "CLUSTER_MEMBER, a, CLUSTER_MEMBER"
  })
  void aWrongSettingIsNamed(String key, String value, String named) {
    assertThatThrownBy(() -> config(key, value))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(named + " ");
  }

  @Test
  void certificateWithoutKeyIsRefused(@TempDir Path directory) throws IOException {
    Path cert = Files.writeString(directory.resolve("cert.pem"), "x");

    assertThatThrownBy(() -> config("CLUSTER_TLS_CERT_FILE", cert.toString()))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("CLUSTER_TLS_KEY_FILE ");
  }

  @Test
  void itsTextDoesNotShowThePassword() {
    assertThat(config("CLUSTER_PASSWORD", "correct horse battery").toString())
        .doesNotContain("horse");
  }

  @Test
  void theReadmeHasEachSettingInOrder() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("README.md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1))
            .toList();

    assertThat(rows).isEqualTo(ClusterConfig.KEYS);
  }
}
