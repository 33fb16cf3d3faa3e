package com.napalmsky.matchmaking.browse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * @param cursorLife how long a cursor is believed after it was issued
 * @param cursorSecret proves that a cursor is ours, together with the epoch of presence, which is
 *     random, the same on all instances and told to no client; null for the epoch alone
 */
public record ReelSettings(Duration cursorLife, @Nullable String cursorSecret) {

  @Override
  public String toString() {
    return "ReelSettings[cursorLife="
        + cursorLife
        + ", cursorSecret="
        + (cursorSecret == null ? "unset" : "set")
        + "]";
  }
}
