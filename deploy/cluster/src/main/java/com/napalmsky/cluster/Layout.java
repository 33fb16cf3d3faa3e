package com.napalmsky.cluster;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many processes of each service there are.
 *
 * @param counts at least one of each
 */
public record Layout(Map<Kind, Integer> counts) {

  static final int MOST = 16;

  public Layout {
    Map<Kind, Integer> complete = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      int count = counts.getOrDefault(kind, 1);
      if (count < 1 || count > MOST) {
        throw new IllegalArgumentException(
            "--" + kind.text() + " must be from 1 to " + MOST + ", was " + count);
      }
      complete.put(kind, count);
    }
    counts = Map.copyOf(complete);
  }

  /** So many of a service. */
  public int count(Kind kind) {
    return counts.getOrDefault(kind, 1);
  }

  /** So many of each, but for user-service, of which there is one. */
  public static Layout ofEach(int count) {
    return new Layout(
        Map.of(
            Kind.PRESENCE, count,
            Kind.MATCHMAKING, count,
            Kind.SIGNALING, count,
            Kind.GATEWAY, count));
  }
}
