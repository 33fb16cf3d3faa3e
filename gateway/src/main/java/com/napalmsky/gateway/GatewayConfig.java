package com.napalmsky.gateway;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.media.MediaConfig;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.memory.MemoryBudget;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the gateway.
 *
 * @param host the address of the public port
 * @param port the public port; 0 for any free one
 * @param loops how many event loops serve; 0 for all
 * @param allowedOrigins web pages that may call the API besides our own
 * @param frontendUrl where the browser client is
 * @param apiBase the public base of media and QR addresses
 * @param trustedProxyHops how many proxies of ours stand before the gateway
 * @param environment {@code NODE_ENV}
 * @param limits requests in a window, 0 for no limit
 * @param mostLimitKeys how many windows are kept in this process
 * @param limitWait how long a request waits for Redis to be counted
 * @param redis where requests to all gateways are counted; null for this process alone
 * @param webhookMaxBytes of a webhook's body
 * @param qrImagesMax QR images kept, and as many may wait to be drawn
 * @param ipBans of banned addresses
 * @param media how much of it passes through
 * @param sockets of the socket half
 * @param drain how its clients are handed over to other gateways when it stops
 */
public record GatewayConfig(
    String host,
    int port,
    int loops,
    List<String> allowedOrigins,
    String frontendUrl,
    String apiBase,
    int trustedProxyHops,
    String environment,
    SessionCache.Bounds sessions,
    Map<Limit, Integer> limits,
    int mostLimitKeys,
    Duration limitWait,
    @Nullable RedisConfig redis,
    int webhookMaxBytes,
    int qrImagesMax,
    IpBans ipBans,
    MediaConfig media,
    SocketConfig sockets,
    DrainConfig drain,
    MemoryBudget memory) {

  /**
   * @param most banned addresses and networks kept
   * @param refresh how often the list is read when nobody says that it changed
   */
  public record IpBans(int most, Duration refresh) {}

  static final String HOST = "GATEWAY_HOST";
  static final String PORT = "PORT";
  static final String LOOPS = "GATEWAY_LOOPS";
  static final String ALLOWED_ORIGINS = "ALLOWED_ORIGINS";
  static final String FRONTEND_URL = "FRONTEND_URL";
  static final String API_BASE = "API_BASE";
  static final String TRUSTED_PROXY_HOPS = "TRUSTED_PROXY_HOPS";
  static final String NODE_ENV = "NODE_ENV";
  static final String SESSIONS_MAX = "GATEWAY_SESSIONS_MAX";
  static final String SESSION_FRESH_SECONDS = "GATEWAY_SESSION_FRESH_SECONDS";
  static final String SESSION_STALE_SECONDS = "GATEWAY_SESSION_STALE_SECONDS";
  static final String LIMIT_KEYS_MAX = "GATEWAY_LIMIT_KEYS_MAX";
  static final String LIMIT_WAIT_MILLIS = "GATEWAY_LIMIT_WAIT_MILLIS";
  static final String WEBHOOK_MAX_BYTES = "GATEWAY_WEBHOOK_MAX_BYTES";
  static final String QR_IMAGES_MAX = "GATEWAY_QR_IMAGES_MAX";
  static final String IP_BANS_MAX = "GATEWAY_IP_BANS_MAX";
  static final String IP_BANS_REFRESH_SECONDS = "GATEWAY_IP_BANS_REFRESH_SECONDS";

  private static final String PREFIX = "GATEWAY_";
  private static final int LAST_PORT = 65_535;
  private static final int MILLION = 1_000_000;

  public GatewayConfig {
    allowedOrigins = List.copyOf(allowedOrigins);
    limits = Map.copyOf(limits);
    if (sessions.stale().compareTo(sessions.fresh()) < 0) {
      throw new InvalidSetting(
          SESSION_STALE_SECONDS, "must not be less than " + SESSION_FRESH_SECONDS);
    }
  }

  /**
   * Reads the environment.
   *
   * @throws InvalidSetting when a value cannot be used or nobody knows a variable that begins with
   *     {@code GATEWAY_}
   */
  public static GatewayConfig from(Settings settings) {
    int port = settings.number(PORT, 3001, 0, LAST_PORT);
    Map<Limit, Integer> limits = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      limits.put(limit, settings.number(limit.setting(), limit.byDefault(), 0, MILLION));
    }
    GatewayConfig config =
        new GatewayConfig(
            settings.text(HOST, "127.0.0.1"),
            port,
            settings.number(LOOPS, 0, 0, 1_024),
            settings.list(ALLOWED_ORIGINS, "http://localhost:3000"),
            settings.text(FRONTEND_URL, "http://localhost:" + port),
            settings.text(API_BASE, "http://localhost:" + port),
            settings.number(TRUSTED_PROXY_HOPS, 0, 0, 10),
            settings.text(NODE_ENV, "development"),
            new SessionCache.Bounds(
                settings.number(SESSIONS_MAX, 20_000, 1, MILLION),
                settings.seconds(SESSION_FRESH_SECONDS, 60, 1, 60),
                settings.seconds(SESSION_STALE_SECONDS, 600, 1, 86_400)),
            limits,
            settings.number(LIMIT_KEYS_MAX, 50_000, 100, MILLION),
            settings.millis(LIMIT_WAIT_MILLIS, 100, 10, 2_000),
            RedisConfig.from(settings),
            settings.number(WEBHOOK_MAX_BYTES, 262_144, 1024, 10 * MILLION),
            settings.number(QR_IMAGES_MAX, 1000, 1, 100_000),
            new IpBans(
                settings.number(IP_BANS_MAX, 10_000, 1, MILLION),
                settings.seconds(IP_BANS_REFRESH_SECONDS, 30, 1, 3_600)),
            MediaConfig.from(settings),
            SocketConfig.from(settings),
            DrainConfig.from(settings),
            MemoryBudget.from(settings));
    settings.refuseUnknown(PREFIX);
    return config;
  }

  /** Whether browsers are sent to HTTPS and told to insist on it. */
  public boolean production() {
    return environment.equals("production");
  }

  /** How long a client may take to send a body. */
  Duration bodyLimit() {
    return Duration.ofSeconds(15);
  }
}
