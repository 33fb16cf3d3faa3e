package com.napalmsky.shared.runtime.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether this process was left with the smaller side of a cut: more others have vanished
 * within half a minute than are left, and they did not say that they would go. Both sides of an
 * even cut go on.
 *
 * <p>As large as the cluster. Not safe for several threads.
 */
final class Sides {

  /** Who was lost longer ago than that was not lost by the same cut. */
  private static final Duration AT_ONCE = Duration.ofSeconds(30);

  private final Set<String> known = new HashSet<>();
  private final Set<String> going = new HashSet<>();
  private final Map<String, Instant> lost = new HashMap<>();

  /** Somebody will be gone, and that means nothing. */
  void leaving(String node) {
    lost.remove(node);
    if (known.contains(node)) {
      going.add(node);
    }
  }

  /**
   * Compares those who are there with those who were.
   *
   * @param present names of all processes, this one included
   */
  boolean isSmaller(List<String> present, Instant now) {
    lost.keySet().removeAll(present);
    for (String node : known) {
      if (!present.contains(node) && !going.remove(node)) {
        lost.putIfAbsent(node, now);
      }
    }
    known.clear();
    known.addAll(present);
    if (lost.size() > present.size()) {
      // Nobody is forgotten as long as the cut lasts.
      return true;
    }
    lost.values().removeIf(since -> Duration.between(since, now).compareTo(AT_ONCE) > 0);
    return false;
  }
}
