package com.napalmsky.user.session;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a session lasts. Using it moves its end, up to a cap.
 *
 * @param guest from the last use, for an account without e-mail
 * @param guestCap from the beginning
 * @param permanent from the last use, for an account with e-mail
 * @param permanentCap from the beginning
 * @param touch a use is written down at most this often; 0 for each time
 */
public record SessionRules(
    Duration guest, Duration guestCap, Duration permanent, Duration permanentCap, Duration touch) {

  public static final String GUEST_DAYS = "USER_SESSION_GUEST_DAYS";
  public static final String GUEST_CAP_DAYS = "USER_SESSION_GUEST_CAP_DAYS";
  public static final String PERMANENT_DAYS = "USER_SESSION_PERMANENT_DAYS";
  public static final String PERMANENT_CAP_DAYS = "USER_SESSION_PERMANENT_CAP_DAYS";
  public static final String TOUCH_SECONDS = "USER_SESSION_TOUCH_SECONDS";

  private static final int MOST_DAYS = 3650;

  public SessionRules {
    if (guestCap.compareTo(guest) < 0) {
      throw new InvalidSetting(GUEST_CAP_DAYS, "must not be less than " + GUEST_DAYS);
    }
    if (permanentCap.compareTo(permanent) < 0) {
      throw new InvalidSetting(PERMANENT_CAP_DAYS, "must not be less than " + PERMANENT_DAYS);
    }
  }

  public static SessionRules from(Settings settings) {
    return new SessionRules(
        days(settings, GUEST_DAYS, 7),
        days(settings, GUEST_CAP_DAYS, 30),
        days(settings, PERMANENT_DAYS, 30),
        days(settings, PERMANENT_CAP_DAYS, 90),
        settings.seconds(TOUCH_SECONDS, 3600, 0, 86_400));
  }

  private static Duration days(Settings settings, String key, int byDefault) {
    return Duration.ofDays(settings.number(key, byDefault, 1, MOST_DAYS));
  }

  /** When a session used now ends. */
  Instant expiry(boolean permanentAccount, Instant createdAt, Instant now) {
    Instant sliding = now.plus(permanentAccount ? permanent : guest);
    Instant cap = createdAt.plus(permanentAccount ? permanentCap : guestCap);
    return sliding.isBefore(cap) ? sliding : cap;
  }
}
