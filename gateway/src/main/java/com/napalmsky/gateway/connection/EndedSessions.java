package com.napalmsky.gateway.connection;

import it.unimi.dsi.fastutil.objects.ObjectLinkedOpenHashSet;
import java.util.List;
import java.util.UUID;

/**
 * The sessions that ended last. A token may have been found good just before its session ended,
 * while its socket was not yet known here.
 */
final class EndedSessions {

  private static final int MOST = 1_000;

  private final ObjectLinkedOpenHashSet<UUID> sessions = new ObjectLinkedOpenHashSet<>();

  void add(List<UUID> sessionIds) {
    for (UUID sessionId : sessionIds) {
      if (sessions.size() == MOST) {
        sessions.removeFirst();
      }
      sessions.add(sessionId);
    }
  }

  boolean contains(UUID sessionId) {
    return sessions.contains(sessionId);
  }
}
