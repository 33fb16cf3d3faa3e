package com.napalmsky.gateway.recovery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a socket was in when it was lost, as far as the gateway remembers it.
 *
 * @param inLobby whether it heard of changes in the lobby; what it looked at is not remembered
 */
public record Involvement(@Nullable Call call, @Nullable Invite invite, boolean inLobby) {

  /**
   * The last call.
   *
   * @param owner the signaling instance that holds it
   * @param over whether its client was sent the end
   */
  public record Call(UUID roomId, String owner, boolean over) {}

  /** An invite that the user sent and that was not answered. */
  public record Invite(UUID inviteId, UUID callee, Instant expiresAt) {}
}
