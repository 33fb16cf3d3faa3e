package com.napalmsky.gateway.engineio;

import com.napalmsky.gateway.limits.ClientAddress;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Engine.IO sessions of one event loop, and the requests that arrive on it, which may be for
 * sessions of another one.
 *
 * <p>Confined to the context that created it.
 */
public final class EngineServer {

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final int ID_BYTES = 16;
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final EngineConfig config;
  private final EngineHandler handler;
  private final EngineLoops loops;
  private final Admission admission;
  private final ClientAddress addresses;
  private final EngineMeter meter;
  private final CrossOrigin crossOrigin;
  private final EngineLoop loop;
  private final WebSocketUpgrade upgrade;
  private final String name;
  private final SecureRandom random = new SecureRandom();

  /** Sessions that began with polling; a WebSocket session is never looked up. */
  private final Map<String, EngineSession> sessions = new HashMap<>();

  private final UserAgents agents = new UserAgents();
  private final EngineSession.Owner owner = new Owner();
  private final Promise<Void> closed = Promise.promise();
  private int channels;
  private boolean closing;

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
    this.handler = handler;
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
    this.upgrade = new WebSocketUpgrade(config);
    this.name = loops.add(this);
  }

  /**
   * Takes what Vert.x adds to every connection for WebSockets of its own out again. Call it before
   * {@code listen}; it sets the server's connection handler.
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

  /** Sessions that are open on this loop. */
  public int sessions() {
    int[] count = {0};
    loop.wheel.forEach(entry -> count[0] += entry instanceof EngineSession ? 1 : 0);
    return count[0];
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

  /** Runs an action on this loop, from any thread. */
  void onHome(Runnable action) {
    loop.run(action);
  }

  /** Whether a client waits for packets of this session; on this loop only. */
  boolean pollWaits(String sid) {
    EngineSession session = sessions.get(sid);
    PollingTransport polling = session == null ? null : session.polling();
    return polling != null && polling.pollWaits();
  }

  private String address(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    String ip = peer == null || peer.hostAddress() == null ? "" : peer.hostAddress();
    return addresses.of(ip, request.headers().getAll(FORWARDED_FOR));
  }

  private void ended(EngineSession session) {
    admission.released(session.remoteIp(), session.identified());
    PollingTransport polling = session.polling();
    if (polling != null && polling.hasLastWords() && !closing) {
      var unused = loop.wheel.after(LAST_WORDS, () -> sessions.remove(session.sid()));
    } else {
      sessions.remove(session.sid());
    }
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
        closing ? new Admission.Refusal("Shutting down", 1) : admission.admit(ip);
    if (refusal != null) {
      exchange.refuse(refusal);
      return;
    }
    EngineSession session = new EngineSession(owner, loop, newId(), ip, agents.of(request));
    meter.opened(webSocket);
    if (webSocket) {
      WebSocketTransport socket = accept(request, session);
      session.startOn(socket);
      socket.text(PacketType.OPEN, opening(session, "[]"));
    } else {
      sessions.put(session.sid(), session);
      session.start();
      exchange.packets(PacketType.OPEN + opening(session, "[\"websocket\"]"));
    }
    handler.onOpen(session);
  }

  private void continueSession(HttpServerRequest request, boolean webSocket, String sid) {
    EngineServer home = loops.home(sid);
    if (home == null) {
      refuse(request, EngineError.UNKNOWN_SESSION);
    } else if (webSocket) {
      home.loop.run(() -> home.upgradeAsked(sid, request, this));
    } else if (request.method() == HttpMethod.GET) {
      Exchange exchange = new Exchange(request, loop);
      request.response().closeHandler(gone -> home.loop.run(() -> home.pollGone(sid, exchange)));
      home.loop.run(() -> home.poll(sid, exchange));
    } else if (request.method() == HttpMethod.POST) {
      readBody(request, home, sid);
    } else {
      refuse(request, EngineError.BAD_REQUEST);
    }
  }

  private void poll(String sid, Exchange exchange) {
    loop.wheel.catchUp();
    EngineSession session = sessions.get(sid);
    PollingTransport polling = session == null ? null : session.polling();
    if (session == null || polling == null) {
      exchange.refuse(session == null ? EngineError.UNKNOWN_SESSION : EngineError.BAD_REQUEST);
      return;
    }
    polling.poll(exchange);
    if (!session.open()) {
      sessions.remove(sid);
    }
  }

  private void pollGone(String sid, Exchange exchange) {
    EngineSession session = sessions.get(sid);
    PollingTransport polling = session == null ? null : session.polling();
    if (polling != null) {
      polling.gone(exchange);
    }
  }

  private void readBody(HttpServerRequest request, EngineServer home, String sid) {
    Exchange exchange = new Exchange(request, loop);
    Buffer body = Buffer.buffer();
    boolean[] tooLarge = {false};
    request.handler(
        part -> {
          if (!tooLarge[0] && body.length() + part.length() > config.maxPayload()) {
            tooLarge[0] = true;
            exchange.refuse(EngineError.TOO_LARGE);
            home.loop.run(() -> home.broken(sid));
          } else if (!tooLarge[0]) {
            body.appendBuffer(part);
          }
        });
    request.endHandler(
        end -> {
          if (!tooLarge[0]) {
            home.loop.run(() -> home.post(sid, body, exchange));
          }
        });
  }

  private void post(String sid, Buffer body, Exchange exchange) {
    EngineSession session = sessions.get(sid);
    if (session == null || !session.open() || session.polling() == null) {
      exchange.refuse(session == null ? EngineError.UNKNOWN_SESSION : EngineError.BAD_REQUEST);
      return;
    }
    try {
      PollingPayload.read(Utf8.decode(body.getBytes()), session.received());
    } catch (BrokenMessage broken) {
      session.fail(CloseReason.PROTOCOL_ERROR, broken.status());
    }
    if (session.failed()) {
      exchange.refuse(EngineError.BAD_REQUEST);
    } else {
      exchange.accepted();
    }
  }

  private void broken(String sid) {
    EngineSession session = sessions.get(sid);
    if (session != null) {
      session.fail(CloseReason.PROTOCOL_ERROR, CloseStatus.TOO_BIG);
    }
  }

  /** At the session's home: may this request become its WebSocket? */
  private void upgradeAsked(String sid, HttpServerRequest request, EngineServer arrival) {
    EngineSession session = sessions.get(sid);
    boolean known = session != null && session.open();
    arrival.loop.run(
        () -> {
          if (session == null || !known) {
            arrival.refuse(request, EngineError.UNKNOWN_SESSION);
          } else if (!WebSocketUpgrade.possible(request)) {
            arrival.refuse(request, EngineError.BAD_REQUEST);
          } else {
            WebSocketTransport socket = arrival.accept(request, session);
            loop.run(() -> session.offer(socket));
          }
        });
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
      loops.remove(name);
      List<EngineSession> open = new ArrayList<>();
      loop.wheel.forEach(
          entry -> {
            if (entry instanceof EngineSession session) {
              open.add(session);
            }
          });
      open.forEach(session -> session.close(reason));
      sessions.clear();
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

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return name + Base64.getUrlEncoder().withoutPadding().encodeToString(id);
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

  private final class Owner implements EngineSession.Owner {

    @Override
    public EngineHandler handler() {
      return handler;
    }

    @Override
    public void identified(EngineSession session) {
      admission.identified(session.remoteIp());
    }

    @Override
    public void ended(EngineSession session) {
      EngineServer.this.ended(session);
    }
  }
}
