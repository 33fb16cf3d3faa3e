package com.napalmsky.user.credential;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;

/**
 * How passwords are worked on.
 *
 * @param workers threads that do nothing else
 * @param queue how many may wait for them; one more is refused as overloaded
 * @param cost of bcrypt for new passwords, as a power of two of rounds
 */
public record PasswordRules(int workers, int queue, int cost) {

  public static final String WORKERS = "USER_PASSWORD_WORKERS";
  public static final String QUEUE = "USER_PASSWORD_QUEUE";
  public static final String COST = "USER_PASSWORD_COST";

  public PasswordRules {
    if (workers < 1) {
      throw new InvalidSetting(WORKERS, "must be at least 1");
    }
    if (queue < 0) {
      throw new InvalidSetting(QUEUE, "must not be negative");
    }
    if (cost < 4 || cost > 15) {
      throw new InvalidSetting(COST, "must be from 4 to 15");
    }
  }

  /** Reads the settings; a deployment may not choose a cost that is cheap to break. */
  public static PasswordRules from(Settings settings) {
    return new PasswordRules(
        settings.number(WORKERS, 2, 1, 64),
        settings.number(QUEUE, 64, 0, 10_000),
        settings.number(COST, 12, 10, 15));
  }
}
