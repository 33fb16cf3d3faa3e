package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.connection.Connection.State;
import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.event.GatewayEvents;
import com.napalmsky.gateway.event.WireEvent;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.IntroductionContract.GetNotifications;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.IntroductionContract.Notifications;
import com.napalmsky.shared.runtime.Timers;
import it.unimi.dsi.fastutil.objects.ReferenceLinkedOpenHashSet;
import java.time.Duration;
import java.util.List;
import java.util.ListIterator;

/**
 * Tells users of the people who were introduced to them: when it happens, on each socket, and when
 * a socket signs in, whatever its user has not read.
 *
 * <p>After a restart everybody signs in at once, and nearly nobody has anything to read: only a few
 * look-ups are under way, so that they never stand in the way of what lets people in. A socket
 * waits once however often it signs in, so as many wait as there are sockets at most.
 */
final class Introductions {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Bus bus;
  private final Timers timers;
  private final int mostLookUps;
  private final Connections connections;
  private final ConnectionCounters counters;
  private final ReferenceLinkedOpenHashSet<Connection> waiting = new ReferenceLinkedOpenHashSet<>();
  private int lookUps;
  private boolean paused;
  private boolean beginning;

  Introductions(
      Bus bus,
      Timers timers,
      int mostLookUps,
      Connections connections,
      ConnectionCounters counters) {
    this.bus = bus;
    this.timers = timers;
    this.mostLookUps = mostLookUps;
    this.connections = connections;
    this.counters = counters;
  }

  /** Sends what the user has not read, as soon as it is known. */
  void signedIn(Connection connection) {
    waiting.add(connection);
    begin();
  }

  /** Sends what has just come into being. */
  void notified(Notification notification) {
    WireEvent event = GatewayEvents.introduction(notification);
    for (Connection connection : connections.ofUser(notification.forUserId())) {
      emit(connection, event);
    }
  }

  void gone(Connection connection) {
    waiting.remove(connection);
  }

  /** How many sockets wait to be told. */
  int waiting() {
    return waiting.size();
  }

  private void begin() {
    // What fails at once must not begin the next from within itself: thousands may wait.
    if (beginning) {
      return;
    }
    beginning = true;
    try {
      while (!paused && lookUps < mostLookUps && !waiting.isEmpty()) {
        lookUp(waiting.removeFirst());
      }
    } finally {
      beginning = false;
    }
  }

  private void lookUp(Connection connection) {
    if (connection.state != State.SIGNED_IN) {
      return;
    }
    lookUps++;
    bus.request(
            IntroductionContract.GET_NOTIFICATIONS,
            new GetNotifications(connection.user().userId(), true))
        .onComplete(
            found -> {
              lookUps--;
              tell(connection, found);
              begin();
            },
            cause -> {
              lookUps--;
              failed(connection, cause);
              begin();
            });
  }

  private static void tell(Connection connection, Notifications found) {
    // The client shows the last one it gets, which should be the newest.
    List<Notification> newestFirst = found.notifications();
    ListIterator<Notification> oldestFirst = newestFirst.listIterator(newestFirst.size());
    while (oldestFirst.hasPrevious()) {
      emit(connection, GatewayEvents.introduction(oldestFirst.previous()));
    }
  }

  private static void emit(Connection connection, WireEvent event) {
    if (connection.state == State.SIGNED_IN) {
      connection.emit(event);
    }
  }

  private void failed(Connection connection, Throwable cause) {
    counters.count(Count.SERVICE_FAILED);
    boolean later = cause instanceof ServiceFailure failure && failure.code().retryable();
    if (!later || connection.state != State.SIGNED_IN) {
      return;
    }
    waiting.add(connection);
    if (!paused) {
      paused = true;
      var unused =
          timers.after(
              PAUSE,
              () -> {
                paused = false;
                begin();
              });
    }
  }
}
