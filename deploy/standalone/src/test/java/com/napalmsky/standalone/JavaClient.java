package com.napalmsky.standalone;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;

/** A person who uses the Java client of Socket.IO on one transport only. */
final class JavaClient implements AutoCloseable {

  private static final List<String> EVENTS =
      List.of(
          "auth:success",
          "call:notify",
          "call:start",
          "rtc:offer",
          "rtc:answer",
          "rtc:ice",
          "room:chat",
          "session:finalized");
  private static final int LIMIT_SECONDS = 30;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String base;
  private final String token;
  private final String userId;
  private final Socket socket;
  private final Map<String, LinkedBlockingQueue<JSONObject>> heard = new ConcurrentHashMap<>();
  private final Set<String> used = ConcurrentHashMap.newKeySet();

  private JavaClient(String base, JsonObject account, String transport) {
    this.base = base;
    this.token = account.getString("sessionToken");
    this.userId = account.getString("userId");
    this.socket =
        IO.socket(
            URI.create(base),
            IO.Options.builder()
                .setTransports(new String[] {transport})
                .setAuth(Map.of("token", token))
                .setForceNew(true)
                .build());
    for (String event : EVENTS) {
      LinkedBlockingQueue<JSONObject> queue = new LinkedBlockingQueue<>();
      heard.put(event, queue);
      socket.on(
          event,
          arguments ->
              queue.add(
                  arguments.length > 0 && arguments[0] instanceof JSONObject payload
                      ? payload
                      : new JSONObject()));
    }
  }

  static JavaClient join(String base, String name, String transport) throws Exception {
    String form = new JsonObject().put("name", name).put("gender", "unspecified").encode();
    HttpResponse<String> answer =
        HTTP.send(
            request(base, "/auth/guest")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString());
    JavaClient client = connect(base, new JsonObject(answer.body()), transport);
    client.ask("presence:join", new JSONObject());
    client.ask("queue:join", new JSONObject());
    return client;
  }

  /** The socket of somebody who has an account. */
  static JavaClient connect(String base, JsonObject account, String transport) throws Exception {
    JavaClient client = new JavaClient(base, account, transport);
    client.socket.io().on(Manager.EVENT_TRANSPORT, client::remember);
    client.socket.connect();
    client.hears("auth:success");
    return client;
  }

  private void remember(Object... arguments) {
    used.add(((Transport) arguments[0]).name);
  }

  /** The names of all transports that were tried. */
  List<String> transports() {
    return new ArrayList<>(used);
  }

  String userId() {
    return userId;
  }

  void emit(String event, JSONObject payload) {
    socket.emit(event, payload);
  }

  /** Emits, and waits until it was carried out. */
  @CanIgnoreReturnValue
  JSONObject ask(String event, JSONObject payload) throws Exception {
    CompletableFuture<JSONObject> answer = new CompletableFuture<>();
    Ack ack = arguments -> answer.complete((JSONObject) arguments[0]);
    socket.emit(event, new Object[] {payload}, ack);
    return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The next event of this name, past or future. */
  @CanIgnoreReturnValue
  JSONObject hears(String event) throws InterruptedException {
    JSONObject payload = heard.get(event).poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (payload == null) {
      throw new AssertionError(userId + " waited in vain for " + event);
    }
    return payload;
  }

  JsonObject get(String path) throws Exception {
    HttpRequest asked = request(base, path).header("Authorization", "Bearer " + token).build();
    return new JsonObject(HTTP.send(asked, BodyHandlers.ofString()).body());
  }

  private static HttpRequest.Builder request(String base, String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofSeconds(LIMIT_SECONDS));
  }

  @Override
  public void close() {
    socket.disconnect();
  }
}
