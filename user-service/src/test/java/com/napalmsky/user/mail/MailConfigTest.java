package com.napalmsky.user.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.mail.MailConfig.Tls;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailConfigTest {

  private static MailConfig config(String... settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MAIL_HOST", "mail.example.org");
    environment.put("MAIL_FROM", "no-reply@example.org");
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return MailConfig.from(new Settings(environment));
  }

  @Test
  void aServerIsSpokenToEncryptedUnlessItIsSaidOtherwise() {
    assertThat(config().tls()).isEqualTo(Tls.STARTTLS);
    assertThat(config().port()).isEqualTo(587);
  }

  @Test
  void noTextShowsWhoLogsInWithWhat() {
    assertThat(config("MAIL_USER", "sky", "MAIL_PASSWORD", "s3cret").toString())
        .doesNotContain("sky")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL_PORT, 0",
    "MAIL_TLS, perhaps",
    "MAIL_FROM, nobody",
    "MAIL_FROM, a@b@c",
    "MAIL_FROM, ' '",
    "MAIL_TIMEOUT_MILLIS, 1",
    "MAIL_HOSTNAME, mail.example.org"
  })
  void aWrongSettingIsNamed(String key, String value) {
    assertThatThrownBy(() -> config(key, value))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(key + " ");
  }

  @Test
  void halfALoginIsRefused() {
    assertThatThrownBy(() -> config("MAIL_USER", "sky")).hasMessageStartingWith("MAIL_PASSWORD ");
    assertThatThrownBy(() -> config("MAIL_PASSWORD", "s3cret"))
        .hasMessageStartingWith("MAIL_USER ");
  }

  @Test
  void aPasswordIsNotSentInTheClear() {
    assertThatThrownBy(
            () -> config("MAIL_USER", "sky", "MAIL_PASSWORD", "s3cret", "MAIL_TLS", "none"))
        .hasMessageStartingWith("MAIL_TLS ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-reply@example.org", "Napalm Sky <no-reply@example.org>"})
  void aSenderHasAnAddress(String from) {
    assertThat(config("MAIL_FROM", from).from()).isEqualTo(from);
  }
}
