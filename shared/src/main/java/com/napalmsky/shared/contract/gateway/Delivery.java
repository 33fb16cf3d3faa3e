package com.napalmsky.shared.contract.gateway;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Locate;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The services' way to a user's sockets: where they are is asked of presence-service at the moment
 * of sending, since a client may have reconnected elsewhere.
 *
 * <p>Safe from any context. Nothing is retried: an event for a socket that is gone is the
 * receiver's to ask for again.
 */
public final class Delivery {

  private final Bus bus;

  public Delivery(Bus bus) {
    this.bus = bus;
  }

  /**
   * Sends to the socket that speaks for the user: the one in a call, else the one that last joined
   * the queue, else the one that last authenticated.
   *
   * @return whether a socket took it; fails when it could not be found out
   */
  public Future<Boolean> toPrimary(UUID userId, ClientEvent event) {
    return locate(userId)
        .compose(
            location ->
                location.primary() == null
                    ? Future.succeededFuture(false)
                    : toSocket(location.primary(), event));
  }

  /**
   * Sends to every socket of the user.
   *
   * @return whether at least one socket took it; fails when it could not be found out
   */
  public Future<Boolean> toAll(UUID userId, ClientEvent event) {
    return locate(userId)
        .compose(location -> toSockets(location.sockets(), new SocketOrder.Emit(event)));
  }

  /**
   * Sends to one socket.
   *
   * @return whether the socket took it; fails when its gateway gave no answer
   */
  public Future<Boolean> toSocket(SocketRef socket, ClientEvent event) {
    // Every relayed message goes this way: nothing is grouped for one socket.
    return toLoop(socket.loop(), List.of(socket.id()), new SocketOrder.Emit(event));
  }

  /**
   * Has an order carried out on some sockets.
   *
   * @return whether at least one socket took it; fails only when every gateway asked failed
   */
  public Future<Boolean> toSockets(Collection<SocketRef> sockets, SocketOrder order) {
    if (sockets.isEmpty()) {
      return Future.succeededFuture(false);
    }
    List<Future<Boolean>> deliveries =
        sockets.stream()
            .collect(
                Collectors.groupingBy(
                    SocketRef::loop, Collectors.mapping(SocketRef::id, Collectors.toList())))
            .entrySet()
            .stream()
            .map(loop -> toLoop(loop.getKey(), loop.getValue(), order))
            .toList();
    return Future.any(deliveries)
        .map(anyAnswered -> deliveries.stream().anyMatch(one -> one.succeeded() && one.result()));
  }

  private Future<Boolean> toLoop(String loop, List<Long> ids, SocketOrder order) {
    return bus.request(GatewayContract.DELIVER.at(loop), new Deliver(ids, order))
        .map(delivered -> delivered.absent().size() < ids.size());
  }

  /** Where a user is now. */
  Future<Location> locate(UUID userId) {
    return bus.request(PresenceContract.LOCATE, new Locate(List.of(userId)))
        .map(located -> located.locations().get(0));
  }
}
