package com.napalmsky.gateway.engineio;

import com.napalmsky.shared.contract.gateway.CloseReason;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions whose home is one event loop, and what polling requests do to them, on whatever loop
 * these arrived.
 *
 * <p>{@link #run} is safe from any thread; everything else is confined to the loop.
 */
final class EngineSessions {

  private static final int ID_BYTES = 16;
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final String name;
  private final EngineLoop loop;
  private final EngineHandler handler;
  private final Admission admission;
  private final SecureRandom random = new SecureRandom();
  private final EngineSession.Owner owner = new Owner();

  /** Sessions that began with polling; a WebSocket session is never looked up. */
  private final Map<String, EngineSession> pollable = new HashMap<>();

  private boolean closing;

  /**
   * @param name begins the id of every session
   * @param admission gets back the place of a session that ended
   */
  EngineSessions(String name, EngineLoop loop, EngineHandler handler, Admission admission) {
    this.name = name;
    this.loop = loop;
    this.handler = handler;
    this.admission = admission;
  }

  String name() {
    return name;
  }

  /** Runs something on the loop: now when already there. */
  void run(Runnable action) {
    loop.run(action);
  }

  /** Sessions that are open. */
  int count() {
    int[] count = {0};
    loop.wheel.forEach(entry -> count[0] += entry instanceof EngineSession ? 1 : 0);
    return count[0];
  }

  /** Bytes that wait for the clients of all sessions. */
  long waiting() {
    long[] bytes = {0};
    loop.wheel.forEach(
        entry -> bytes[0] += entry instanceof EngineSession session ? session.waiting() : 0);
    return bytes[0];
  }

  /** A session of somebody who was admitted; it has to be started, and then told of. */
  EngineSession create(String ip, String agent) {
    return new EngineSession(owner, loop, newId(), ip, agent);
  }

  /** Starts a session that polls. */
  void startPolling(EngineSession session) {
    pollable.put(session.sid(), session);
    session.start();
  }

  /** Tells of a session that has been started. */
  void opened(EngineSession session) {
    handler.onOpen(session);
  }

  /** A session that began with polling and is open, or null. */
  @Nullable EngineSession open(String sid) {
    EngineSession session = pollable.get(sid);
    return session != null && session.open() ? session : null;
  }

  /** A client asks for packets. */
  void poll(String sid, Exchange exchange) {
    loop.wheel.catchUp();
    EngineSession session = pollable.get(sid);
    PollingTransport polling = session == null ? null : session.polling();
    if (session == null || polling == null) {
      exchange.refuse(session == null ? EngineError.UNKNOWN_SESSION : EngineError.BAD_REQUEST);
      return;
    }
    polling.poll(exchange);
    if (!session.open()) {
      pollable.remove(sid);
    }
  }

  /** A client that waited for packets waits no longer. */
  void pollGone(String sid, Exchange exchange) {
    PollingTransport polling = polling(sid);
    if (polling != null) {
      polling.gone(exchange);
    }
  }

  /** Whether a client waits for packets of this session. */
  boolean pollWaits(String sid) {
    PollingTransport polling = polling(sid);
    return polling != null && polling.pollWaits();
  }

  /** A client sent packets. */
  void post(String sid, Buffer body, Exchange exchange) {
    EngineSession session = pollable.get(sid);
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

  /** A client sends more at once than it may, or than there is room for. */
  void postRefused(String sid, EngineError why) {
    EngineSession session = pollable.get(sid);
    if (session == null) {
      return;
    }
    if (why == EngineError.FULL) {
      session.fail(CloseReason.FULL, CloseStatus.TRY_AGAIN_LATER);
    } else {
      session.fail(CloseReason.PROTOCOL_ERROR, CloseStatus.TOO_BIG);
    }
  }

  /** Ends all sessions; none may be made afterwards. */
  void close(CloseReason reason) {
    closing = true;
    List<EngineSession> open = new ArrayList<>();
    loop.wheel.forEach(
        entry -> {
          if (entry instanceof EngineSession session) {
            open.add(session);
          }
        });
    open.forEach(session -> session.close(reason));
    pollable.clear();
  }

  private @Nullable PollingTransport polling(String sid) {
    EngineSession session = pollable.get(sid);
    return session == null ? null : session.polling();
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return name + Base64.getUrlEncoder().withoutPadding().encodeToString(id);
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
      admission.released(session.remoteIp(), session.identified());
      PollingTransport polling = session.polling();
      if (polling != null && polling.hasLastWords() && !closing) {
        var unused = loop.wheel.after(LAST_WORDS, () -> pollable.remove(session.sid()));
      } else {
        pollable.remove(session.sid());
      }
    }
  }
}
