package com.napalmsky.gateway.delivery;

import com.napalmsky.gateway.connection.ConnectionHandler;
import com.napalmsky.gateway.event.ServiceEvents;
import com.napalmsky.gateway.event.WireEvent;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.GatewayContract.Delivered;
import com.napalmsky.shared.contract.gateway.SocketOrder;
import com.napalmsky.shared.contract.gateway.SocketOrder.Close;
import com.napalmsky.shared.contract.gateway.SocketOrder.Emit;
import com.napalmsky.shared.contract.gateway.SocketOrder.Probe;
import com.napalmsky.shared.contract.gateway.SocketOrder.Show;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Carries out {@link com.napalmsky.shared.contract.gateway.GatewayContract#DELIVER} for one event
 * loop. The payload of an event for several sockets is encoded once; each gets it in a packet of
 * its own, with its own offset.
 *
 * <p>Confined to that event loop.
 */
public final class LoopDelivery {

  private final ConnectionHandler sockets;

  /**
   * @param sockets of the same event loop
   */
  public LoopDelivery(ConnectionHandler sockets) {
    this.sockets = sockets;
  }

  /**
   * Carries an order out.
   *
   * @return the sockets that are not here, or do not take such an event any more
   */
  public Future<Delivered> deliver(Deliver order) {
    LongPredicate carryOut = of(order.order());
    List<Long> absent = new ArrayList<>(0);
    for (Long socket : order.sockets()) {
      if (!carryOut.test(socket)) {
        absent.add(socket);
      }
    }
    return Future.succeededFuture(new Delivered(absent));
  }

  private LongPredicate of(SocketOrder order) {
    if (order instanceof Emit emit) {
      WireEvent event = ServiceEvents.encode(emit.event());
      return socket -> sockets.deliver(socket, emit.event(), event);
    }
    if (order instanceof Close close) {
      return socket -> sockets.close(socket, close.reason());
    }
    if (order instanceof Show show) {
      return socket -> sockets.show(socket, show);
    }
    if (order instanceof Probe) {
      return sockets::probe;
    }
    throw new IllegalArgumentException("no such order: " + order.getClass().getName());
  }
}
