package com.napalmsky.gateway;

import com.napalmsky.gateway.connection.ConnectionHandler;
import com.napalmsky.gateway.connection.ConnectionSizes;
import com.napalmsky.gateway.http.health.SocketLoad;
import com.napalmsky.gateway.socketio.SocketIoServer;
import com.napalmsky.shared.contract.gateway.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Executor;

/**
 * The sockets of one event loop.
 *
 * @param loop runs something on that event loop
 * @param limit how many the whole process admits
 */
record LoopSockets(SocketIoServer server, ConnectionHandler clients, Executor loop, int limit)
    implements SocketEdge {

  @Override
  public void prepare(HttpServer httpServer) {
    server.prepare(httpServer);
  }

  @Override
  public void handle(HttpServerRequest request) {
    server.handle(request);
  }

  @Override
  public SocketLoad load() {
    ConnectionSizes sizes = clients.sizes();
    return new SocketLoad(sizes.sockets(), sizes.users(), limit);
  }

  @Override
  public void addressesBanned() {
    loop.execute(clients::addressesBanned);
  }

  /** Has presence know every socket of the loop again. Safe from any context. */
  void startOver() {
    loop.execute(clients::startOver);
  }

  @Override
  public Future<Void> close() {
    return server.close(CloseReason.SHUTDOWN);
  }
}
