package com.napalmsky.user.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names a person goes by elsewhere. */
public final class Socials {

  private static final List<String> KNOWN =
      List.of("instagram", "tiktok", "twitter", "snapchat", "discord");
  private static final int LONGEST = 64;

  private Socials() {}

  /** What may be kept: known keys with short, printable values; the rest is dropped. */
  public static Map<String, String> keep(Map<String, String> offered) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String key : KNOWN) {
      String value = offered.getOrDefault(key, "").trim();
      if (!value.isEmpty()
          && value.length() <= LONGEST
          && value.chars().noneMatch(Character::isISOControl)) {
        kept.put(key, value);
      }
    }
    return kept;
  }
}
