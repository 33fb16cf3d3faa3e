package com.napalmsky.clustertests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * Somebody with a browser: signs up over HTTP, talks over Socket.IO, comes back by himself, and
 * says then where he was, as the page does. May be asked from several threads.
 */
final class Person implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(30);
  static final String PASSWORD = "correct horse";

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final OkHttpClient SOCKETS = sockets();

  private static final int KEPT_OF_EACH_EVENT = 1000;
  private static final Deque<JSONObject> NOTHING = new ArrayDeque<>(0);

  private final String base;
  private final String token;
  private final String userId;
  private final String name;
  private final Socket socket;
  private final Map<String, Deque<JSONObject>> heard = new HashMap<>();
  private volatile boolean inLobby;
  private volatile String roomId;
  private volatile Instant lostAt = Instant.MIN;
  private volatile Instant welcomedAt = Instant.MIN;
  private volatile Duration longestAway = Duration.ZERO;

  private Person(String base, String name, JsonObject account) {
    this.base = base;
    this.name = name;
    this.token = account.getString("sessionToken");
    this.userId = account.getString("userId");
    IO.Options options =
        IO.Options.builder()
            .setTransports(new String[] {"websocket"})
            .setAuth(Map.of("token", token))
            .setForceNew(true)
            .setReconnectionDelay(200)
            .setReconnectionDelayMax(2000)
            .build();
    options.callFactory = SOCKETS;
    options.webSocketFactory = SOCKETS;
    this.socket = IO.socket(URI.create(base), options);
    socket.onAnyIncoming(this::keep);
    socket.on("auth:success", arguments -> whereHeWas());
    socket.on("call:start", this::startedAgain);
    socket.on(Socket.EVENT_DISCONNECT, arguments -> lostAt = Instant.now());
  }

  private static OkHttpClient sockets() {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(1000);
    dispatcher.setMaxRequestsPerHost(1000);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .readTimeout(1, TimeUnit.MINUTES)
        .build();
  }

  private static JsonObject send(String url, String token, JsonObject body, int expected)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT);
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    if (body != null) {
      request
          .header("content-type", "application/json")
          .POST(BodyPublishers.ofString(body.encode()));
    }
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() == 503) {
      throw new IOException(url + " is not available for the moment");
    }
    assertThat(answer.statusCode()).as(url + " " + answer.body()).isEqualTo(expected);
    return new JsonObject(answer.body());
  }

  /** A guest with a connected socket, and in the lobby. */
  static Person inTheLobby(Door door, String name) throws Exception {
    Person person = guest(door, name).connect();
    person.enterLobby();
    return person;
  }

  /** A guest without a socket. */
  static Person guest(Door door, String name) throws Exception {
    JsonObject form = new JsonObject().put("name", name).put("gender", "unspecified");
    return new Person(door.url(), name, send(door.url() + "/auth/guest", null, form, 200));
  }

  /** The same session on another device, not connected. */
  Person onAnotherDevice(Door door) {
    JsonObject account = new JsonObject().put("sessionToken", token).put("userId", userId);
    return new Person(door.url(), name, account);
  }

  /** Gives a guest an address and a password. */
  void link() throws Exception {
    JsonObject form =
        new JsonObject()
            .put("sessionToken", token)
            .put("email", userId + "@example.org")
            .put("password", PASSWORD);
    JsonObject answer = send(base + "/auth/link", null, form, 200);
    assertThat(answer).isNotNull();
  }

  /** A new session by address and password, which displaces this one; not connected. */
  Person logInElsewhere(Door door) throws Exception {
    JsonObject form =
        new JsonObject().put("email", userId + "@example.org").put("password", PASSWORD);
    return new Person(door.url(), name, send(door.url() + "/auth/login", null, form, 200));
  }

  @CanIgnoreReturnValue
  Person connect() throws Exception {
    socket.connect();
    hears("auth:success", LIMIT);
    return this;
  }

  void enterLobby() throws Exception {
    roomId = null;
    ask("presence:join", new JSONObject());
    ask("queue:join", new JSONObject());
    inLobby = true;
  }

  /** Enters the page of the call, and says so again whenever the connection was lost. */
  void enterRoom(String room) throws Exception {
    inLobby = false;
    roomId = room;
    ask("room:join", in(room));
  }

  private void whereHeWas() {
    Instant now = Instant.now();
    if (lostAt.isAfter(welcomedAt)) {
      Duration away = Duration.between(lostAt, now);
      longestAway = away.compareTo(longestAway) > 0 ? away : longestAway;
    }
    welcomedAt = now;
    String room = roomId;
    if (room != null) {
      socket.emit("room:join", in(room));
    } else if (inLobby) {
      socket.emit("presence:join", new JSONObject());
      socket.emit("queue:join", new JSONObject());
    }
  }

  /** The page comes to the call whenever it is told of the start. */
  private void startedAgain(Object... arguments) {
    String room = roomId;
    if (room != null && ((JSONObject) arguments[0]).optString("roomId").equals(room)) {
      socket.emit("room:join", in(room));
    }
  }

  private void keep(Object... arguments) {
    JSONObject payload =
        arguments.length > 1 && arguments[1] instanceof JSONObject said ? said : new JSONObject();
    synchronized (heard) {
      Deque<JSONObject> same =
          heard.computeIfAbsent((String) arguments[0], named -> new ArrayDeque<>());
      if (same.size() == KEPT_OF_EACH_EVENT) {
        same.removeFirst();
      }
      same.addLast(payload);
      heard.notifyAll();
    }
  }

  String userId() {
    return userId;
  }

  /** Does not come back when the connection is lost. */
  void willNotReturn() {
    socket.io().reconnection(false);
  }

  /** Whether he is, and the gateway knows who he is. */
  boolean connected() {
    return socket.connected() && welcomedAt.isAfter(lostAt);
  }

  /** The longest time from a loss of the connection to the next welcome. */
  Duration longestAway() {
    return longestAway;
  }

  void emit(String event, JSONObject payload) {
    socket.emit(event, payload);
  }

  /** Emits until it is carried out: what is refused or lost meanwhile is sent again. */
  @CanIgnoreReturnValue
  JSONObject ask(String event, JSONObject payload) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Object said = "nothing";
    while (System.nanoTime() < deadline) {
      CompletableFuture<Object> answer = new CompletableFuture<>();
      Ack ack = arguments -> answer.complete(arguments[0]);
      socket.emit(event, new Object[] {payload}, ack);
      try {
        said = answer.get(8, TimeUnit.SECONDS);
        if (said instanceof JSONObject done && done.optBoolean("ok")) {
          return done;
        }
        TimeUnit.MILLISECONDS.sleep(300);
      } catch (TimeoutException lost) {
        // Sent once more.
      }
    }
    throw new AssertionError(
        name + ": " + event + " is not carried out, last answer " + said + "; " + standing());
  }

  JSONObject hears(String event, Duration limit) throws InterruptedException {
    return hears(event, limit, payload -> true);
  }

  /** The next event of this name that fits, past or future; each is given once. */
  @CanIgnoreReturnValue
  JSONObject hears(String event, Duration limit, Predicate<JSONObject> fits)
      throws InterruptedException {
    return heard(event, limit, fits)
        .orElseThrow(
            () ->
                new AssertionError(
                    name
                        + " waited "
                        + limit.toSeconds()
                        + " s in vain for "
                        + event
                        + "; "
                        + standing()));
  }

  /** The same; empty when it does not come. */
  Optional<JSONObject> heard(String event, Duration limit, Predicate<JSONObject> fits)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (heard) {
      while (true) {
        Iterator<JSONObject> same = heard.getOrDefault(event, NOTHING).iterator();
        while (same.hasNext()) {
          JSONObject payload = same.next();
          if (fits.test(payload)) {
            same.remove();
            return Optional.of(payload);
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return Optional.empty();
        }
        heard.wait(left);
      }
    }
  }

  /** How his connection is, and what he heard that nobody asked for. */
  private String standing() {
    synchronized (heard) {
      List<String> notTaken =
          heard.entrySet().stream()
              .map(kept -> kept.getValue().size() + " " + kept.getKey())
              .toList();
      return "connected %s, last loss %s, welcomed %s, not taken %s, errors %s"
          .formatted(
              connected(), lostAt, welcomedAt, notTaken, heard.getOrDefault("error", NOTHING));
    }
  }

  JsonObject get(String path) throws Exception {
    return send(base + path, token, null, 200);
  }

  JsonObject post(String path, JsonObject body) throws Exception {
    return send(base + path, token, body, 200);
  }

  boolean sees(Person other) throws Exception {
    return get("/room/queue").getJsonArray("users").stream()
        .anyMatch(user -> ((JsonObject) user).getString("userId").equals(other.userId));
  }

  /** How often a call is in his history. */
  long inHistory(String room) throws Exception {
    JsonArray history = get("/room/history").getJsonArray("history");
    return history.stream()
        .filter(row -> ((JsonObject) row).getString("roomId").equals(room))
        .count();
  }

  static JSONObject in(String room) {
    JSONObject payload = new JSONObject();
    try {
      return payload.put("roomId", room);
    } catch (JSONException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    socket.disconnect();
  }
}
