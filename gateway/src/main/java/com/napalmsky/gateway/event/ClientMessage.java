package com.napalmsky.gateway.event;

import com.napalmsky.shared.contract.signaling.CallAction;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client said, once its shape was checked. Who said it is not part of it. */
public sealed interface ClientMessage {

  /**
   * {@code auth}.
   *
   * @param token may be anything
   */
  record Auth(String token) implements ClientMessage {

    @Override
    public String toString() {
      return "Auth[]";
    }
  }

  /** {@code presence:join}, {@code presence:leave}, {@code queue:join}, {@code queue:leave}. */
  record Plain() implements ClientMessage {}

  /**
   * {@code call:invite}.
   *
   * @param toUserId null when the text is nobody's id
   * @param requestedSeconds null when it is no whole number
   */
  record Invite(@Nullable UUID toUserId, @Nullable Integer requestedSeconds)
      implements ClientMessage {}

  /**
   * {@code call:accept}.
   *
   * @param requestedSeconds null when it is no whole number
   */
  record Accept(UUID inviteId, @Nullable Integer requestedSeconds) implements ClientMessage {}

  /** {@code call:decline}. */
  record Decline(UUID inviteId) implements ClientMessage {}

  /** {@code call:extend-wait} and {@code call:rescind}. */
  record ToCallee(UUID toUserId) implements ClientMessage {}

  /**
   * Whatever is said in a call.
   *
   * @param action null when there is nothing to carry: a chat line of blanks
   */
  record InCall(UUID roomId, @Nullable CallAction action) implements ClientMessage {}
}
