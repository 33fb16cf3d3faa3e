package com.napalmsky.user.reset;

import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * How forgotten passwords are reset.
 *
 * @param frontendUrl where the browser client is, without a slash at the end
 * @param life of a link; as long is a request kept that cannot be mailed
 * @param mailsPerHour to one account; what is asked for beyond that is dropped
 * @param waiting requests that may wait to be mailed; one more is refused as overloaded
 * @param poll between two looks for requests that are due
 */
public record ResetRules(
    String frontendUrl, Duration life, int mailsPerHour, int waiting, Duration poll) {

  public static final String FRONTEND_URL = "FRONTEND_URL";
  public static final String LIFE_MINUTES = "USER_RESET_LIFE_MINUTES";
  public static final String MAILS_PER_HOUR = "USER_RESET_MAILS_PER_HOUR";
  public static final String WAITING = "USER_RESET_WAITING";
  public static final String POLL_MILLIS = "USER_RESET_POLL_MILLIS";

  private static final String PAGE = "/reset-password";

  public static ResetRules from(Settings settings) {
    return new ResetRules(
        settings.webAddress(FRONTEND_URL, "http://localhost:3001"),
        Duration.ofMinutes(settings.number(LIFE_MINUTES, 60, 5, 1440)),
        settings.number(MAILS_PER_HOUR, 3, 1, 100),
        settings.number(WAITING, 10_000, 1, 1_000_000),
        settings.millis(POLL_MILLIS, 2000, 100, 60_000));
  }

  /**
   * The page on which a token is used. It stands behind the hash, so that no server, log or other
   * page gets to see it.
   */
  String link(String token) {
    return frontendUrl + PAGE + "#token=" + token;
  }
}
