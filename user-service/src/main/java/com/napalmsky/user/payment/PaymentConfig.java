package com.napalmsky.user.payment;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How people pay. No secret appears in its text.
 *
 * @param price of access
 * @param frontendUrl where the browser client is, without a slash at the end
 * @param secretKey for Stripe's API; null when nobody can pay here
 * @param webhookSecret for Stripe's signatures; null when none can be checked
 * @param apiBase where Stripe's API is, without a slash at the end
 * @param requestLimit for one request to Stripe that somebody waits for in order to pay
 * @param lookupLimit for a question about a late webhook
 * @param lookupPause between two such questions about one user
 * @param requestsMax requests to Stripe under way; one more is refused as overloaded
 */
public record PaymentConfig(
    Price price,
    String frontendUrl,
    @Nullable String secretKey,
    @Nullable String webhookSecret,
    String apiBase,
    Duration requestLimit,
    Duration lookupLimit,
    Duration lookupPause,
    int requestsMax) {

  public static final String PRICE_CENTS = "PAYMENT_PRICE_CENTS";
  public static final String CURRENCY = "PAYMENT_CURRENCY";
  public static final String FRONTEND_URL = "FRONTEND_URL";
  public static final String SECRET_KEY = "STRIPE_SECRET_KEY";
  public static final String WEBHOOK_SECRET = "STRIPE_WEBHOOK_SECRET";
  public static final String API_BASE = "STRIPE_API_BASE";
  public static final String REQUEST_TIMEOUT_MILLIS = "USER_STRIPE_TIMEOUT_MILLIS";
  public static final String LOOKUP_TIMEOUT_MILLIS = "USER_STRIPE_LOOKUP_TIMEOUT_MILLIS";
  public static final String LOOKUP_PAUSE_SECONDS = "USER_STRIPE_LOOKUP_PAUSE_SECONDS";
  public static final String REQUESTS_MAX = "USER_STRIPE_REQUESTS_MAX";

  /** Begins each setting of prices. */
  private static final String PREFIX = "PAYMENT_";

  private static final Pattern CURRENCY_CODE = Pattern.compile("[a-z]{3}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public PaymentConfig {
    if (!CURRENCY_CODE.matcher(price.currency()).matches()) {
      throw new InvalidSetting(CURRENCY, "must be three lower-case letters, such as usd");
    }
    URI api = URI.create(apiBase);
    if (!api.getScheme().equals("https") && !LOOPBACK.contains(api.getHost())) {
      throw new InvalidSetting(API_BASE, "must begin with https: the key would be sent in clear");
    }
  }

  /**
   * Reads the settings and refuses those that begin with {@code PAYMENT_} and are none.
   *
   * @throws InvalidSetting when one cannot be used
   */
  public static PaymentConfig from(Settings settings) {
    PaymentConfig config =
        new PaymentConfig(
            new Price(
                settings.number(PRICE_CENTS, 50, 1, 1_000_000), settings.text(CURRENCY, "usd")),
            settings.webAddress(FRONTEND_URL, "http://localhost:3001"),
            settings.optionalText(SECRET_KEY),
            settings.optionalText(WEBHOOK_SECRET),
            settings.webAddress(API_BASE, "https://api.stripe.com"),
            settings.millis(REQUEST_TIMEOUT_MILLIS, 8000, 100, 15_000),
            settings.millis(LOOKUP_TIMEOUT_MILLIS, 2000, 100, 5000),
            settings.seconds(LOOKUP_PAUSE_SECONDS, 10, 1, 3600),
            settings.number(REQUESTS_MAX, 32, 1, 1000));
    settings.refuseUnknown(PREFIX);
    return config;
  }

  @Override
  public String toString() {
    return "PaymentConfig[price=" + price + ", configured=" + (secretKey != null) + "]";
  }
}
