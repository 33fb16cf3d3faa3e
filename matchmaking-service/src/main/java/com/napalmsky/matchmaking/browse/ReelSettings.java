package com.napalmsky.matchmaking.browse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * @param cursorLife how long a cursor is believed after it was issued
 * @param cursorSecret proves that a cursor is ours, the same on all instances; null for one that
 *     this instance makes up, which is enough when there is no other
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
