package com.napalmsky.user.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentConfigTest {

  private static PaymentConfig config(String... settings) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return PaymentConfig.from(new Settings(environment));
  }

  @Test
  void accessCostsFiftyCentsUnlessSaidOtherwise() {
    assertThat(config().price()).isEqualTo(new Price(50, "usd"));
    assertThat(config("PAYMENT_PRICE_CENTS", "500", "PAYMENT_CURRENCY", "eur").price())
        .isEqualTo(new Price(500, "eur"));
    assertThat(config().secretKey()).isNull();
    assertThat(config().apiBase()).isEqualTo("https://api.stripe.com");
  }

  @Test
  void noTextShowsASecret() {
    assertThat(config("STRIPE_SECRET_KEY", "sk_secret", "STRIPE_WEBHOOK_SECRET", "wh_secret"))
        .asString()
        .doesNotContain("secret")
        .contains("configured=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:99", "http://127.0.0.1:1", "https://x.example/base/"})
  void theKeyMayGoToThisMachineOrOverHttps(String base) {
    assertThatCode(() -> config("STRIPE_API_BASE", base)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "PAYMENT_PRICE_CENTS, 0",
    "PAYMENT_PRICE_CENTS, half",
    "PAYMENT_CURRENCY, USD",
    "PAYMENT_CURRENCY, dollars",
    "PAYMENT_PRICE, 50",
    "FRONTEND_URL, localhost",
    "FRONTEND_URL, ftp://x.example",
    "FRONTEND_URL, https://x.example?a=b",
    "FRONTEND_URL, https://x y",
    "STRIPE_API_BASE, http://api.example",
    "STRIPE_API_BASE, nonsense",
    "USER_STRIPE_TIMEOUT_MILLIS, 1",
    "USER_STRIPE_LOOKUP_TIMEOUT_MILLIS, 60000",
    "USER_STRIPE_LOOKUP_PAUSE_SECONDS, 0",
    "USER_STRIPE_REQUESTS_MAX, 0"
  })
  void aWrongSettingIsNamed(String key, String value) {
    assertThatThrownBy(() -> config(key, value))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(key + " ");
  }
}
