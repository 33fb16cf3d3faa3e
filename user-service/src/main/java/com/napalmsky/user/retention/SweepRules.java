package com.napalmsky.user.retention;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * How what ran out is deleted.
 *
 * @param pause between two sweeps; zero for never
 * @param rows of one portion, which is one transaction
 * @param rest between two portions; zero for none
 * @param election how often an instance looks whether it is, or can be, the one that sweeps
 */
public record SweepRules(Duration pause, int rows, Duration rest, Duration election) {

  public static final String MINUTES = "USER_SWEEP_MINUTES";
  public static final String ROWS = "USER_SWEEP_ROWS";
  public static final String REST_MILLIS = "USER_SWEEP_REST_MILLIS";
  public static final String ELECTION_SECONDS = "USER_SWEEP_ELECTION_SECONDS";

  private static final int WEEK_MINUTES = 10_080;

  public SweepRules {
    if (pause.isNegative()) {
      throw new InvalidSetting(MINUTES, "must not be negative");
    }
    if (rows < 1) {
      throw new InvalidSetting(ROWS, "must be at least 1");
    }
    if (rest.isNegative()) {
      throw new InvalidSetting(REST_MILLIS, "must not be negative");
    }
    if (election.isNegative() || election.isZero()) {
      throw new InvalidSetting(ELECTION_SECONDS, "must be at least 1");
    }
  }

  public static SweepRules from(Settings settings) {
    return new SweepRules(
        Duration.ofMinutes(settings.number(MINUTES, 60, 0, WEEK_MINUTES)),
        settings.number(ROWS, 1_000, 1, 10_000),
        settings.millis(REST_MILLIS, 100, 0, 60_000),
        settings.seconds(ELECTION_SECONDS, 15, 1, 300));
  }
}
