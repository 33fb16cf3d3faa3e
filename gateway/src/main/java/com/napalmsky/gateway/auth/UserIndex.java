package com.napalmsky.gateway.auth;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which tokens belong to a user. Written only within an atomic step on the token's entry; a token
 * is never missing for a moment while its entry is replaced.
 */
final class UserIndex {

  private final ConcurrentMap<UUID, Map<String, SessionCache.Known>> tokens =
      new ConcurrentHashMap<>();

  void put(String hash, SessionCache.Known known) {
    tokens.merge(
        known.session().userId(),
        Map.of(hash, known),
        (old, one) -> {
          Map<String, SessionCache.Known> both = new HashMap<>(old);
          both.putAll(one);
          return Map.copyOf(both);
        });
  }

  /** Removes this very entry, never a later one of the same token. */
  void remove(String hash, SessionCache.Known known) {
    tokens.computeIfPresent(
        known.session().userId(),
        (user, old) -> {
          if (old.get(hash) != known) {
            return old;
          }
          Map<String, SessionCache.Known> rest = new HashMap<>(old);
          rest.remove(hash);
          return rest.isEmpty() ? null : Map.copyOf(rest);
        });
  }

  Set<String> tokensOf(UUID userId) {
    return tokens.getOrDefault(userId, Map.of()).keySet();
  }

  int users() {
    return tokens.size();
  }
}
