package com.napalmsky.gateway.socketio;

import com.napalmsky.gateway.engineio.EngineConfig;
import com.napalmsky.gateway.engineio.EngineHandler;
import com.napalmsky.gateway.engineio.EngineLoops;
import com.napalmsky.gateway.engineio.EngineMeter;
import com.napalmsky.gateway.engineio.EngineServer;
import com.napalmsky.gateway.engineio.EngineSession;
import com.napalmsky.gateway.engineio.Fixtures;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the official protocol suites talk to: {@code /engine.io/} sends every message back, and
 * {@code /socket.io/} does what the Socket.IO suite expects of a server.
 */
public final class EchoServer extends VerticleBase {

  private final EngineConfig config;
  private final EngineLoops loops;
  private final EngineMeter meter;
  private final int port;
  private HttpServer server;
  private EngineServer engine;
  private SocketIoServer sockets;

  public EchoServer(EngineConfig config, EngineLoops loops, EngineMeter meter, int port) {
    this.config = config;
    this.loops = loops;
    this.meter = meter;
    this.port = port;
  }

  /**
   * @param arguments the port, 3000 by default
   */
  public static void main(String[] arguments) {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3000;
    Vertx vertx = Vertx.vertx();
    vertx
        .deployVerticle(new EchoServer(suiteConfig(), new EngineLoops(), new EngineMeter(), port))
        .onComplete(
            deployed -> System.out.println("echoes on port " + port),
            failed -> {
              failed.printStackTrace();
              System.exit(1);
            });
  }

  /** The times that the suites have built in. */
  public static EngineConfig suiteConfig() {
    return new EngineConfig(
        Duration.ofMillis(300),
        Duration.ofMillis(200),
        1_000_000,
        33_554_432,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        262_144,
        65_536,
        Duration.ofSeconds(10),
        1_024,
        6,
        32,
        0);
  }

  @Override
  public Future<?> start() {
    Timers timers = Timers.of(vertx);
    engine =
        new EngineServer(
            vertx,
            config,
            new EngineEcho(),
            timers,
            loops,
            Fixtures.OPEN,
            meter,
            Fixtures.ANY_ORIGIN);
    sockets =
        new SocketIoServer(
            vertx,
            config,
            new SocketEcho(),
            timers,
            loops,
            Fixtures.OPEN,
            meter,
            Fixtures.ANY_ORIGIN,
            Set.of("/", "/custom"));
    server = vertx.createHttpServer(new HttpServerOptions().setReuseAddress(true));
    sockets.prepare(server);
    return server.requestHandler(this::route).listen(port, "127.0.0.1");
  }

  @Override
  public Future<?> stop() {
    return Future.join(engine.close(CloseReason.SHUTDOWN), sockets.close(CloseReason.SHUTDOWN));
  }

  public int port() {
    return server.actualPort();
  }

  private void route(HttpServerRequest request) {
    if (request.path().startsWith("/engine.io/")) {
      engine.handle(request);
    } else if (request.path().startsWith("/socket.io/")) {
      sockets.handle(request);
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  private static final class EngineEcho implements EngineHandler {

    @Override
    public void onOpen(EngineSession session) {}

    @Override
    public void onText(EngineSession session, String message) {
      session.send(message);
    }

    @Override
    public void onBinary(EngineSession session, Buffer message) {
      session.send(message);
    }

    @Override
    public void onClose(EngineSession session, CloseReason reason) {}
  }

  private static final class SocketEcho implements SocketHandler {

    @Override
    public Future<Decision> onConnect(Socket socket, @Nullable Previous previous) {
      socket.attach(((ClientSocket) socket).auth());
      return Future.succeededFuture(new Decision.Accept());
    }

    @Override
    public void onConnected(Socket socket) {
      socket.emit("auth", socket.attachment().toString());
    }

    @Override
    public void onEvent(Socket socket, String event, JsonArray arguments, @Nullable Ack ack) {
      if (event.equals("message")) {
        ((ClientSocket) socket).emitAll("message-back", arguments);
      } else if (event.equals("message-with-ack") && ack instanceof EventAck answer) {
        answer.replyAll(arguments);
      }
    }

    @Override
    public void onClose(Socket socket, CloseReason reason) {}
  }
}
