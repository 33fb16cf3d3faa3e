package com.napalmsky.shared.runtime.redis;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How Redis is used. Holds the password, which is never part of its text.
 *
 * @param mode how the servers belong together
 * @param urls {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for
 *     TLS; one of a single server, else as many Sentinels or nodes as are known
 * @param masterName what the Sentinels call the master; of no meaning otherwise
 * @param caFile PEM file with the certificates to trust, or null for those of the JDK
 * @param prefix begins each key; processes that share it share their state
 * @param timeLimit for one operation, from asking to answer; should be below the 3 s that callers
 *     on the bus wait
 * @param connectLimit for opening a connection and making it ready
 * @param inFlightMax operations that may wait for their answers; one more is refused as overloaded
 * @param retryMax longest pause between two attempts to reach a server that is away
 */
public record RedisConfig(
    RedisMode mode,
    List<String> urls,
    String masterName,
    @Nullable String caFile,
    String prefix,
    Duration timeLimit,
    Duration connectLimit,
    int inFlightMax,
    Duration retryMax) {

  public static final String URL = "REDIS_URL";
  public static final String MODE = "REDIS_MODE";
  public static final String MASTER_NAME = "REDIS_MASTER_NAME";
  public static final String CA_FILE = "REDIS_CA_FILE";
  public static final String PREFIX = "REDIS_PREFIX";
  public static final String TIMEOUT_MILLIS = "REDIS_TIMEOUT_MILLIS";
  public static final String CONNECT_TIMEOUT_MILLIS = "REDIS_CONNECT_TIMEOUT_MILLIS";
  public static final String IN_FLIGHT_MAX = "REDIS_IN_FLIGHT_MAX";
  public static final String RETRY_MAX_MILLIS = "REDIS_RETRY_MAX_MILLIS";

  /** All keys, in the order of the table in the README of {@code shared}. */
  public static final List<String> KEYS =
      List.of(
          URL,
          MODE,
          MASTER_NAME,
          CA_FILE,
          PREFIX,
          TIMEOUT_MILLIS,
          CONNECT_TIMEOUT_MILLIS,
          IN_FLIGHT_MAX,
          RETRY_MAX_MILLIS);

  public RedisConfig {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new InvalidSetting(URL, "must name a server, such as redis://host:6379");
    }
    urls.forEach(RedisConfig::check);
    if (mode == RedisMode.SINGLE && urls.size() > 1) {
      throw new InvalidSetting(
          URL, "may name one server only, unless " + MODE + " is sentinel or cluster");
    }
    if (urls.stream().map(RedisConfig::tls).distinct().count() > 1) {
      throw new InvalidSetting(URL, "must be redis:// throughout or rediss:// throughout");
    }
    if (mode == RedisMode.CLUSTER && urls.stream().anyMatch(RedisConfig::namesDatabase)) {
      throw new InvalidSetting(URL, "must not name a database, which a Redis Cluster has not");
    }
    if (!prefix.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new InvalidSetting(PREFIX, "must be letters, digits, '.', '_' and '-', at most 64");
    }
  }

  /**
   * Reads the settings.
   *
   * @return null when {@code REDIS_URL} is not set: nothing is to be kept in Redis
   * @throws InvalidSetting when one cannot be used, or one of the prefix {@code REDIS_} is unknown
   */
  public static @Nullable RedisConfig from(Settings settings) {
    RedisMode mode = settings.choice(MODE, RedisMode.SINGLE);
    String masterName = settings.text(MASTER_NAME, "mymaster");
    String caFile = settings.optionalText(CA_FILE);
    String prefix = settings.text(PREFIX, "napalmsky");
    Duration timeLimit = settings.millis(TIMEOUT_MILLIS, 1_000, 50, 10_000);
    Duration connectLimit = settings.millis(CONNECT_TIMEOUT_MILLIS, 1_000, 50, 10_000);
    int inFlightMax = settings.number(IN_FLIGHT_MAX, 2_048, 16, 100_000);
    Duration retryMax = settings.millis(RETRY_MAX_MILLIS, 1_000, 50, 60_000);
    List<String> urls = settings.list(URL, "");
    settings.refuseUnknown("REDIS_");
    return urls.isEmpty()
        ? null
        : new RedisConfig(
            mode, urls, masterName, caFile, prefix, timeLimit, connectLimit, inFlightMax, retryMax);
  }

  /**
   * The same with another limit for an operation: a consumer that blocks in Redis needs a client of
   * its own, with its blocking time on top.
   */
  public RedisConfig withTimeLimit(Duration limit) {
    return new RedisConfig(
        mode, urls, masterName, caFile, prefix, limit, connectLimit, inFlightMax, retryMax);
  }

  /**
   * The same for what is done without Redis rather than late: an answer, and a connection, are
   * waited for no longer than this.
   */
  public RedisConfig hurried(Duration limit) {
    return new RedisConfig(
        mode, urls, masterName, caFile, prefix, limit, limit, inFlightMax, retryMax);
  }

  /** The names of a store's keys. */
  public RedisKeys keys(String store) {
    return new RedisKeys(prefix, store);
  }

  /** Hosts and ports, for logs. */
  public String place() {
    return urls.stream()
        .map(URI::create)
        .map(uri -> uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
        .collect(Collectors.joining(","));
  }

  /** Whether connections are encrypted. */
  public boolean tls() {
    return tls(urls.get(0));
  }

  @Override
  public String toString() {
    return "RedisConfig[" + mode + " " + place() + " prefix=" + prefix + "]";
  }

  private static boolean tls(String url) {
    return url.startsWith("rediss:");
  }

  private static boolean namesDatabase(String url) {
    String path = URI.create(url).getPath();
    return path != null && path.length() > 1;
  }

  private static void check(String url) {
    try {
      URI uri = new URI(url);
      boolean redis = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
      String path = uri.getPath();
      if (redis
          && uri.getHost() != null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && (path == null || path.matches("/?|/\\d{1,4}"))) {
        return;
      }
    } catch (URISyntaxException notAnAddress) {
      // Refused below, together with addresses of another kind. Its message would show a password.
    }
    throw new InvalidSetting(
        URL,
        "must look like redis://user:password@host:6379/0 or rediss://..., with everything"
            + " unusual percent-encoded");
  }
}
