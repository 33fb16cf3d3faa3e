package com.napalmsky.standalone.access;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client of Socket.IO that shows what is said on the wire, refusals included. */
final class RawSocket implements WebSocket.Listener, AutoCloseable {

  /** An event as it came. */
  record Heard(String name, JsonObject payload) {}

  private static final int LIMIT_SECONDS = 30;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Heard CLOSED = new Heard("(closed)", new JsonObject());

  private final @Nullable String token;
  private final StringBuilder message = new StringBuilder();
  private final CompletableFuture<String> connected = new CompletableFuture<>();
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger asks = new AtomicInteger();
  private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
  private CompletableFuture<WebSocket> sent = opened;

  private RawSocket(@Nullable String token) {
    this.token = token;
  }

  /** Connects, or is refused. */
  static RawSocket open(String base, @Nullable String token) throws Exception {
    RawSocket socket = new RawSocket(token);
    HTTP.newWebSocketBuilder()
        .connectTimeout(Duration.ofSeconds(LIMIT_SECONDS))
        .buildAsync(
            URI.create(base.replaceFirst("^http", "ws") + "/socket.io/?EIO=4&transport=websocket"),
            socket)
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    socket.connected.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    return socket;
  }

  /** Why the namespace refused the connection; empty when it did not. */
  String refusal() {
    return connected.join();
  }

  /** Emits with an acknowledgement, and waits for that. */
  @CanIgnoreReturnValue
  JsonObject ask(String event, @Nullable JsonObject payload) throws Exception {
    int id = asks.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    asked.put(id, answer);
    JsonArray packet = new JsonArray().add(event);
    if (payload != null) {
      packet.add(payload);
    }
    send("42" + id + packet.encode());
    return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The next event of one of these names, past or future; others before it are passed over. */
  Heard hears(String... names) throws InterruptedException {
    List<String> wanted = List.of(names);
    while (true) {
      Heard next = heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (next == null || next == CLOSED) {
        throw new AssertionError("waited in vain for " + wanted + ", closed=" + (next != null));
      }
      if (wanted.contains(next.name())) {
        return next;
      }
    }
  }

  private synchronized void send(String text) {
    sent = sent.thenCompose(socket -> socket.sendText(text, true));
  }

  @Override
  public void onOpen(WebSocket socket) {
    opened.complete(socket);
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      String text = message.toString();
      message.setLength(0);
      take(text);
    }
    socket.request(1);
    return null;
  }

  private void take(String text) {
    if (text.startsWith("0")) {
      send("40" + (token == null ? "" : new JsonObject().put("token", token).encode()));
    } else if (text.equals("2")) {
      send("3");
    } else if (text.startsWith("40")) {
      connected.complete("");
    } else if (text.startsWith("44")) {
      connected.complete(new JsonObject(text.substring(2)).getString("message"));
    } else if (text.startsWith("43")) {
      int begin = text.indexOf('[');
      CompletableFuture<JsonObject> answer =
          asked.remove(Integer.parseInt(text.substring(2, begin)));
      if (answer != null) {
        answer.complete(new JsonArray(text.substring(begin)).getJsonObject(0));
      }
    } else if (text.startsWith("42")) {
      JsonArray packet = new JsonArray(text.substring(2));
      boolean has = packet.size() > 1 && packet.getValue(1) instanceof JsonObject;
      heard.add(new Heard(packet.getString(0), has ? packet.getJsonObject(1) : new JsonObject()));
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    ended("closed by the server with " + status);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable cause) {
    ended(cause.toString());
  }

  private void ended(String why) {
    heard.add(CLOSED);
    IllegalStateException closed = new IllegalStateException(why);
    connected.completeExceptionally(closed);
    asked.values().forEach(answer -> answer.completeExceptionally(closed));
  }

  @Override
  public void close() {
    send("41");
    CompletableFuture<WebSocket> unused =
        sent.whenComplete(
            (socket, failed) -> {
              if (socket != null) {
                socket.abort();
              }
            });
  }
}
