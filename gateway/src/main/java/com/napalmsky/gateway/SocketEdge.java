package com.napalmsky.gateway;

import com.napalmsky.gateway.auth.Authenticator;
import com.napalmsky.gateway.http.Origins;
import com.napalmsky.gateway.http.health.SocketLoad;
import com.napalmsky.gateway.ipban.BannedAddresses;
import com.napalmsky.gateway.limits.ClientAddress;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.meter.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * The socket half of one event loop of the gateway. Except for {@link #load()} and {@link
 * #addressesBanned()}, every method is called on that loop.
 */
public interface SocketEdge {

  /** Requests whose path begins so belong to it. */
  String PATH = "/socket.io/";

  /** Adds what it needs to the server before that listens. */
  void prepare(HttpServer server);

  /**
   * A request for {@link #PATH}, untouched: nothing was read of it and no header was set on its
   * answer.
   */
  void handle(HttpServerRequest request);

  /** What this loop holds now. Safe from any context. */
  SocketLoad load();

  /** Ends the sockets of addresses that are banned now. Safe from any context. */
  void addressesBanned();

  /** Ends all sockets; the server takes no new ones meanwhile. */
  Future<Void> close();

  /** Opens the socket half of each loop. */
  @FunctionalInterface
  interface Factory {

    /**
     * Called on the loop itself.
     *
     * @return succeeds when sockets can be served; the server listens only then
     */
    Future<SocketEdge> open(Loop loop);

    /** Size and bound of what the loops keep in common, by name. Safe from any context. */
    default Map<String, String> details() {
      return Map.of();
    }

    /** Names what is counted; each loop that is opened afterwards is counted with the others. */
    default void meter(Meters meters) {}

    /**
     * How many sockets of all loops have ended for a reason since the start. Safe from any context.
     */
    default long closed(CloseReason reason) {
      return 0;
    }
  }

  /**
   * What a socket half gets from the gateway.
   *
   * @param bus this loop's own; closed after the socket half
   * @param sessions shared by all loops of the process
   * @param banned likewise; requests of these addresses do not get here
   */
  record Loop(
      Vertx vertx,
      TypedBus bus,
      Authenticator sessions,
      ClientAddress addresses,
      Origins origins,
      BannedAddresses banned) {}
}
