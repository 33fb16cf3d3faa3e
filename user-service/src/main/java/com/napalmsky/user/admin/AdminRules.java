package com.napalmsky.user.admin;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.credential.Passwords;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who is admin from the start, and how admins come in.
 *
 * @param first made or brought up to date at each start, or null for none
 * @param session how long a session lasts, whether or not it is used
 * @param attempts wrong passwords in a row that lock a name
 * @param lock how long it is locked then
 */
public record AdminRules(@Nullable First first, Duration session, int attempts, Duration lock) {

  public static final String USERNAME = "ADMIN_USERNAME";
  public static final String PASSWORD = "ADMIN_PASSWORD";
  public static final String SESSION_MINUTES = "USER_ADMIN_SESSION_MINUTES";
  public static final String ATTEMPTS = "USER_ADMIN_ATTEMPTS";
  public static final String LOCK_MINUTES = "USER_ADMIN_LOCK_MINUTES";

  private static final int LONGEST_NAME = 100;

  /** The admin that the settings name. */
  public record First(String username, String password) {
    @Override
    public String toString() {
      return "First[]";
    }
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting when name or password is missing beside the other, or cannot be used
   */
  public static AdminRules from(Settings settings) {
    return new AdminRules(
        first(settings.optionalText(USERNAME), settings.optionalText(PASSWORD)),
        Duration.ofMinutes(settings.number(SESSION_MINUTES, 480, 5, 1440)),
        settings.number(ATTEMPTS, 6, 1, 100),
        Duration.ofMinutes(settings.number(LOCK_MINUTES, 10, 1, 1440)));
  }

  private static @Nullable First first(@Nullable String username, @Nullable String password) {
    if (username == null && password == null) {
      return null;
    }
    if (username == null) {
      throw new InvalidSetting(USERNAME, "is needed beside " + PASSWORD);
    }
    if (password == null) {
      throw new InvalidSetting(PASSWORD, "is needed beside " + USERNAME);
    }
    if (username.length() > LONGEST_NAME || username.indexOf('\0') >= 0) {
      throw new InvalidSetting(USERNAME, "must have at most " + LONGEST_NAME + " characters");
    }
    if (!Passwords.acceptable(password)) {
      throw new InvalidSetting(PASSWORD, "must have 8 to 128 characters");
    }
    return new First(username, password);
  }
}
