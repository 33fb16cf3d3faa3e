package com.napalmsky.user.report;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * What reports need and bring about.
 *
 * @param callAge how long ago the two may have shared a call
 * @param reportersToBan how many reporters of full weight ban somebody; at least 1
 * @param banLength of a ban by reports; zero for until somebody decides
 * @param retention how long a report is kept, and the addresses of who was banned
 */
public record ReportRules(
    Duration callAge, int reportersToBan, Duration banLength, Duration retention) {

  public static final String CALL_DAYS = "USER_REPORT_CALL_DAYS";
  public static final String REPORTERS_TO_BAN = "USER_REPORTERS_TO_BAN";
  public static final String BAN_HOURS = "USER_REPORT_BAN_HOURS";
  public static final String RETENTION_DAYS = "REPORT_RETENTION_DAYS";

  private static final int YEAR_HOURS = 8_760;
  private static final int MOST_DAYS = 3_650;

  public ReportRules {
    if (reportersToBan < 1) {
      throw new InvalidSetting(REPORTERS_TO_BAN, "must be at least 1");
    }
    if (banLength.isNegative()) {
      throw new InvalidSetting(BAN_HOURS, "must not be negative");
    }
  }

  public static ReportRules from(Settings settings) {
    return new ReportRules(
        Duration.ofDays(settings.number(CALL_DAYS, 7, 1, MOST_DAYS)),
        settings.number(REPORTERS_TO_BAN, 4, 1, 1_000),
        Duration.ofHours(settings.number(BAN_HOURS, 0, 0, YEAR_HOURS)),
        Duration.ofDays(settings.number(RETENTION_DAYS, 180, 1, MOST_DAYS)));
  }
}
