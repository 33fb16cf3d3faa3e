package com.napalmsky.signaling.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IceConfigTest {

  private static final String[] EVERYTHING = {
    "TURN_URLS", "turn:turn.example.org:3478?transport=udp, turns:turn.example.org:5349",
    "TURN_SECRET", "hidden-1",
    "CLOUDFLARE_TURN_KEY", "key-1",
    "CLOUDFLARE_API_TOKEN", "hidden-2",
    "TWILIO_ACCOUNT_SID", "AC1",
    "TWILIO_AUTH_TOKEN", "hidden-3"
  };

  @Test
  void nothingIsConfiguredByDefaultButStunServers() {
    IceConfig config = IceConfigs.with("SIGNALING_STUN_URLS", "");

    assertThat(config.stunUrls())
        .containsExactly("stun:stun.l.google.com:19302", "stun:stun1.l.google.com:19302");
    assertThat(config.coturn()).isNull();
    assertThat(config.cloudflare()).isNull();
    assertThat(config.twilio()).isNull();
    assertThat(config.life()).isEqualTo(Duration.ofHours(1));
    assertThat(config.keptFor()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void everyProviderIsReadFromTheNamesOfTheOldSystem() {
    IceConfig config = IceConfigs.with(EVERYTHING);

    assertThat(config.coturn())
        .isEqualTo(
            new Coturn.Access(
                java.util.List.of(
                    "turn:turn.example.org:3478?transport=udp", "turns:turn.example.org:5349"),
                "hidden-1"));
    assertThat(config.cloudflare())
        .isEqualTo(new Cloudflare.Access("https://rtc.live.cloudflare.com", "key-1", "hidden-2"));
    assertThat(config.twilio())
        .isEqualTo(new Twilio.Access("https://api.twilio.com", "AC1", "hidden-3"));
  }

  @Test
  void noTextShowsASecret() {
    IceConfig config = IceConfigs.with(EVERYTHING);

    assertThat(config.toString())
        .contains("turn.example.org")
        .doesNotContain("hidden")
        .doesNotContain("key-1")
        .doesNotContain("AC1");
  }

  @ParameterizedTest
  @CsvSource({
    "TURN_URLS, turn:a:1, TURN_SECRET",
    "TURN_SECRET, hidden, TURN_URLS",
    "CLOUDFLARE_TURN_KEY, k, CLOUDFLARE_API_TOKEN",
    "CLOUDFLARE_API_TOKEN, hidden, CLOUDFLARE_TURN_KEY",
    "TWILIO_ACCOUNT_SID, a, TWILIO_AUTH_TOKEN",
    "TWILIO_AUTH_TOKEN, hidden, TWILIO_ACCOUNT_SID"
  })
  void halfOfAPairIsNamed(String set, String value, String missing) {
    assertThatThrownBy(() -> IceConfigs.with(set, value))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(missing + " ")
        .hasMessageContaining(set)
        .hasMessageNotContaining("hidden");
  }

  @ParameterizedTest
  @CsvSource({
    "TURN_URLS, http://turn.example.org",
    "TURN_URLS, turn:",
    "TURN_URLS, turn:a:1?transport=carrier-pigeon",
    "CLOUDFLARE_TURN_KEY, ../other",
    "TWILIO_ACCOUNT_SID, a/b",
    "CLOUDFLARE_API_BASE, http://rtc.live.cloudflare.com",
    "CLOUDFLARE_API_BASE, https://a.test/path?query",
    "TWILIO_API_BASE, nonsense",
    "SIGNALING_STUN_URLS, http://example",
    "SIGNALING_STUN_URLS, stun:a b",
    "SIGNALING_TURN_TIMEOUT_MILLIS, 2000"
  })
  void whatCannotBeUsedIsNamed(String key, String value) {
    String[] settings = java.util.Arrays.copyOf(EVERYTHING, EVERYTHING.length + 2);
    settings[EVERYTHING.length] = key;
    settings[EVERYTHING.length + 1] = value;

    assertThatThrownBy(() -> IceConfigs.with(settings))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(key + " ")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void whatIsKeptMustStillLastForAWholeCall() {
    IceConfig justEnough = IceConfigs.with("SIGNALING_TURN_LIFE_SECONDS", "2520");

    assertThat(justEnough.life().minus(justEnough.keptFor())).isEqualTo(Duration.ofMinutes(32));
    assertThatThrownBy(() -> IceConfigs.with("SIGNALING_TURN_LIFE_SECONDS", "2519"))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("SIGNALING_TURN_LIFE_SECONDS")
        .hasMessageContaining("SIGNALING_TURN_KEPT_SECONDS");
  }
}
