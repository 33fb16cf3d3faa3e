package com.napalmsky.gateway.connection;

import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the sockets of an event loop go, evenly over some time, so that the gateways that take them
 * are not met by all of them at once: those who are in no call first, since whoever is in a call
 * has more to lose by a moment without signalling.
 *
 * <p>Each client comes back by its own back-off, to a gateway that still takes sockets, within its
 * grace. Confined to one event loop.
 */
final class Handover {

  static final Duration EVERY = Duration.ofMillis(200);

  private final Connections connections;
  private final Timers timers;
  private final Promise<Void> done = Promise.promise();
  private Instant end = Instant.MIN;

  Handover(Connections connections, Timers timers) {
    this.connections = connections;
    this.timers = timers;
  }

  /**
   * Begins; may be called once.
   *
   * @param over from the first to the last of them
   * @return succeeds when none is left
   */
  Future<Void> begin(Duration over) {
    end = timers.now().plus(over);
    step();
    return done.future();
  }

  private void step() {
    int sockets = connections.sockets();
    if (sockets == 0) {
      done.tryComplete();
      return;
    }
    long stepsLeft = Math.max(1, Duration.between(timers.now(), end).dividedBy(EVERY));
    close((int) ((sockets + stepsLeft - 1) / stepsLeft));
    var unused = timers.after(EVERY, this::step);
  }

  private void close(int count) {
    List<Connection> first = new ArrayList<>();
    List<Connection> last = new ArrayList<>();
    connections.forEach(connection -> (connection.inCall() ? last : first).add(connection));
    first.addAll(last);
    first.stream().limit(count).forEach(connection -> connection.close(CloseReason.SHUTDOWN));
  }
}
