package com.napalmsky.signaling;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.signaling.call.CallBounds;
import com.napalmsky.signaling.ice.IceConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of signaling-service. No secret appears in their text.
 *
 * @param instances verticle instances in this process, each the owner of its calls
 * @param calls the limits of calls
 * @param finishedMax calls that may run or wait for the database together; above it none is opened
 * @param missedMax users to whom the end of a call is being told, or waits to be told
 * @param flushWithin how long a stopping instance waits for them to be stored
 * @param handOverWithin how long a stopping instance that is the only one waits for another one
 * @param redis where what instances share is kept, or null for this process
 * @param ice what browsers are told of STUN and TURN servers
 */
public record SignalingConfig(
    int instances,
    CallBounds calls,
    int finishedMax,
    int missedMax,
    Duration flushWithin,
    Duration handOverWithin,
    @Nullable RedisConfig redis,
    IceConfig ice) {

  public static final String INSTANCES = "SIGNALING_INSTANCES";
  public static final String CALLS_MAX = "SIGNALING_CALLS_MAX";
  public static final String TOMBSTONES_MAX = "SIGNALING_TOMBSTONES_MAX";
  public static final String TOMBSTONE_SECONDS = "SIGNALING_TOMBSTONE_SECONDS";
  public static final String SETUP_SECONDS = "SIGNALING_SETUP_SECONDS";
  public static final String GRACE_SECONDS = "SIGNALING_GRACE_SECONDS";
  public static final String SIGNAL_AGE_SECONDS = "SIGNALING_SIGNAL_AGE_SECONDS";
  public static final String SDP_MAX_CHARS = "SIGNALING_SDP_MAX_CHARS";
  public static final String CANDIDATE_MAX_CHARS = "SIGNALING_CANDIDATE_MAX_CHARS";
  public static final String CANDIDATES_MAX = "SIGNALING_CANDIDATES_MAX";
  public static final String CHAT_MAX = "SIGNALING_CHAT_MAX";
  public static final String CHAT_ALL_CHARS_MAX = "SIGNALING_CHAT_ALL_CHARS_MAX";
  public static final String CHAT_PER_SECOND = "SIGNALING_CHAT_PER_SECOND";
  public static final String OUTBOX_MAX = "SIGNALING_OUTBOX_MAX";
  public static final String SNAPSHOT_MAX_CHARS = "SIGNALING_SNAPSHOT_MAX_CHARS";
  public static final String SNAPSHOT_MILLIS = "SIGNALING_SNAPSHOT_MILLIS";
  public static final String LEASE_MILLIS = "SIGNALING_LEASE_MILLIS";
  public static final String FINISHED_MAX = "SIGNALING_FINISHED_MAX";
  public static final String MISSED_MAX = "SIGNALING_MISSED_MAX";
  public static final String FLUSH_SECONDS = "SIGNALING_FLUSH_SECONDS";
  public static final String HANDOVER_SECONDS = "SIGNALING_HANDOVER_SECONDS";

  private static final String PREFIX = "SIGNALING_";
  private static final int A_MILLION = 1_000_000;

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting when one cannot be used, or is not known
   */
  public static SignalingConfig from(Settings settings) {
    CallBounds calls =
        new CallBounds(
            settings.number(CALLS_MAX, 20_000, 1, A_MILLION),
            settings.number(TOMBSTONES_MAX, 50_000, 1, A_MILLION),
            settings.seconds(TOMBSTONE_SECONDS, 600, 1, 86_400),
            settings.seconds(SETUP_SECONDS, 60, 1, 600),
            settings.seconds(GRACE_SECONDS, 10, 1, 300),
            settings.seconds(SIGNAL_AGE_SECONDS, 60, 1, 600),
            settings.number(SDP_MAX_CHARS, 65_536, 1_024, A_MILLION),
            settings.number(CANDIDATE_MAX_CHARS, 4_096, 256, A_MILLION),
            settings.number(CANDIDATES_MAX, 300, 1, 10_000),
            settings.number(CHAT_MAX, 200, 0, 10_000),
            settings.number(CHAT_ALL_CHARS_MAX, 50 * A_MILLION, 0, 2_000 * A_MILLION),
            settings.number(CHAT_PER_SECOND, 5, 1, 1_000),
            settings.number(OUTBOX_MAX, 400, 1, 10_000),
            settings.number(SNAPSHOT_MAX_CHARS, 262_144, 0, 10 * A_MILLION),
            settings.millis(SNAPSHOT_MILLIS, 250, 1, 10_000),
            settings.millis(LEASE_MILLIS, 3_000, 300, 60_000));
    SignalingConfig config =
        new SignalingConfig(
            settings.number(INSTANCES, 1, 1, 64),
            calls,
            settings.number(FINISHED_MAX, 50_000, 1, A_MILLION),
            settings.number(MISSED_MAX, 10_000, 1, A_MILLION),
            settings.seconds(FLUSH_SECONDS, 5, 0, 300),
            settings.seconds(HANDOVER_SECONDS, 10, 0, 300),
            RedisConfig.from(settings),
            IceConfig.from(settings));
    settings.refuseUnknown(PREFIX);
    return config;
  }
}
