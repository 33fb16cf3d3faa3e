package com.napalmsky.presence.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The leases of gateways, and whose sockets each of them holds, in the memory of one process.
 * Confined to one context; bounded by the users who have a socket, and by a gateway for each lease.
 */
final class Leases {

  private static final class Held {
    // What was ended before its time comes first.
    static final Comparator<Map.Entry<String, Held>> IN_ORDER =
        Comparator.comparing((Map.Entry<String, Held> each) -> !each.getValue().endedEarly)
            .thenComparing(
                (one, other) ->
                    one.getValue().endedEarly
                        ? other.getValue().end.compareTo(one.getValue().end)
                        : one.getValue().end.compareTo(other.getValue().end))
            .thenComparing(Map.Entry::getKey);

    Instant end = Instant.MAX;
    boolean endedEarly;
    @Nullable String id;
    final TreeSet<UUID> users = new TreeSet<>(MemoryPresenceStore.BY_TEXT);
  }

  private final Duration length;
  private final Map<String, Held> gateways = new HashMap<>();

  /**
   * @param length how long a lease lasts that is not renewed
   */
  Leases(Duration length) {
    this.length = length;
  }

  /** Renews a lease, or begins one; returns its id. */
  String renew(String gateway, Instant now) {
    Held held = gateways.computeIfAbsent(gateway, unknown -> new Held());
    held.end = now.plus(length);
    held.endedEarly = false;
    if (held.id == null) {
      held.id = UUID.randomUUID().toString();
    }
    return held.id;
  }

  /** Begins a lease that nobody has asked for, unless there is one. */
  void begin(String gateway, Instant now) {
    Held held = gateways.computeIfAbsent(gateway, unknown -> new Held());
    if (held.end.equals(Instant.MAX)) {
      held.end = now.plus(length);
    }
  }

  void end(String gateway, Instant now) {
    Held held = gateways.get(gateway);
    if (held != null && held.end.isAfter(now) && !held.end.equals(Instant.MAX)) {
      held.endedEarly = true;
    }
  }

  /** When the lease was renewed last, or began. */
  Instant lastSeen(String gateway) {
    Held held = gateways.get(gateway);
    if (held == null) {
      throw new IllegalArgumentException("no lease of " + gateway);
    }
    return held.end.minus(length);
  }

  /** The user has a socket there. */
  void hold(String gateway, UUID userId) {
    gateways.computeIfAbsent(gateway, unknown -> new Held()).users.add(userId);
  }

  /** The user has no socket there any more. */
  void letGo(String gateway, UUID userId) {
    Held held = gateways.get(gateway);
    if (held != null) {
      held.users.remove(userId);
    }
  }

  /** The gateway whose lease ended first, or null; a renewal from now on begins another lease. */
  @Nullable String ended(Instant now) {
    String first =
        gateways.entrySet().stream()
            .filter(each -> each.getValue().endedEarly || !each.getValue().end.isAfter(now))
            .min(Held.IN_ORDER)
            .map(Map.Entry::getKey)
            .orElse(null);
    Held held = first == null ? null : gateways.get(first);
    if (held != null) {
      held.id = null;
    }
    return first;
  }

  /** Those who have a socket there, in order, beginning after the one given. */
  List<UUID> held(String gateway, @Nullable UUID after, int atMost) {
    Held held = gateways.get(gateway);
    if (held == null) {
      return List.of();
    }
    return (after == null ? held.users : held.users.tailSet(after, false))
        .stream().limit(atMost).toList();
  }

  /** One of those who have a socket there, or null when there are none: the lease is forgotten. */
  @Nullable UUID anyHeld(String gateway) {
    Held held = gateways.get(gateway);
    if (held == null || held.users.isEmpty()) {
      gateways.remove(gateway);
      return null;
    }
    return held.users.first();
  }
}
