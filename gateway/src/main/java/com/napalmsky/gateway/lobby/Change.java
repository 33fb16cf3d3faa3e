package com.napalmsky.gateway.lobby;

import com.napalmsky.gateway.event.GatewayEvents;
import com.napalmsky.gateway.event.WireEvent;
import com.napalmsky.gateway.socketio.Broadcast;
import com.napalmsky.shared.contract.presence.PresenceState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a viewer is told of somebody. */
enum Change {
  /** He can be invited. */
  AVAILABLE,
  /** He cannot be invited any more; whether he comes back is open. */
  UNAVAILABLE,
  /** He is gone. */
  OFFLINE;

  /** What viewers tell apart. */
  enum Standing {
    AVAILABLE,
    HIDDEN,
    OFFLINE;

    static Standing of(PresenceState state) {
      return switch (state) {
        case AVAILABLE -> AVAILABLE;
        case OFFLINE -> OFFLINE;
        case ONLINE, IN_CALL, GRACE -> HIDDEN;
      };
    }
  }

  /** What a change is to a viewer; null when he would see no difference. */
  static @Nullable Change between(Standing before, Standing after) {
    if (before == after) {
      return null;
    }
    return switch (after) {
      case AVAILABLE -> AVAILABLE;
      // Somebody who was offline and only comes online is nobody's to invite.
      case HIDDEN -> before == Standing.AVAILABLE ? UNAVAILABLE : null;
      case OFFLINE -> OFFLINE;
    };
  }

  /** The event for clients that know no deltas. */
  Broadcast broadcast(UUID person) {
    WireEvent event =
        this == OFFLINE
            ? GatewayEvents.wentOffline(person)
            : GatewayEvents.queueUpdate(person, this == AVAILABLE);
    return new Broadcast(event.name(), event.payload());
  }
}
