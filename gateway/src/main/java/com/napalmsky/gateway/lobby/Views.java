package com.napalmsky.gateway.lobby;

import java.util.List;
import java.util.UUID;

/**
 * Tells the viewer's lobby socket, wherever it is, whom the viewer was shown. Safe from any
 * context.
 */
@FunctionalInterface
public interface Views {

  /**
   * Replaces the viewer's view. Does nothing for a viewer without a lobby socket.
   *
   * @param people as answered by {@code GET /room/queue}, in order
   * @param hidden of whom the viewer is never told
   */
  void show(UUID viewerId, List<UUID> people, List<UUID> hidden);
}
