package com.napalmsky.gateway.socketio;

import com.napalmsky.gateway.engineio.Admission;
import com.napalmsky.gateway.engineio.CrossOrigin;
import com.napalmsky.gateway.engineio.EngineConfig;
import com.napalmsky.gateway.engineio.EngineHandler;
import com.napalmsky.gateway.engineio.EngineLoops;
import com.napalmsky.gateway.engineio.EngineMeter;
import com.napalmsky.gateway.engineio.EngineServer;
import com.napalmsky.gateway.engineio.EngineSession;
import com.napalmsky.gateway.socketio.SocketHandler.Decision;
import com.napalmsky.gateway.socketio.SocketHandler.Identity;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Socket.IO sockets of one event loop. One for each instance of the verticle that serves HTTP,
 * created in its {@code start}; all of a process share the {@link EngineLoops}, {@link Admission}
 * and {@link EngineMeter}.
 *
 * <p>Confined to the context that created it.
 */
public final class SocketIoServer {

  private static final Logger log = LoggerFactory.getLogger(SocketIoServer.class);
  private static final int ID_BYTES = 16;

  private final EngineConfig config;
  private final SocketHandler handler;
  private final Set<String> namespaces;
  private final PacketCodec codec;
  private final EngineServer engine;
  private final SecureRandom random = new SecureRandom();
  private long ids;

  /**
   * A server of the default namespace.
   *
   * @param vertx called on the context whose sockets these will be
   * @param handler called on that context only
   * @param timers of that context
   * @param crossOrigin asked for every polling request
   */
  public SocketIoServer(
      Vertx vertx,
      EngineConfig config,
      SocketHandler handler,
      Timers timers,
      EngineLoops loops,
      Admission admission,
      EngineMeter meter,
      CrossOrigin crossOrigin) {
    this(vertx, config, handler, timers, loops, admission, meter, crossOrigin, Set.of(Packet.MAIN));
  }

  /** A server of any namespaces, all with one handler. */
  SocketIoServer(
      Vertx vertx,
      EngineConfig config,
      SocketHandler handler,
      Timers timers,
      EngineLoops loops,
      Admission admission,
      EngineMeter meter,
      CrossOrigin crossOrigin,
      Set<String> namespaces) {
    this.config = config;
    this.handler = handler;
    this.namespaces = Set.copyOf(namespaces);
    this.codec = new PacketCodec(new BoundedJson(config.jsonDepth(), config.maxPayload()));
    this.engine =
        new EngineServer(
            vertx, config, new Sessions(), timers, loops, admission, meter, crossOrigin);
  }

  /** Readies the HTTP server; call it before {@code listen}. It sets the connection handler. */
  public void prepare(HttpServer server) {
    engine.prepare(server);
  }

  /**
   * Answers a request whose path begins with {@code /socket.io/}, polling or WebSocket. Must be
   * called in the turn in which the request arrived, before anybody reads its body.
   */
  public void handle(HttpServerRequest request) {
    engine.handle(request);
  }

  /** Engine.IO sessions that are open on this loop, connected to a namespace or not. */
  public int sessions() {
    return engine.sessions();
  }

  /** Bytes that wait for the clients of this loop. */
  public long waiting() {
    return engine.waiting();
  }

  /** Refuses new sessions from now on; those that are open go on. Safe from any context. */
  public void stopAdmitting() {
    engine.stopAdmitting();
  }

  /**
   * Refuses new sockets and ends all that are open; {@link SocketHandler#onClose} is called for
   * each of them.
   *
   * @return completes when every WebSocket is closed, within a few seconds
   */
  public Future<Void> close(CloseReason reason) {
    return engine.close(reason);
  }

  EngineConfig config() {
    return config;
  }

  PacketCodec codec() {
    return codec;
  }

  boolean serves(String namespace) {
    return namespaces.contains(namespace);
  }

  ClientSocket newSocket(
      EngineSession session, String namespace, Handshake handshake, JsonObject auth) {
    byte[] sid = new byte[ID_BYTES];
    random.nextBytes(sid);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(sid);
    return new ClientSocket(session, namespace, ++ids, text, handshake, auth);
  }

  // Nothing that the handler throws may reach the session, or another socket.

  Future<Decision> onConnect(ClientSocket socket, @Nullable Previous previous) {
    try {
      return handler
          .onConnect(socket, previous)
          .onFailure(cause -> log.warn("a connect was not decided", cause));
    } catch (RuntimeException bug) {
      log.error("the handler of a connect failed", bug);
      return Future.failedFuture(bug);
    }
  }

  Identity onAccept(ClientSocket socket) {
    try {
      return handler.onAccept(socket);
    } catch (RuntimeException bug) {
      log.error("the handler of an accepted connect failed", bug);
      return new Identity(socket.sid(), null);
    }
  }

  void onConnected(ClientSocket socket) {
    guarded("connected", () -> handler.onConnected(socket));
  }

  void onEvent(
      ClientSocket socket, String event, JsonArray arguments, SocketHandler.@Nullable Ack ack) {
    guarded("event", () -> handler.onEvent(socket, event, arguments, ack));
  }

  void onPing(ClientSocket socket) {
    guarded("ping", () -> handler.onPing(socket));
  }

  void onPong(ClientSocket socket) {
    guarded("pong", () -> handler.onPong(socket));
  }

  void onClose(ClientSocket socket, CloseReason reason) {
    guarded("close", () -> handler.onClose(socket, reason));
  }

  private static void guarded(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException bug) {
      log.error("a socket handler failed, on={}", what, bug);
    }
  }

  private static ClientConnection connection(EngineSession session) {
    if (session.attachment() instanceof ClientConnection connection) {
      return connection;
    }
    throw new IllegalStateException("a session without its connection");
  }

  private final class Sessions implements EngineHandler {

    @Override
    public void onOpen(EngineSession session) {
      session.attach(new ClientConnection(SocketIoServer.this, session));
    }

    @Override
    public void onText(EngineSession session, String message) {
      connection(session).onText(message);
    }

    @Override
    public void onBinary(EngineSession session, Buffer message) {
      connection(session).onBinary(message);
    }

    @Override
    public void onPing(EngineSession session) {
      connection(session).onPing();
    }

    @Override
    public void onPong(EngineSession session) {
      connection(session).onPong();
    }

    @Override
    public void onClose(EngineSession session, CloseReason reason) {
      connection(session).onClose(reason);
    }
  }
}
