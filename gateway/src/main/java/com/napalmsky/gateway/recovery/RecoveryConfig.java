package com.napalmsky.gateway.recovery;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * What is kept for clients that come back.
 *
 * @param window how long a lost session is kept, from the moment its loss was noticed; whether its
 *     user is still there is presence-service's to say. Zero: nothing is kept
 * @param events how many events of one session are kept
 * @param bytes what the events of one session may take
 * @param sessions how many sessions have their events kept, the lost ones included
 * @param totalBytes what the events of all sessions of the process may take
 */
public record RecoveryConfig(Duration window, int events, int bytes, int sessions, int totalBytes) {

  public static final String SECONDS = "GATEWAY_RECOVERY_SECONDS";
  public static final String EVENTS = "GATEWAY_RECOVERY_EVENTS";
  public static final String BYTES = "GATEWAY_RECOVERY_BYTES";
  public static final String SESSIONS_MAX = "GATEWAY_RECOVERY_SESSIONS_MAX";
  public static final String TOTAL_BYTES = "GATEWAY_RECOVERY_TOTAL_BYTES";

  private static final int MILLION = 1_000_000;

  public RecoveryConfig {
    if (window.isNegative()) {
      throw new InvalidSetting(SECONDS, "must not be less than 0");
    }
    if (events < 1 || bytes < 1 || sessions < 1) {
      throw new InvalidSetting(
          EVENTS, "and " + BYTES + " and " + SESSIONS_MAX + " must be 1 or more");
    }
    if (totalBytes < bytes) {
      throw new InvalidSetting(TOTAL_BYTES, "must not be less than " + BYTES);
    }
  }

  /** The settings of a process. */
  public static RecoveryConfig from(Settings settings) {
    return new RecoveryConfig(
        settings.seconds(SECONDS, 15, 0, 120),
        settings.number(EVENTS, 256, 1, 10_000),
        settings.number(BYTES, 131_072, 1_024, 16 * MILLION),
        settings.number(SESSIONS_MAX, 20_000, 1, MILLION),
        settings.number(TOTAL_BYTES, 16_777_216, 1_024, 1_000 * MILLION));
  }

  /** Whether clients can come back at all. */
  public boolean on() {
    return !window.isZero();
  }
}
