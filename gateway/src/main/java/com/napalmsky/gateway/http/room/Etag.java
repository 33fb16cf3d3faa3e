package com.napalmsky.gateway.http.room;

import org.jspecify.annotations.Nullable;

/** Whether a client has the present version already. */
final class Etag {

  private Etag() {}

  /**
   * @param ifNoneMatch the header, or null
   * @param tag the present one, weak
   */
  static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String one : ifNoneMatch.split(",")) {
      String candidate = one.trim();
      // Weak comparison: a proxy that compresses may have dropped the mark.
      if (candidate.equals("*") || candidate.equals(tag) || ("W/" + candidate).equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
