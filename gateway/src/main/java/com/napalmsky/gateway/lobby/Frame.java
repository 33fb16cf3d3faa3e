package com.napalmsky.gateway.lobby;

import com.napalmsky.gateway.event.GatewayEvents;
import com.napalmsky.gateway.event.WireEvent;
import com.napalmsky.gateway.socketio.Broadcast;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code lobby:delta} says: one change, and all that the frame before it says. Seats that
 * are told the same changes one after the other come to hold the same frame, which is made and
 * compressed once for all of them.
 *
 * <p>Confined to one event loop.
 */
final class Frame {

  private record Said(UUID person, Change change, Frame before) {}

  private final @Nullable Said said;

  /** The frame that was asked for last: one change is told to all its viewers in a row. */
  private @Nullable Frame next;

  private @Nullable Broadcast broadcast;

  /** A frame that says nothing. */
  Frame() {
    this(null);
  }

  private Frame(@Nullable Said said) {
    this.said = said;
  }

  /** The frame that says this as well. */
  Frame and(UUID person, Change change) {
    Frame known = next;
    if (known == null
        || known.said == null
        || known.said.change() != change
        || !known.said.person().equals(person)) {
      known = new Frame(new Said(person, change, this));
      next = known;
    }
    return known;
  }

  /** The same one for everybody who holds this frame. */
  Broadcast broadcast() {
    Broadcast made = broadcast;
    if (made == null) {
      WireEvent event = event();
      made = new Broadcast(event.name(), event.payload());
      broadcast = made;
    }
    return made;
  }

  private WireEvent event() {
    List<UUID> add = new ArrayList<>(1);
    List<UUID> remove = new ArrayList<>(1);
    List<UUID> offline = new ArrayList<>(1);
    for (Said last = said; last != null; last = last.before().said) {
      switch (last.change()) {
        case AVAILABLE -> add.add(last.person());
        case UNAVAILABLE -> remove.add(last.person());
        case OFFLINE -> offline.add(last.person());
      }
    }
    Collections.reverse(add);
    Collections.reverse(remove);
    Collections.reverse(offline);
    return GatewayEvents.lobbyDelta(add, remove, offline);
  }
}
