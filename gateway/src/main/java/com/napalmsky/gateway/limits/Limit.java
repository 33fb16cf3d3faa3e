package com.napalmsky.gateway.limits;

import java.time.Duration;

/** Every limit on HTTP requests. The text in {@link #id} is fit for logs and metrics. */
public enum Limit {
  /** {@code /auth/*}: refused attempts, by address and by account. */
  AUTH_FAILURES(
      "auth-failures", "GATEWAY_LIMIT_AUTH_FAILURES", 6, Duration.ofMinutes(10), Counts.FAILURES),
  /** {@code POST /auth/guest}: new accounts, by address. */
  GUESTS("guests", "GATEWAY_GUESTS_PER_HOUR", 10, Duration.ofHours(1), Counts.SUCCESSES),
  /** {@code POST /auth/password/reset-request}: what was taken up, by address and by account. */
  RESETS("resets", "GATEWAY_LIMIT_RESETS_PER_HOUR", 10, Duration.ofHours(1), Counts.SUCCESSES),
  /** {@code POST /report/user}, by user. */
  REPORT("report", "GATEWAY_LIMIT_REPORT_PER_HOUR", 10, Duration.ofHours(1), Counts.ALL),
  /** {@code /room/*}, {@code /user/*}, {@code /referral/*} and most else, by user. */
  API("api", "GATEWAY_LIMIT_API_PER_MINUTE", 300, Duration.ofMinutes(1), Counts.ALL),
  /** {@code GET /user/me/export}, by user. */
  EXPORTS("exports", "GATEWAY_LIMIT_EXPORTS_PER_DAY", 5, Duration.ofDays(1), Counts.ALL),
  /** {@code /payment/*}, by user. */
  PAYMENT("payment", "GATEWAY_LIMIT_PAYMENT_PER_HOUR", 60, Duration.ofHours(1), Counts.ALL),
  /**
   * {@code POST /payment/apply-code} and {@code /payment/validate-code}: wrong codes, by address
   * and, where somebody has signed in, by user as well.
   */
  CODE_GUESSES(
      "code-guesses",
      "GATEWAY_LIMIT_CODE_GUESSES_PER_HOUR",
      5,
      Duration.ofHours(1),
      Counts.GUESSES),
  /** What anybody may ask of {@code /payment/*} and {@code /report/*}, by address. */
  VISITORS("visitors", "GATEWAY_LIMIT_VISITORS_PER_MINUTE", 120, Duration.ofMinutes(1), Counts.ALL),
  /** {@code /turn/*}, by user. */
  TURN("turn", "GATEWAY_LIMIT_TURN_PER_HOUR", 30, Duration.ofHours(1), Counts.ALL),
  /**
   * Of no route: refusals on admins' routes that are written down, by address. The log keeps
   * everything, and strangers must not fill it.
   */
  REFUSALS("refusals", "GATEWAY_LIMIT_REFUSALS_PER_HOUR", 20, Duration.ofHours(1), Counts.ALL),
  /** The same, of all addresses together. */
  ALL_REFUSALS(
      "all-refusals", "GATEWAY_LIMIT_ALL_REFUSALS_PER_HOUR", 200, Duration.ofHours(1), Counts.ALL);

  /** Which requests use a limit up. */
  public enum Counts {
    ALL,
    /** Those answered with a status from 400 to 499. */
    FAILURES,
    /** Those answered with a status below 400. */
    SUCCESSES,
    /** Those whose answer says that they were a wrong guess. */
    GUESSES
  }

  private final String id;
  private final String setting;
  private final int byDefault;
  private final Duration window;
  private final Counts counts;

  Limit(String id, String setting, int byDefault, Duration window, Counts counts) {
    this.id = id;
    this.setting = setting;
    this.byDefault = byDefault;
    this.window = window;
    this.counts = counts;
  }

  /** The name of the limit in logs, metrics and health. */
  public String id() {
    return id;
  }

  /** The environment variable that replaces the default; 0 there means no limit. */
  public String setting() {
    return setting;
  }

  /** How many requests fit into a window unless the setting says otherwise. */
  public int byDefault() {
    return byDefault;
  }

  /** The window begins with the first request counted in it. */
  public Duration window() {
    return window;
  }

  /** Which requests use the limit up. */
  public Counts counts() {
    return counts;
  }
}
