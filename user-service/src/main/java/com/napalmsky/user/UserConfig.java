package com.napalmsky.user;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.account.AccessMode;
import com.napalmsky.user.admin.AdminRules;
import com.napalmsky.user.call.CallRules;
import com.napalmsky.user.credential.PasswordRules;
import com.napalmsky.user.database.DatabaseConfig;
import com.napalmsky.user.export.ExportRules;
import com.napalmsky.user.introduction.IntroductionRules;
import com.napalmsky.user.mail.MailConfig;
import com.napalmsky.user.media.MediaRules;
import com.napalmsky.user.overlay.Overlays;
import com.napalmsky.user.payment.PaymentConfig;
import com.napalmsky.user.reset.ResetRules;
import com.napalmsky.user.retention.SweepRules;
import com.napalmsky.user.session.SessionRules;

/**
 * What this service can be told. No secret appears in its text.
 *
 * @param overlayMost length of each list of a viewer's overlay
 * @param instances verticles; all share one pool and one set of password workers
 */
public record UserConfig(
    DatabaseConfig database,
    AccessMode accessMode,
    SessionRules sessions,
    PasswordRules passwords,
    ResetRules resets,
    MailConfig mail,
    CallRules calls,
    AdminRules admins,
    PaymentConfig payments,
    IntroductionRules introductions,
    MediaRules media,
    ExportRules exports,
    int overlayMost,
    ModerationRules moderation,
    SweepRules sweep,
    int instances) {

  /** Begins each setting that is this service's alone. */
  public static final String PREFIX = "USER_";

  public static final String INSTANCES = "USER_INSTANCES";

  public UserConfig {
    if (overlayMost < 1) {
      throw new InvalidSetting(Overlays.MOST, "must be at least 1");
    }
    if (instances < 1) {
      throw new InvalidSetting(INSTANCES, "must be at least 1");
    }
  }

  /**
   * Reads the settings and refuses those with our prefix that are none.
   *
   * @throws InvalidSetting when one cannot be used
   */
  public static UserConfig from(Settings settings) {
    UserConfig config =
        new UserConfig(
            DatabaseConfig.from(settings),
            AccessMode.from(settings),
            SessionRules.from(settings),
            PasswordRules.from(settings),
            ResetRules.from(settings),
            MailConfig.from(settings),
            CallRules.from(settings),
            AdminRules.from(settings),
            PaymentConfig.from(settings),
            IntroductionRules.from(settings),
            MediaRules.from(settings),
            ExportRules.from(settings),
            settings.number(Overlays.MOST, 5000, 1, 100_000),
            ModerationRules.from(settings),
            SweepRules.from(settings),
            settings.number(INSTANCES, 1, 1, 64));
    settings.refuseUnknown(PREFIX);
    return config;
  }
}
