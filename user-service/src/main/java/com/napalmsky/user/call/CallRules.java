package com.napalmsky.user.call;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.reunion.Reunions;
import java.time.Duration;

/**
 * What a finished call is worth.
 *
 * @param historyMinSeconds of talk for a place in the history and the metrics; 0 for every call
 * @param cooldown of the pair from the end of the call; 0 for none
 * @param creditMinSeconds of talk for a credit
 * @param creditsToUnlock credits that verify a user in his grace period and unlock his own code
 * @param reunion how long after a call its members may wish to talk again
 */
public record CallRules(
    int historyMinSeconds,
    Duration cooldown,
    int creditMinSeconds,
    int creditsToUnlock,
    Duration reunion) {

  public static final String HISTORY_MIN_SECONDS = "USER_HISTORY_MIN_SECONDS";
  public static final String COOLDOWN_CALL_SECONDS = "USER_COOLDOWN_CALL_SECONDS";
  public static final String CREDIT_MIN_SECONDS = "USER_CREDIT_MIN_SECONDS";
  public static final String CREDITS_TO_UNLOCK = "USER_CREDITS_TO_UNLOCK";

  private static final int YEAR_SECONDS = 31_536_000;

  public CallRules {
    if (historyMinSeconds < 0 || creditMinSeconds < 0) {
      throw new InvalidSetting(
          historyMinSeconds < 0 ? HISTORY_MIN_SECONDS : CREDIT_MIN_SECONDS, "must not be negative");
    }
    if (cooldown.isNegative()) {
      throw new InvalidSetting(COOLDOWN_CALL_SECONDS, "must not be negative");
    }
    if (creditsToUnlock < 1) {
      throw new InvalidSetting(CREDITS_TO_UNLOCK, "must be at least 1");
    }
    if (reunion.isNegative() || reunion.isZero()) {
      throw new InvalidSetting(Reunions.SECONDS, "must be at least 1");
    }
  }

  public static CallRules from(Settings settings) {
    return new CallRules(
        settings.number(HISTORY_MIN_SECONDS, 5, 0, 3600),
        settings.seconds(COOLDOWN_CALL_SECONDS, 86_400, 0, YEAR_SECONDS),
        settings.number(CREDIT_MIN_SECONDS, 30, 0, 3600),
        settings.number(CREDITS_TO_UNLOCK, 4, 1, 1000),
        settings.seconds(Reunions.SECONDS, 3600, 1, YEAR_SECONDS));
  }
}
