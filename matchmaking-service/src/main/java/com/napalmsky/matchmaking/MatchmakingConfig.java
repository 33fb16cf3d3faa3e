package com.napalmsky.matchmaking;

import com.napalmsky.matchmaking.browse.ReelSettings;
import com.napalmsky.matchmaking.invite.InviteSettings;
import com.napalmsky.matchmaking.overlay.OverlaySettings;
import com.napalmsky.matchmaking.pool.PoolSettings;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.memory.MemoryBudget;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of matchmaking-service, read once at start.
 *
 * @param redis where invites and rates of all instances are kept; null for the memory of this
 *     process, which then is the only one
 */
public record MatchmakingConfig(
    PoolSettings pool,
    OverlaySettings overlays,
    ReelSettings reel,
    InviteSettings invites,
    @Nullable RedisConfig redis,
    MemoryBudget memory) {

  /** What the names of all settings of this service begin with. */
  public static final String PREFIX = "MATCHMAKING_";

  public static final String POOL_MAX = "MATCHMAKING_POOL_MAX";
  public static final String POOL_GAP_MILLIS = "MATCHMAKING_POOL_GAP_MILLIS";
  public static final String POOL_BACKLOG_MAX = "MATCHMAKING_POOL_BACKLOG_MAX";
  public static final String POOL_CHECK_SECONDS = "MATCHMAKING_POOL_CHECK_SECONDS";
  public static final String OVERLAYS_MAX = "MATCHMAKING_OVERLAYS_MAX";
  public static final String OVERLAY_IDLE_SECONDS = "MATCHMAKING_OVERLAY_IDLE_SECONDS";
  public static final String OVERLAY_REFRESH_SECONDS = "MATCHMAKING_OVERLAY_REFRESH_SECONDS";
  public static final String REEL_CURSOR_SECONDS = "MATCHMAKING_REEL_CURSOR_SECONDS";
  public static final String REEL_CURSOR_SECRET = "MATCHMAKING_REEL_CURSOR_SECRET";
  public static final String INVITES_MAX = "MATCHMAKING_INVITES_MAX";
  public static final String INVITES_PER_MINUTE = "MATCHMAKING_INVITES_PER_MINUTE";
  public static final String RATE_TIMEOUT_MILLIS = "MATCHMAKING_RATE_TIMEOUT_MILLIS";
  public static final String INVITE_CALLERS_MAX = "MATCHMAKING_INVITE_CALLERS_MAX";
  public static final String MISSED_MAX = "MATCHMAKING_MISSED_MAX";
  public static final String INVITE_TTL_SECONDS = "MATCHMAKING_INVITE_TTL_SECONDS";
  public static final String INVITE_EXTENSION_SECONDS = "MATCHMAKING_INVITE_EXTENSION_SECONDS";
  public static final String INVITE_EXTENSIONS_MAX = "MATCHMAKING_INVITE_EXTENSIONS_MAX";
  public static final String INVITE_SLACK_SECONDS = "MATCHMAKING_INVITE_SLACK_SECONDS";
  public static final String COOLDOWN_DECLINED_SECONDS = "MATCHMAKING_COOLDOWN_DECLINED_SECONDS";
  public static final String COOLDOWN_RESCINDED_SECONDS = "MATCHMAKING_COOLDOWN_RESCINDED_SECONDS";
  public static final String COOLDOWN_TIMEOUT_SECONDS = "MATCHMAKING_COOLDOWN_TIMEOUT_SECONDS";

  private static final int MILLION = 1_000_000;
  private static final int LEAST_SECRET = 16;
  private static final int DAY = (int) Duration.ofDays(1).toSeconds();
  private static final int MONTH = 30 * DAY;

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting when one cannot be used, or is set and not known
   */
  public static MatchmakingConfig from(Settings settings) {
    MatchmakingConfig config =
        new MatchmakingConfig(
            pool(settings),
            overlays(settings),
            reel(settings),
            invites(settings),
            RedisConfig.from(settings),
            MemoryBudget.from(settings));
    settings.refuseUnknown(PREFIX);
    return config;
  }

  private static PoolSettings pool(Settings settings) {
    return new PoolSettings(
        settings.number(POOL_MAX, 100_000, 1, 10 * MILLION),
        settings.millis(POOL_GAP_MILLIS, 1_000, 10, 60_000),
        settings.number(POOL_BACKLOG_MAX, 50_000, 100, 10 * MILLION),
        settings.seconds(POOL_CHECK_SECONDS, 30, 1, 3_600));
  }

  private static OverlaySettings overlays(Settings settings) {
    return new OverlaySettings(
        settings.number(OVERLAYS_MAX, 20_000, 1, 10 * MILLION),
        settings.seconds(OVERLAY_IDLE_SECONDS, 600, 1, DAY),
        settings.seconds(OVERLAY_REFRESH_SECONDS, 600, 1, DAY));
  }

  private static ReelSettings reel(Settings settings) {
    String secret = settings.optionalText(REEL_CURSOR_SECRET);
    if (secret != null && secret.length() < LEAST_SECRET) {
      throw new InvalidSetting(
          REEL_CURSOR_SECRET, "must have at least " + LEAST_SECRET + " characters");
    }
    return new ReelSettings(settings.seconds(REEL_CURSOR_SECONDS, 600, 1, DAY), secret);
  }

  private static InviteSettings invites(Settings settings) {
    return new InviteSettings(
        settings.number(INVITES_MAX, 20_000, 1, 10 * MILLION),
        settings.number(INVITES_PER_MINUTE, 10, 1, 10_000),
        settings.number(INVITE_CALLERS_MAX, 20_000, 1, 10 * MILLION),
        settings.millis(RATE_TIMEOUT_MILLIS, 200, 10, 2_000),
        settings.number(MISSED_MAX, 10_000, 1, 10 * MILLION),
        settings.seconds(INVITE_TTL_SECONDS, 20, 2, 600),
        settings.seconds(INVITE_EXTENSION_SECONDS, 20, 1, 600),
        settings.number(INVITE_EXTENSIONS_MAX, 3, 0, 100),
        settings.seconds(INVITE_SLACK_SECONDS, 3, 0, 60),
        settings.seconds(COOLDOWN_DECLINED_SECONDS, DAY, 1, MONTH),
        settings.seconds(COOLDOWN_RESCINDED_SECONDS, 3_600, 1, MONTH),
        settings.seconds(COOLDOWN_TIMEOUT_SECONDS, 600, 1, MONTH));
  }
}
