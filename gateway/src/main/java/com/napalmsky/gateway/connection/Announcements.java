package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.connection.Connection.State;
import com.napalmsky.gateway.event.WireEvent;
import com.napalmsky.gateway.socketio.Broadcast;
import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells everybody who is signed in the same thing. In portions: thousands of writes in one go would
 * hold up every call on this loop. Confined to its event loop.
 */
final class Announcements {

  private static final int PORTION = 500;
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Connections connections;
  private final Timers timers;

  Announcements(Connections connections, Timers timers) {
    this.connections = connections;
    this.timers = timers;
  }

  /** Whoever signs in while this goes on finds it by asking. */
  void tell(WireEvent event) {
    List<Connection> everybody = new ArrayList<>(connections.sockets());
    connections.forEach(everybody::add);
    tell(everybody, 0, new Broadcast(event.name(), event.payload()));
  }

  private void tell(List<Connection> everybody, int from, Broadcast frame) {
    int to = Math.min(from + PORTION, everybody.size());
    for (Connection connection : everybody.subList(from, to)) {
      if (connection.state == State.SIGNED_IN) {
        connection.socket.emit(frame);
      }
    }
    if (to < everybody.size()) {
      var unused = timers.after(PAUSE, () -> tell(everybody, to, frame));
    }
  }
}
