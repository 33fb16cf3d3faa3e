package com.napalmsky.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.gateway.lobby.LobbyConfig;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTableTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `(GATEWAY_\\w+)` \\| (\\d+) \\|", Pattern.MULTILINE);

  @Test
  void thePageListsEverySettingWithItsDefault() throws IOException {
    String page = Files.readString(Path.of("../docs/contracts/gateway-events.md"));
    Map<String, String> listed =
        ROW.matcher(page)
            .results()
            .collect(Collectors.toMap((MatchResult row) -> row.group(1), row -> row.group(2)));

    assertThat(listed.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(ConnectionConfig.KEYS.stream(), LobbyConfig.KEYS.stream()).toList());
    Settings asListed = new Settings(new TreeMap<>(listed));
    Settings unset = new Settings(Map.of());
    assertThat(ConnectionConfig.from(asListed)).isEqualTo(ConnectionConfig.from(unset));
    assertThat(LobbyConfig.from(asListed)).isEqualTo(LobbyConfig.from(unset));
    asListed.refuseUnknown("GATEWAY_");
  }

  @Test
  void aFarewellCannotBeLongerThanTheContractAllows() {
    Settings settings = new Settings(Map.of(ConnectionConfig.FAREWELL_MILLIS, "2001"));

    assertThatThrownBy(() -> ConnectionConfig.from(settings)).isInstanceOf(InvalidSetting.class);
  }

  @Test
  void roomCannotBeLargerThanAView() {
    Settings settings = new Settings(Map.of(LobbyConfig.VIEW_PEOPLE, "50"));

    assertThatThrownBy(() -> LobbyConfig.from(settings))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
