package com.napalmsky.user.introduction;

import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * The limits of introductions.
 *
 * @param linkLife how long a link leads anywhere; at least a day, since the links of a day are
 *     counted among those that are kept
 * @param linksPerDay how many links one user makes in 24 hours
 * @param most length of each list
 */
public record IntroductionRules(Duration linkLife, int linksPerDay, int most) {

  public static final String LINK_DAYS = "USER_INTRODUCTION_LINK_DAYS";
  public static final String LINKS_PER_DAY = "USER_INTRODUCTION_LINKS_PER_DAY";
  public static final String MOST = "USER_INTRODUCTION_LIST_MAX";

  public static IntroductionRules from(Settings settings) {
    return new IntroductionRules(
        Duration.ofDays(settings.number(LINK_DAYS, 30, 1, 3650)),
        settings.number(LINKS_PER_DAY, 20, 1, 10_000),
        settings.number(MOST, 100, 1, 1000));
  }
}
