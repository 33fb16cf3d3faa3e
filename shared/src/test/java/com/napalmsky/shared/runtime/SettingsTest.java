package com.napalmsky.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void anUnsetOrBlankVariableGetsTheDefault() {
    var settings = new Settings(Map.of("A_SECONDS", "  "));

    assertThat(settings.seconds("A_SECONDS", 5, 1, 60)).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.text("A_NAME", "x")).isEqualTo("x");
  }

  @Test
  void aNumberOutOfRangeNamesTheVariableTheRangeAndTheValue() {
    var settings = new Settings(Map.of("PORT", "70000"));

    assertThatThrownBy(() -> settings.number("PORT", 3001, 0, 65535))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("PORT must be a whole number from 0 to 65535, was '70000'");
  }

  @Test
  void aWordThatIsNoChoiceIsRefusedWithTheChoices() {
    var settings = new Settings(Map.of("MODE", "sideways"));

    assertThatThrownBy(() -> settings.choice("MODE", Thread.State.NEW))
        .hasMessageContaining("MODE must be one of new, runnable");
  }

  @Test
  void aMisspeltVariableStopsTheStart() {
    var settings = new Settings(Map.of("PRESENCE_GRACE_SECOND", "5", "OTHER_THING", "1"));
    Duration ignored = settings.seconds("PRESENCE_GRACE_SECONDS", 5, 1, 60);

    assertThatThrownBy(() -> settings.refuseUnknown("PRESENCE_"))
        .hasMessage(
            "PRESENCE_GRACE_SECOND is not a known setting; known are PRESENCE_GRACE_SECONDS");
  }

  @Test
  void aListIsTrimmedAndHasNoEmptyItems() {
    var settings = new Settings(Map.of("ORIGINS", " http://a , ,http://b "));

    assertThat(settings.list("ORIGINS", "")).containsExactly("http://a", "http://b");
  }

  @Test
  void aWebAddressLosesTheSlashAtItsEnd() {
    Settings settings = new Settings(Map.of("PAGES", "https://example.org/app//"));

    assertThat(settings.webAddress("PAGES", "http://localhost"))
        .isEqualTo("https://example.org/app");
    assertThat(settings.webAddress("OTHERS", "http://localhost")).isEqualTo("http://localhost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "ftp://example.org",
        "https:///x",
        "https://e.org?a",
        "http://e.org#a",
        "https://a b"
      })
  void whatIsNoWebAddressIsRefused(String text) {
    assertThatThrownBy(() -> new Settings(Map.of("PAGES", text)).webAddress("PAGES", "http://x"))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("PAGES ");
  }
}
