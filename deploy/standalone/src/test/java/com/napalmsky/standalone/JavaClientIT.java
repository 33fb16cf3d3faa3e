package com.napalmsky.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as it is shipped, driven by the Java client of Socket.IO. One start for all. */
@Timeout(180)
class JavaClientIT {

  @TempDir static Path folder;

  private static Program program;
  private static String base;

  @BeforeAll
  static void start() throws Exception {
    int port = freePort();
    base = "http://127.0.0.1:" + port;
    program =
        Program.standalone(
            Map.of(
                "PORT", String.valueOf(port),
                "MANAGEMENT_PORT", String.valueOf(freePort()),
                "DATA_DIR", folder.resolve("java-clients").toString(),
                "GATEWAY_GUESTS_PER_HOUR", "0",
                "USER_HISTORY_MIN_SECONDS", "0"));
    program.awaitLine("Ready", 120);
  }

  @AfterAll
  static void stop() throws Exception {
    program.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void twoJavaClientsCompleteACall(String transport) throws Exception {
    try (JavaClient ada = JavaClient.join(base, "Ada", transport);
        JavaClient bob = JavaClient.join(base, "Bob", transport)) {
      untilSeen(ada, bob);

      JSONObject invited =
          ada.ask(
              "call:invite",
              new JSONObject().put("toUserId", bob.userId()).put("requestedSeconds", 300));
      JSONObject notice = bob.hears("call:notify");
      bob.emit(
          "call:accept",
          new JSONObject().put("inviteId", notice.get("inviteId")).put("requestedSeconds", 101));
      JSONObject start = ada.hears("call:start");
      String roomId = start.getString("roomId");

      assertThat(invited.getBoolean("ok")).isTrue();
      assertThat(start.getInt("agreedSeconds")).isEqualTo(200);
      assertThat(bob.hears("call:start").getString("roomId")).isEqualTo(roomId);
      ada.ask("room:join", in(roomId));
      bob.ask("room:join", in(roomId));
      ada.emit("rtc:offer", in(roomId).put("offer", new JSONObject().put("sdp", "v=0 offer")));
      JSONObject offer = bob.hears("rtc:offer").getJSONObject("offer");
      bob.emit("rtc:answer", in(roomId).put("answer", new JSONObject().put("sdp", "v=0 answer")));
      JSONObject answer = ada.hears("rtc:answer").getJSONObject("answer");
      ada.emit("room:chat", in(roomId).put("text", "grüß dich 😀"));
      JSONObject line = bob.hears("room:chat");
      ada.emit("call:end", in(roomId));
      bob.emit("call:end", in(roomId));

      assertThat(offer.getString("sdp")).isEqualTo("v=0 offer");
      assertThat(answer.getString("sdp")).isEqualTo("v=0 answer");
      assertThat(line.getString("text")).isEqualTo("grüß dich 😀");
      assertThat(ada.hears("session:finalized").getString("sessionId"))
          .isEqualTo(bob.hears("session:finalized").getString("sessionId"));
      for (JavaClient client : new JavaClient[] {ada, bob}) {
        assertThat(client.get("/room/history").getJsonArray("history")).hasSize(1);
        assertThat(client.transports()).containsExactly(transport);
      }
    }
  }

  private static JSONObject in(String roomId) throws Exception {
    return new JSONObject().put("roomId", roomId);
  }

  private static void untilSeen(JavaClient viewer, JavaClient other) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!viewer.get("/room/queue").encode().contains(other.userId())) {
      assertThat(System.nanoTime()).as("one sees the other in the queue").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
