package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a call wants done outside, in this order. */
sealed interface Effect {

  /** Send to a member's socket; what does not arrive comes back by {@link Call#undelivered}. */
  record Send(Side to, SocketRef socket, Posted posted) implements Effect {}

  /** Find out whether a socket is still there; a client that does not answer loses it. */
  record Probe(Side side, SocketRef socket) implements Effect {}

  /** Release the members and store the call; answered by {@link Call#farewell}. */
  record Finish(RecordCall call) implements Effect {}

  /**
   * Tell a member of the end.
   *
   * @param socket tried first, or null; what it does not take goes to the user's primary socket
   */
  record Tell(UUID userId, @Nullable SocketRef socket, List<ClientEvent> events)
      implements Effect {}

  /** Answer a socket that asked for the end. */
  record Answer(SocketRef socket, ClientEvent event) implements Effect {}

  /** Count how the two reach each other. */
  record CountPath(boolean relayed) implements Effect {}

  /**
   * Count how far the call came.
   *
   * @param took from its start until talk began, or null when it never did
   */
  record CountSetUp(boolean joined, boolean offered, @Nullable Duration took) implements Effect {}

  /** Forget the call but for this. */
  record Bury(Tombstone tombstone) implements Effect {}
}
