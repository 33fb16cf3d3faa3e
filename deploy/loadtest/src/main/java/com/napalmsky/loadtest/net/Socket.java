package com.napalmsky.loadtest.net;

import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Timer;
import com.napalmsky.loadtest.wire.Packet;
import com.napalmsky.loadtest.wire.Scan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO connection over a WebSocket.
 *
 * <pre>
 *   UPGRADING --101--> CONNECTING --auth:success--> READY --> CLOSED
 * </pre>
 *
 * <p>Confined to its loop.
 */
public final class Socket implements WebSocket.Listener {

  /** What happens on a connection that was ready. */
  public interface Listener {

    /** An event other than {@code auth:success}. */
    void event(String name, String payload);

    /** The end; also of a connection that the generator cut. */
    void closed(Trouble why);
  }

  private static final String PATH = "/socket.io/?EIO=4&transport=websocket";
  private static final int MOST_ACKS = 64;
  private static final long READY_MILLIS = 20_000;

  private final Promise<Socket> ready = Promise.promise();
  private final String token;
  private final boolean deltas;
  private final Listener listener;
  private final WebSocket webSocket;
  private final Timer limit;
  private boolean isReady;
  private boolean closed;
  private int lastAck;
  private @Nullable Map<Integer, Promise<String>> acks;

  private Socket(
      Loop loop, String token, boolean deltas, String forwardedFor, boolean tiny, Listener told) {
    this.token = token;
    this.deltas = deltas;
    listener = told;
    limit =
        Clock.after(
            loop.executor(),
            READY_MILLIS,
            () -> end(new Trouble("no auth:success within " + READY_MILLIS / 1_000 + " s")));
    webSocket = WebSocket.open(loop, PATH, forwardedFor, tiny, this);
  }

  /**
   * Connects somebody; on the loop's thread.
   *
   * @param tiny whether the kernel is to buffer as little as it can
   * @return the socket after {@code auth:success}; fails with {@link Trouble}
   */
  public static Future<Socket> connect(
      Loop loop,
      String token,
      boolean deltas,
      String forwardedFor,
      boolean tiny,
      Listener listener) {
    return new Socket(loop, token, deltas, forwardedFor, tiny, listener).ready.future();
  }

  /**
   * Sends an event; does nothing when closed.
   *
   * @param payload JSON text, empty for none
   */
  public void emit(String name, String payload) {
    webSocket.send(Packet.event(name, payload, -1));
  }

  /** Sends an event and waits for its acknowledgement, which old servers never send. */
  public Future<String> ask(String name, String payload) {
    if (acks == null) {
      acks = new HashMap<>(4);
    }
    if (acks.size() >= MOST_ACKS) {
      return Future.failedFuture(new Trouble("too many events without acknowledgement"));
    }
    Promise<String> answered = Promise.promise();
    lastAck = (lastAck + 1) % 1_000_000;
    acks.put(lastAck, answered);
    webSocket.send(Packet.event(name, payload, lastAck));
    return answered.future();
  }

  /**
   * Has the server keep what never comes whole: an event whose last attachment is missing. No other
   * event can be sent afterwards.
   *
   * @param attachments that are sent
   * @param bytes of each
   */
  public void leaveUnfinished(int attachments, int bytes) {
    webSocket.send(
        "45" + (attachments + 1) + "-[\"unfinished\",{\"_placeholder\":true,\"num\":0}]");
    for (int i = 0; i < attachments; i++) {
      webSocket.sendZeros(bytes);
    }
  }

  /** Whether events reach the server. */
  public boolean open() {
    return isReady && !closed;
  }

  /** Stops or goes on reading. */
  public void reading(boolean on) {
    webSocket.reading(on);
  }

  /** Cuts the connection without a word. */
  public void cut() {
    webSocket.cut();
  }

  @Override
  public void opened() {}

  @Override
  public void text(String text) {
    Packet packet = Packet.parse(text);
    switch (packet.type()) {
      case PING -> webSocket.send(Packet.PONG);
      case OPEN -> webSocket.send(Packet.connect(token, deltas));
      case EVENT -> event(packet);
      case ACK -> {
        Promise<String> asked = acks == null ? null : acks.remove(packet.ack());
        if (asked != null) {
          var unused = asked.tryComplete(packet.payload());
        }
      }
      case REFUSED -> end(refusal(packet.payload()));
      case DISCONNECT, CLOSE -> end(new Trouble("disconnected by the server"));
      case CONNECTED, OTHER -> {}
    }
  }

  @Override
  public void closed(Trouble why) {
    if (closed) {
      return;
    }
    closed = true;
    limit.cancel();
    if (acks != null) {
      acks.values().forEach(asked -> asked.tryFail(why));
      acks = null;
    }
    if (isReady) {
      listener.closed(why);
    } else {
      var unused = ready.tryFail(why);
    }
  }

  private void event(Packet packet) {
    if (isReady) {
      if (!packet.name().equals("auth:success")) {
        listener.event(packet.name(), packet.payload());
      }
      return;
    }
    switch (packet.name()) {
      case "auth:success" -> {
        isReady = true;
        limit.cancel();
        ready.complete(this);
      }
      case "auth:failed" -> end(new Trouble("the server does not know the session (auth:failed)"));
      case "error" -> end(refusal(packet.payload()));
      default -> {}
    }
  }

  private void end(Trouble why) {
    closed(why);
    webSocket.cut();
  }

  /** What a refusal says, and when to come again if it says that. */
  private static Trouble refusal(String payload) {
    String message = Scan.text(payload, "message");
    long millis = Scan.number(payload, "retryAfterMs");
    long seconds = Scan.number(payload, "retryAfter");
    return new Trouble(
        "refused: " + (message == null ? "no reason given" : message),
        millis >= 0 ? millis : seconds >= 0 ? seconds * 1_000 : -1);
  }
}
