package com.napalmsky.gateway.engineio;

import com.napalmsky.gateway.limits.ClientAddress;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Answers the Engine.IO requests that arrive on one event loop, which may be for sessions of
 * another one, and keeps the WebSockets that were accepted here.
 *
 * <p>Confined to the context that created it.
 */
public final class EngineServer {

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final EngineConfig config;
  private final EngineLoops loops;
  private final Admission admission;
  private final ClientAddress addresses;
  private final EngineMeter meter;
  private final CrossOrigin crossOrigin;
  private final EngineLoop loop;
  private final WebSocketUpgrade upgrade;
  private final EngineSessions sessions;
  private final UserAgents agents = new UserAgents();
  private final Promise<Void> closed = Promise.promise();
  private int channels;
  private boolean closing;
  private boolean admitting = true;

  /**
   * @param vertx called on the context whose sessions these will be
   * @param handler what the sessions are for
   * @param timers of the same context
   * @param loops of the process
   * @param meter of the process
   */
  public EngineServer(
      Vertx vertx,
      EngineConfig config,
      EngineHandler handler,
      Timers timers,
      EngineLoops loops,
      Admission admission,
      EngineMeter meter,
      CrossOrigin crossOrigin) {
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    this.config = config;
    this.loops = loops;
    this.admission = admission;
    this.addresses = new ClientAddress(config.trustedProxyHops());
    this.meter = meter;
    this.crossOrigin = crossOrigin;
    this.loop =
        new EngineLoop(
            config,
            meter,
            timers,
            context.nettyEventLoop(),
            action -> context.dispatch(nothing -> action.run()));
    this.upgrade = new WebSocketUpgrade(loop);
    this.sessions = loops.add(name -> new EngineSessions(name, loop, handler, admission));
  }

  /**
   * Takes what Vert.x adds to every connection for WebSockets of its own out again. Call it before
   * {@code listen}; it sets the server's connection handler. The server must not offer HTTP/2 in
   * the clear: what a client sends right behind its first request would go to the handler for that.
   */
  public void prepare(HttpServer server) {
    server.connectionHandler(WebSocketUpgrade::prepare);
  }

  /**
   * Answers a request, whatever it is. Must be called in the turn in which the request arrived,
   * before anybody reads its body.
   */
  public void handle(HttpServerRequest request) {
    boolean webSocket = WebSocketUpgrade.wanted(request);
    if (!webSocket && !crossOrigin.allows(request)) {
      refuse(request, EngineError.FORBIDDEN);
      return;
    }
    if (request.method() == HttpMethod.OPTIONS) {
      var unused = request.response().setStatusCode(204).end();
      return;
    }
    String transport;
    String version;
    String sid;
    try {
      transport = request.getParam("transport");
      version = request.getParam("EIO");
      sid = request.getParam("sid");
    } catch (IllegalArgumentException brokenQuery) {
      refuse(request, EngineError.BAD_REQUEST);
      return;
    }
    EngineError error = verify(request, webSocket, transport, version, sid);
    if (error != null) {
      refuse(request, error);
    } else if (sid == null) {
      open(request, webSocket);
    } else {
      continueSession(request, webSocket, sid);
    }
  }

  /** Bytes that wait for the clients of all sessions. */
  public long waiting() {
    return sessions.waiting();
  }

  /** Sessions that are open on this loop. */
  public int sessions() {
    return sessions.count();
  }

  /** Refuses new sessions from now on; those that are open go on. */
  public void stopAdmitting() {
    loop.run(() -> admitting = false);
  }

  /**
   * Refuses new sessions and ends all that are open.
   *
   * @return completes when every WebSocket is closed, within a few seconds
   */
  public Future<Void> close(CloseReason reason) {
    loop.run(() -> closeAll(reason));
    return closed.future();
  }

