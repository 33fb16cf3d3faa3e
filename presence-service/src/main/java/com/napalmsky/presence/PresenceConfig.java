package com.napalmsky.presence;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be set about presence. Its text holds no secret.
 *
 * @param socketsPerUser how many sockets a user may have at once, at least 2; one more closes the
 *     oldest idle one
 * @param grace how long a user may be without a socket before he is offline, more than nothing
 * @param callGrace the same for a user in a call; not shorter than {@code grace}
 * @param usersMax how many users are kept at most; a new one beyond it is refused
 * @param snapshotPageMax most people in one page of a snapshot
 * @param locateUsersMax most users located or released by one request
 * @param barredMax most users of whom it is remembered whether they are banned
 * @param lease how long a gateway that says nothing is taken for alive
 * @param sweep interval between two looks for gateways that are gone
 * @param redis where users are kept, or null for the memory of this process
 */
public record PresenceConfig(
    int socketsPerUser,
    Duration grace,
    Duration callGrace,
    int usersMax,
    int snapshotPageMax,
    int locateUsersMax,
    int barredMax,
    Duration lease,
    Duration sweep,
    @Nullable RedisConfig redis) {

  static final String PREFIX = "PRESENCE_";
  static final String SOCKETS_PER_USER = "PRESENCE_SOCKETS_PER_USER";
  static final String GRACE_SECONDS = "PRESENCE_GRACE_SECONDS";
  static final String CALL_GRACE_SECONDS = "PRESENCE_CALL_GRACE_SECONDS";
  static final String USERS_MAX = "PRESENCE_USERS_MAX";
  static final String SNAPSHOT_PAGE_MAX = "PRESENCE_SNAPSHOT_PAGE_MAX";
  static final String LOCATE_USERS_MAX = "PRESENCE_LOCATE_USERS_MAX";
  static final String BARRED_MAX = "PRESENCE_BARRED_MAX";
  static final String LEASE_SECONDS = "PRESENCE_LEASE_SECONDS";
  static final String SWEEP_MILLIS = "PRESENCE_SWEEP_MILLIS";

  /** All keys, in the order of the README's table. */
  static final List<String> KEYS =
      List.of(
          SOCKETS_PER_USER,
          GRACE_SECONDS,
          CALL_GRACE_SECONDS,
          USERS_MAX,
          SNAPSHOT_PAGE_MAX,
          LOCATE_USERS_MAX,
          BARRED_MAX,
          LEASE_SECONDS,
          SWEEP_MILLIS);

  public PresenceConfig {
    atLeast(2, socketsPerUser, SOCKETS_PER_USER);
    atLeast(1, grace.toMillis(), GRACE_SECONDS);
    atLeast(grace.toMillis(), callGrace.toMillis(), CALL_GRACE_SECONDS);
    atLeast(1, usersMax, USERS_MAX);
    atLeast(1, snapshotPageMax, SNAPSHOT_PAGE_MAX);
    atLeast(1, locateUsersMax, LOCATE_USERS_MAX);
    atLeast(1, barredMax, BARRED_MAX);
    atLeast(1, lease.toMillis(), LEASE_SECONDS);
    atLeast(1, sweep.toMillis(), SWEEP_MILLIS);
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting when one cannot be used, or one of the prefix is unknown
   */
  public static PresenceConfig from(Settings settings) {
    PresenceConfig config =
        new PresenceConfig(
            settings.number(SOCKETS_PER_USER, 2, 2, 16),
            settings.seconds(GRACE_SECONDS, 5, 1, 60),
            settings.seconds(CALL_GRACE_SECONDS, 10, 5, 120),
            settings.number(USERS_MAX, 50_000, 1, 5_000_000),
            settings.number(SNAPSHOT_PAGE_MAX, 1_000, 1, 10_000),
            settings.number(LOCATE_USERS_MAX, 1_000, 2, 10_000),
            settings.number(BARRED_MAX, 10_000, 1, 1_000_000),
            settings.seconds(LEASE_SECONDS, 6, 3, 8),
            settings.millis(SWEEP_MILLIS, 500, 50, 2_000),
            RedisConfig.from(settings));
    settings.refuseUnknown(PREFIX);
    return config;
  }

  private static void atLeast(long least, long value, String key) {
    if (value < least) {
      throw new InvalidSetting(
          key,
          key.endsWith("_SECONDS")
              ? "must be at least " + least + " ms, was " + value + " ms"
              : "must be at least " + least + ", was " + value);
    }
  }
}
