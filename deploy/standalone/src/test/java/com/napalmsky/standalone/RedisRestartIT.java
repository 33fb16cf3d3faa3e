package com.napalmsky.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.redis.RedisKeys;
import com.napalmsky.shared.runtime.redis.TestRedis;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program with its state in a Redis that is killed and comes back with nothing. */
@Timeout(240)
class RedisRestartIT {

  private static final RedisKeys PRESENCE = new RedisKeys("napalmsky", "presence");

  @TempDir static Path folder;

  private static TestRedis redis;
  private static Program program;
  private static String base;

  @BeforeAll
  static void start() throws Exception {
    redis = TestRedis.start();
    int port = freePort();
    base = "http://127.0.0.1:" + port;
    program =
        Program.standalone(
            Map.of(
                "PORT", String.valueOf(port),
                "MANAGEMENT_PORT", String.valueOf(freePort()),
                "DATA_DIR", folder.resolve("redis").toString(),
                "REDIS_URL", redis.url(),
                "GATEWAY_GUESTS_PER_HOUR", "0",
                "USER_HISTORY_MIN_SECONDS", "0"));
    program.awaitLine("Ready", 120);
  }

  @AfterAll
  static void stop() throws Exception {
    program.close();
    redis.close();
  }

  @Test
  void theLobbyAndRunningCallsAreRebuiltFromTheConnectedSockets() throws Exception {
    try (JavaClient ada = JavaClient.join(base, "Ada", "websocket");
        JavaClient bob = JavaClient.join(base, "Bob", "websocket");
        JavaClient eve = JavaClient.join(base, "Eve", "polling")) {
      eve.ask("presence:leave", new JSONObject());
      until("both are in the lobby", () -> number("ZCARD " + PRESENCE.of("free")) == 2);

      // When: while they wait in the lobby
      redis.restart();

      // Then
      until("both are in the lobby again", () -> number("ZCARD " + PRESENCE.of("free")) == 2);
      until("all are known again", () -> number("HLEN " + PRESENCE.of("users")) == 3);
      until("who is hidden is hidden again", () -> inState("ONLINE") == 0);
      untilSeen(ada, bob);

      // When: while they talk
      String roomId = call(ada, bob);
      redis.restart();

      // Then
      until("both are in their call again", () -> inState("IN_CALL") == 2);
      ada.emit("room:chat", in(roomId).put("text", "still there?"));
      assertThat(bob.hears("room:chat").getString("text")).isEqualTo("still there?");
      ada.emit("call:end", in(roomId));
      assertThat(ada.hears("session:finalized").getString("sessionId"))
          .isEqualTo(bob.hears("session:finalized").getString("sessionId"));
      until("nobody is in a call", () -> inState("IN_CALL") == 0);
      for (JavaClient client : new JavaClient[] {ada, bob}) {
        assertThat(client.get("/room/history").getJsonArray("history")).hasSize(1);
        assertThat(client.ask("queue:join", new JSONObject()).getString("state"))
            .isEqualTo("available");
      }
      assertThat(number("ZCARD " + PRESENCE.of("free"))).isEqualTo(2);
    }
  }

  private static String call(JavaClient ada, JavaClient bob) throws Exception {
    ada.ask(
        "call:invite", new JSONObject().put("toUserId", bob.userId()).put("requestedSeconds", 300));
    JSONObject notice = bob.hears("call:notify");
    bob.emit(
        "call:accept",
        new JSONObject().put("inviteId", notice.get("inviteId")).put("requestedSeconds", 100));
    String roomId = ada.hears("call:start").getString("roomId");
    bob.hears("call:start");
    ada.ask("room:join", in(roomId));
    bob.ask("room:join", in(roomId));
    ada.emit("rtc:offer", in(roomId).put("offer", new JSONObject().put("sdp", "v=0 offer")));
    bob.hears("rtc:offer");
    bob.emit("rtc:answer", in(roomId).put("answer", new JSONObject().put("sdp", "v=0 answer")));
    ada.hears("rtc:answer");
    return roomId;
  }

  private static long inState(String state) {
    return number(
        "EVAL \"return tonumber(redis.call('HGET',KEYS[1],ARGV[1]) or 0)\" 1 "
            + PRESENCE.of("counts")
            + " "
            + state);
  }

  private static long number(String command) {
    String answer = redis.command(command);
    assertThat(answer).as(command).startsWith(":");
    return Long.parseLong(answer.substring(1));
  }

  private static JSONObject in(String roomId) throws Exception {
    return new JSONObject().put("roomId", roomId);
  }

  private static void untilSeen(JavaClient viewer, JavaClient other) {
    until(
        "one sees the other in the queue",
        () -> {
          try {
            return viewer.get("/room/queue").encode().contains(other.userId());
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
        });
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