  private @Nullable EngineError verify(
      HttpServerRequest request,
      boolean webSocket,
      @Nullable String transport,
      @Nullable String version,
      @Nullable String sid) {
    if (!"polling".equals(transport) && !"websocket".equals(transport)) {
      return EngineError.UNKNOWN_TRANSPORT;
    }
    if (webSocket != "websocket".equals(transport)) {
      return sid == null && request.method() != HttpMethod.GET
          ? EngineError.BAD_HANDSHAKE_METHOD
          : EngineError.BAD_REQUEST;
    }
    if (sid == null && request.method() != HttpMethod.GET) {
      return EngineError.BAD_HANDSHAKE_METHOD;
    }
    if (sid == null && !"4".equals(version)) {
      return EngineError.UNSUPPORTED_VERSION;
    }
    return webSocket && !WebSocketUpgrade.possible(request) ? EngineError.BAD_REQUEST : null;
  }

  private void open(HttpServerRequest request, boolean webSocket) {
    Exchange exchange = new Exchange(request, loop);
    String ip = address(request);
    Admission.Refusal refusal =
        closing || !admitting ? new Admission.Refusal("Shutting down", 1) : admission.admit(ip);
    if (refusal != null) {
      exchange.refuse(refusal);
      return;
    }
    EngineSession session = sessions.create(ip, agents.of(request));
    meter.opened(webSocket);
    if (webSocket) {
      WebSocketTransport socket = accept(request, session);
      session.startOn(socket);
      socket.text(PacketType.OPEN, opening(session, "[]"));
    } else {
      sessions.startPolling(session);
      exchange.packets(PacketType.OPEN + opening(session, "[\"websocket\"]"));
    }
    sessions.opened(session);
  }

  private void continueSession(HttpServerRequest request, boolean webSocket, String sid) {
    EngineSessions home = loops.home(sid);
    if (home == null) {
      refuse(request, EngineError.UNKNOWN_SESSION);
    } else if (webSocket) {
      upgrade(request, home, sid);
    } else if (request.method() == HttpMethod.GET) {
      Exchange exchange = new Exchange(request, loop);
      request.response().closeHandler(gone -> home.run(() -> home.pollGone(sid, exchange)));
      home.run(() -> home.poll(sid, exchange));
    } else if (request.method() == HttpMethod.POST) {
      new PostedBody(loop, home, sid, new Exchange(request, loop)).read(request);
    } else {
      refuse(request, EngineError.BAD_REQUEST);
    }
  }

  /** The session's home is asked first; the connection may be gone when it has answered. */
  private void upgrade(HttpServerRequest request, EngineSessions home, String sid) {
    home.run(
        () -> {
          EngineSession session = home.open(sid);
          loop.run(() -> upgrade(request, home, session));
        });
  }

  private void upgrade(
      HttpServerRequest request, EngineSessions home, @Nullable EngineSession session) {
    if (session == null) {
      refuse(request, EngineError.UNKNOWN_SESSION);
    } else if (!WebSocketUpgrade.possible(request)) {
      refuse(request, EngineError.BAD_REQUEST);
    } else {
      WebSocketTransport socket = accept(request, session);
      home.run(() -> session.offer(socket));
    }
  }

  private WebSocketTransport accept(HttpServerRequest request, EngineSession session) {
    channels++;
    return upgrade.accept(
        request,
        (deflate, farewell) ->
            new WebSocketTransport(
                loop,
                session,
                deflate,
                () -> {
                  if (farewell != null) {
                    farewell.run();
                  }
                  channelClosed();
                }));
  }

  private void channelClosed() {
    channels--;
    completeClose();
  }

  private void closeAll(CloseReason reason) {
    if (!closing) {
      closing = true;
      loops.remove(sessions);
      sessions.close(reason);
      completeClose();
    }
  }

  private void completeClose() {
    if (closing && channels == 0 && closed.tryComplete()) {
      loop.close();
    }
  }

  private void refuse(HttpServerRequest request, EngineError error) {
    new Exchange(request, loop).refuse(error);
  }

  private String address(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    String ip = peer == null || peer.hostAddress() == null ? "" : peer.hostAddress();
    return addresses.of(ip, request.headers().getAll(FORWARDED_FOR));
  }

  private String opening(EngineSession session, String upgrades) {
    return "{\"sid\":\""
        + session.sid()
        + "\",\"upgrades\":"
        + upgrades
        + ",\"pingInterval\":"
        + config.pingInterval().toMillis()
        + ",\"pingTimeout\":"
        + config.pingTimeout().toMillis()
        + ",\"maxPayload\":"
        + config.maxPayload()
        + "}";
  }
}
