package com.napalmsky.signaling.ice;

import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where browsers find STUN and TURN servers. No secret appears in its text.
 *
 * @param stunUrls {@code stun:host:port}, at least one; told first
 * @param coturn our own servers, or null
 * @param cloudflare null when not configured
 * @param twilio null when not configured
 * @param life of credentials
 * @param keptFor how long what was given to a user is given again; zero for never
 * @param keptMax users for whom it is kept
 * @param requestLimit for one request to a provider
 * @param requestsMax requests to one provider under way; above it, it is passed over
 * @param rest how long a provider that failed is not asked
 */
public record IceConfig(
    List<String> stunUrls,
    Coturn.@Nullable Access coturn,
    Cloudflare.@Nullable Access cloudflare,
    Twilio.@Nullable Access twilio,
    Duration life,
    Duration keptFor,
    int keptMax,
    Duration requestLimit,
    int requestsMax,
    Duration rest) {

  public static final String STUN_URLS = "SIGNALING_STUN_URLS";
  public static final String TURN_URLS = "TURN_URLS";
  public static final String TURN_SECRET = "TURN_SECRET";
  public static final String CLOUDFLARE_KEY = "CLOUDFLARE_TURN_KEY";
  public static final String CLOUDFLARE_TOKEN = "CLOUDFLARE_API_TOKEN";
  public static final String CLOUDFLARE_API_BASE = "CLOUDFLARE_API_BASE";
  public static final String TWILIO_ACCOUNT = "TWILIO_ACCOUNT_SID";
  public static final String TWILIO_TOKEN = "TWILIO_AUTH_TOKEN";
  public static final String TWILIO_API_BASE = "TWILIO_API_BASE";
  public static final String LIFE_SECONDS = "SIGNALING_TURN_LIFE_SECONDS";
  public static final String KEPT_SECONDS = "SIGNALING_TURN_KEPT_SECONDS";
  public static final String KEPT_MAX = "SIGNALING_TURN_KEPT_MAX";
  public static final String TIMEOUT_MILLIS = "SIGNALING_TURN_TIMEOUT_MILLIS";
  public static final String REQUESTS_MAX = "SIGNALING_TURN_REQUESTS_MAX";
  public static final String REST_SECONDS = "SIGNALING_TURN_REST_SECONDS";

  private static final String PUBLIC_STUN =
      "stun:stun.l.google.com:19302,stun:stun1.l.google.com:19302";
  private static final Pattern STUN = Pattern.compile("stuns?:[^\\s,?]+");
  private static final Pattern TURN = Pattern.compile("turns?:[^\\s,?]+(\\?transport=(udp|tcp))?");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern BASE =
      Pattern.compile(
          "https://[A-Za-z0-9.-]+(:\\d+)?|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

  // The longest call, after two people took their time to get it going.
  private static final Duration LEAST_LEFT =
      Duration.ofSeconds(MatchmakingContract.LONGEST_CALL_SECONDS + 120);

  public IceConfig {
    stunUrls = List.copyOf(stunUrls);
    if (life.minus(keptFor).compareTo(LEAST_LEFT) < 0) {
      throw new InvalidSetting(
          LIFE_SECONDS,
          "must be at least "
              + LEAST_LEFT.toSeconds()
              + " more than "
              + KEPT_SECONDS
              + ", so that what is given lasts for a whole call");
    }
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting when one cannot be used, or half of a pair is missing
   */
  public static IceConfig from(Settings settings) {
    return new IceConfig(
        urls(settings, STUN_URLS, PUBLIC_STUN, STUN, "stun:host:port"),
        coturn(settings),
        cloudflare(settings),
        twilio(settings),
        settings.seconds(LIFE_SECONDS, 3_600, 60, 86_400),
        settings.seconds(KEPT_SECONDS, 600, 0, 82_800),
        settings.number(KEPT_MAX, 20_000, 0, 1_000_000),
        // Two providers that do not answer are asked within the 3 s of a caller.
        settings.millis(TIMEOUT_MILLIS, 1_200, 100, 1_400),
        settings.number(REQUESTS_MAX, 64, 1, 10_000),
        settings.seconds(REST_SECONDS, 30, 1, 3_600));
  }

  private static Coturn.@Nullable Access coturn(Settings settings) {
    String secret = settings.optionalText(TURN_SECRET);
    String listed = settings.optionalText(TURN_URLS);
    if (!both(TURN_URLS, listed, TURN_SECRET, secret)) {
      return null;
    }
    return new Coturn.Access(
        urls(settings, TURN_URLS, "", TURN, "turn:host:port or turns:host:port"),
        Objects.requireNonNull(secret));
  }

  private static Cloudflare.@Nullable Access cloudflare(Settings settings) {
    String base = base(settings, CLOUDFLARE_API_BASE, "https://rtc.live.cloudflare.com");
    String key = settings.optionalText(CLOUDFLARE_KEY);
    String token = settings.optionalText(CLOUDFLARE_TOKEN);
    return both(CLOUDFLARE_KEY, key, CLOUDFLARE_TOKEN, token)
        ? new Cloudflare.Access(base, id(CLOUDFLARE_KEY, key), Objects.requireNonNull(token))
        : null;
  }

  private static Twilio.@Nullable Access twilio(Settings settings) {
    String base = base(settings, TWILIO_API_BASE, "https://api.twilio.com");
    String account = settings.optionalText(TWILIO_ACCOUNT);
    String token = settings.optionalText(TWILIO_TOKEN);
    return both(TWILIO_ACCOUNT, account, TWILIO_TOKEN, token)
        ? new Twilio.Access(base, id(TWILIO_ACCOUNT, account), Objects.requireNonNull(token))
        : null;
  }

  /** Half of a pair would be a provider that is silently not asked. */
  private static boolean both(
      String oneKey, @Nullable String one, String otherKey, @Nullable String other) {
    if ((one == null) != (other == null)) {
      throw new InvalidSetting(
          one == null ? oneKey : otherKey,
          "must be set too when " + (one == null ? otherKey : oneKey) + " is");
    }
    return one != null;
  }

  private static String id(String key, @Nullable String value) {
    if (value == null || !ID.matcher(value).matches()) {
      throw new InvalidSetting(key, "must consist of letters, digits, - and _");
    }
    return value;
  }

  private static String base(Settings settings, String key, String byDefault) {
    String base = settings.text(key, byDefault).replaceAll("/+$", "");
    if (!BASE.matcher(base).matches()) {
      throw new InvalidSetting(
          key, "must be https://host, or http on this machine, was '" + base + "'");
    }
    return base;
  }

  private static List<String> urls(
      Settings settings, String key, String byDefault, Pattern shape, String example) {
    List<String> urls = settings.list(key, byDefault);
    if (urls.isEmpty()) {
      throw new InvalidSetting(key, "must name at least one server");
    }
    for (String url : urls) {
      if (!shape.matcher(url).matches()) {
        throw new InvalidSetting(key, "must be " + example + ", was '" + url + "'");
      }
    }
    return urls;
  }
}
