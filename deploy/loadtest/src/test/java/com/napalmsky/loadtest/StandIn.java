package com.napalmsky.loadtest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Speaks just enough of the contract for the generator: sign-up, queue, lobby, calls. Everything
 * happens on one event loop.
 */
final class StandIn {

  private static final long UNANSWERED_MILLIS = 500;

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final Map<String, Guest> byToken = new LinkedHashMap<>();
  private final Map<String, Guest> byId = new LinkedHashMap<>();
  private final Map<String, List<Guest>> rooms = new LinkedHashMap<>();
  private final Set<Guest> available = new LinkedHashSet<>();
  private final Map<String, Guest> callers = new LinkedHashMap<>();
  private int invites;
  private int connects;
  private volatile int firstRefused;
  private volatile int refused;
  private volatile int most = Integer.MAX_VALUE;
  final Set<String> forwardedFor = new LinkedHashSet<>();
  final Set<String> hosts = new LinkedHashSet<>();

  private static final class Guest {
    String id = "";
    ServerWebSocket socket;
    final Set<Guest> viewers = new LinkedHashSet<>();

    void tell(String event, JsonObject payload) {
      if (socket != null && !socket.isClosed()) {
        socket.writeTextMessage("42" + new JsonArray().add(event).add(payload).encode());
      }
    }
  }

  StandIn() {
    server =
        vertx.createHttpServer(
            new HttpServerOptions().setHost("127.0.0.1").setPort(0).setTcpNoDelay(true));
    server.requestHandler(this::request);
    server.webSocketHandler(this::socket);
  }

  Future<HttpServer> start() {
    return server.listen();
  }

  Future<Void> stop() {
    return vertx.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** After so many connects, the next so many are refused with a hint. */
  void refuse(int after, int count) {
    firstRefused = after;
    refused = count;
  }

  /** Closes everybody when so many are available. */
  void closeAfter(int people) {
    most = people;
  }

  private void request(HttpServerRequest request) {
    forwardedFor.add(request.getHeader("X-Forwarded-For"));
    hosts.add(request.getHeader("Host"));
    switch (request.path()) {
      case "/health" -> answer(request, 200, new JsonObject());
      case "/auth/guest" -> {
        Guest guest = new Guest();
        guest.id = "user-" + byId.size();
        String token = "token-" + byId.size();
        byId.put(guest.id, guest);
        byToken.put(token, guest);
        answer(request, 200, new JsonObject().put("userId", guest.id).put("sessionToken", token));
      }
      case "/room/queue" -> queue(request);
      default -> answer(request, 404, new JsonObject().put("error", "Not found"));
    }
  }

  private void queue(HttpServerRequest request) {
    Guest viewer = byToken.get(String.valueOf(request.getHeader("Authorization")).substring(7));
    String tag = "W/\"" + available.size() + "\"";
    if (tag.equals(request.getHeader("If-None-Match"))) {
      request.response().setStatusCode(304).putHeader("ETag", tag).end();
      return;
    }
    JsonArray users = new JsonArray();
    for (Guest other : available) {
      if (other != viewer) {
        users.add(new JsonObject().put("userId", other.id));
        other.viewers.add(viewer);
      }
    }
    request.response().putHeader("ETag", tag);
    answer(request, 200, new JsonObject().put("users", users));
  }

  private static void answer(HttpServerRequest request, int status, JsonObject body) {
    request.response().setStatusCode(status).end(body.toBuffer());
  }

  private void socket(ServerWebSocket socket) {
    Guest[] guest = {null};
    socket.writeTextMessage("0{\"sid\":\"s\",\"pingInterval\":25000}");
    socket.textMessageHandler(
        text -> {
          if (text.startsWith("40")) {
            int number = connects++;
            if (number >= firstRefused && number < firstRefused + refused) {
              socket.writeTextMessage("44{\"message\":\"full\",\"data\":{\"retryAfterMs\":20}}");
              return;
            }
            guest[0] = byToken.get(new JsonObject(text.substring(2)).getString("token"));
            guest[0].socket = socket;
            socket.writeTextMessage("40{\"sid\":\"t\"}");
            socket.writeTextMessage("42[\"auth:success\"]");
            socket.writeTextMessage("2");
          } else if (text.startsWith("42")) {
            int open = text.indexOf('[');
            JsonArray event = new JsonArray(text.substring(open));
            JsonObject payload = event.size() > 1 ? event.getJsonObject(1) : new JsonObject();
            event(guest[0], event.getString(0), payload);
            if (open > 2) {
              socket.writeTextMessage("43" + text.substring(2, open) + "[{\"ok\":true}]");
            }
          }
        });
  }

  private void event(Guest guest, String name, JsonObject payload) {
    switch (name) {
      case "queue:join", "queue:leave" -> {
        boolean here = name.equals("queue:join");
        boolean changed = here ? available.add(guest) : available.remove(guest);
        if (changed) {
          JsonObject update = new JsonObject().put("userId", guest.id).put("available", here);
          guest.viewers.forEach(viewer -> viewer.tell("queue:update", update));
        }
        if (available.size() >= most) {
          vertx.setTimer(500, later -> byId.values().forEach(other -> other.socket.close()));
        }
      }
      case "call:invite" -> {
        Guest callee = byId.get(payload.getString("toUserId"));
        String invite = "invite-" + invites++;
        callers.put(invite, guest);
        callee.tell("call:notify", new JsonObject().put("inviteId", invite));
        vertx.setTimer(UNANSWERED_MILLIS, late -> end(invite, callee, "timeout"));
      }
      case "call:decline" -> end(payload.getString("inviteId"), guest, "user_declined");
      case "call:rescind" -> {
        callers.values().remove(guest);
        byId.get(payload.getString("toUserId")).tell("call:rescinded", new JsonObject());
      }
      case "call:accept" -> {
        String room = "room-" + rooms.size();
        Guest caller = callers.remove(payload.getString("inviteId"));
        rooms.put(room, List.of(caller, guest));
        both(room, "call:start", new JsonObject().put("roomId", room));
      }
      case "rtc:offer", "rtc:answer", "rtc:ice" ->
          rooms.get(payload.getString("roomId")).stream()
              .filter(member -> member != guest)
              .forEach(member -> member.tell(name, payload));
      case "room:chat" -> both(payload.getString("roomId"), name, payload);
      case "call:end" -> {
        List<Guest> members = rooms.put(payload.getString("roomId"), List.of());
        members.forEach(member -> member.tell("session:finalized", new JsonObject()));
      }
      default -> {}
    }
  }

  private void end(String invite, Guest callee, String reason) {
    Guest caller = callers.remove(invite);
    if (caller != null) {
      caller.tell("call:declined", new JsonObject().put("reason", reason));
      callee.tell("call:rescinded", new JsonObject());
    }
  }

  private void both(String room, String event, JsonObject payload) {
    rooms.get(room).forEach(member -> member.tell(event, payload));
  }
}
