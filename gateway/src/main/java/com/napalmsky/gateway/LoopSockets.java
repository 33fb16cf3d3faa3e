package com.napalmsky.gateway;

import com.napalmsky.gateway.connection.ConnectionHandler;
import com.napalmsky.gateway.connection.ConnectionSizes;
import com.napalmsky.gateway.http.health.SocketLoad;
import com.napalmsky.gateway.lobby.Lobby;
import com.napalmsky.gateway.socketio.SocketIoServer;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.runtime.meter.Sampled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The sockets of one event loop.
 *
 * @param name of {@link SocketRef#loop}
 * @param waiting bytes that wait for the clients
 * @param loop runs something on that event loop
 * @param limit how many the whole process admits
 */
record LoopSockets(
    String name,
    SocketIoServer server,
    ConnectionHandler clients,
    Lobby lobby,
    Sampled<Long> waiting,
    Executor loop,
    int limit)
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

  /** Has presence know those sockets that it could not be told of. Safe from any context. */
  void makeUp() {
    loop.execute(clients::makeUp);
  }

  /**
   * Those of the sockets, said to be of this loop, that it does not have. Safe from any context.
   */
  Future<List<SocketRef>> absent(List<SocketRef> sockets) {
    Promise<List<SocketRef>> found = Promise.promise();
    loop.execute(
        () ->
            found.complete(
                sockets.stream().filter(socket -> !clients.holds(socket.id())).toList()));
    return found.future();
  }

  /**
   * Takes no new sockets and lets those it has go, evenly over some time. Safe from any context.
   *
   * @return succeeds when none is left
   */
  Future<Void> drain(Duration over) {
    server.stopAdmitting();
    Promise<Void> gone = Promise.promise();
    loop.execute(() -> clients.handOver(over).onComplete(gone));
    return gone.future();
  }

  @Override
  public Future<Void> close() {
    waiting.stop();
    return server.close(CloseReason.SHUTDOWN);
  }
}
