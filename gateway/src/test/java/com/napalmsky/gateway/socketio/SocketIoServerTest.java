package com.napalmsky.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.gateway.engineio.EngineConfig;
import com.napalmsky.gateway.engineio.EngineLoops;
import com.napalmsky.gateway.engineio.EngineMeter;
import com.napalmsky.gateway.engineio.Fixtures;
import com.napalmsky.gateway.engineio.TestSocket;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a socket handler sees, and what a client sees of it, over real connections. */
class SocketIoServerTest {

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final EngineMeter meter = new EngineMeter();
  private Vertx vertx;
  private Node node;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    deploy(Fixtures.behindProxies(1));
  }

  private void deploy(EngineConfig config) {
    node = new Node(config);
    join(vertx.deployVerticle(node));
  }

  @AfterEach
  void stop() {
    // The server first: Vert.x's client sometimes waits for itself when both end at once.
    join(node.server.close(CloseReason.SHUTDOWN));
    join(vertx.close());
    assertThat(meter.openWebSockets()).isZero();
    assertThat(meter.unfinishedBytes()).isZero();
  }

  @Test
  void aClientIsLetInAndWhatFollowsComesAtOnce() {
    TestSocket client = open().send("40{\"token\":\"t\",\"deltas\":1}");

    assertThat(client.next()).startsWith("40{\"sid\":\"");
    client.expect(
        "42[\"welcome\"]",
        "42[\"handshake\",{\"ip\":\"203.0.113.9\",\"agent\":\"test/1\",\"token\":\"t\",\"deltas\":true}]");
  }

  @Test
  void aClientIsToldWhatItMayComeBackWithAndSaysSoWhenItDoes() {
    TestSocket first = open().send("40{\"token\":\"known\"}");
    first.expect("40{\"sid\":\"public\",\"pid\":\"private\"}");

    open().send("40{\"token\":\"t\",\"pid\":\"private\",\"offset\":\"o.1\"}");
    await("came from private at o.1");
    open().send("40{\"token\":\"t\",\"pid\":\"private\"}");
    await("came from private at null");
  }

  @Test
  void whatNobodyWasToldIsNothingToComeBackWith() {
    String tooLong = "x".repeat(65);
    for (String payload :
        List.of(
            "{\"pid\":7}",
            "{\"offset\":\"o.1\"}",
            "{\"pid\":\"" + tooLong + "\"}",
            "{\"pid\":\"p\",\"offset\":\"" + tooLong + "\"}")) {
      assertThat(open().send("40" + payload).next()).startsWith("40{\"sid\":");
    }

    assertThat(seen).isNotEmpty().allMatch(one -> one.startsWith("connecting"));
  }

  @Test
  void anOffsetIsTheLastArgument() {
    TestSocket client = connected();

    node.run(
        () -> {
          Socket socket = node.sockets.get(0);
          socket.emit("with", "{\"a\":1}", "o.1");
          socket.emit("without", null, "o.2");
        });

    client.expect("42[\"with\",{\"a\":1},\"o.1\"]", "42[\"without\",\"o.2\"]");
  }

  @Test
  void anAnswerToAPingIsReportedWithThePingItBelongsTo() {
    deploy(Fixtures.config(Duration.ofMillis(200), Duration.ofSeconds(60), Duration.ofSeconds(45)));
    TestSocket client = connected();

    assertThat(client.nextOrPing()).isEqualTo("2");
    await("ping");
    node.run(() -> node.sockets.get(0).probe(Duration.ofSeconds(60)));
    assertThat(client.nextOrPing()).isEqualTo("2");
    client.send("3");
    await("pong");

    // The second ping was sent while the first was unanswered; so the next answer is its own.
    assertThat(seen).doesNotContain("ping");
    client.send("3");
    await("pong");
    assertThat(client.nextOrPing()).isEqualTo("2");
    await("ping");
  }

  @Test
  void handshakesTakeOnlyWhatTheyShould() {
    TestSocket client =
        open().send("40{\"token\":\"" + "x".repeat(201) + "\",\"deltas\":\"1\",\"more\":[]}");

    assertThat(client.next()).startsWith("40");
    assertThat(client.next()).isEqualTo("42[\"welcome\"]");
    assertThat(client.next()).contains("\"token\":null,\"deltas\":false");
  }

  @Test
  void aRefusedClientIsToldWhyAndMayTryAgain() {
    TestSocket client = open().send("40{\"token\":\"banned\"}");

    client.expect("44{\"message\":\"Account suspended\",\"data\":{\"retryAfter\":5}}");
    client.send("40{\"token\":\"fine\"}");
    assertThat(client.next()).startsWith("40");
  }

  @Test
  void aDecisionThatFailsRefusesTheClient() {
    open()
        .send("40{\"token\":\"fails\"}")
        .expect("44{\"message\":\"Service unavailable, try again\"}");
    open()
        .send("40{\"token\":\"throws\"}")
        .expect("44{\"message\":\"Service unavailable, try again\"}");
  }

  @Test
  void eventsSentTooEarlyWaitForTheDecision() {
    TestSocket client = open().send("40{\"token\":\"slow\"}");
    client.send("42[\"echo\",1]").send("42[\"echo\",2]");
    await("connecting slow");

    node.run(() -> node.decisions.remove(0).complete(new SocketHandler.Decision.Accept()));

    assertThat(client.next()).startsWith("40");
    assertThat(client.next()).isEqualTo("42[\"welcome\"]");
    assertThat(client.next()).startsWith("42[\"handshake\"");
    client.expect("42[\"echoed\",[1]]", "42[\"echoed\",[2]]");
  }

  @Test
  void onlySoMuchMayWaitForTheDecision() {
    TestSocket client = open().send("40{\"token\":\"slow\"}");
    for (int i = 0; i < 40; i++) {
      client.send("42[\"echo\"]");
    }
    client.expectEnd();
    node.run(() -> node.decisions.remove(0).complete(new SocketHandler.Decision.Accept()));

    TestSocket other = connected();
    other.send("42[\"echo\",1]").expect("42[\"echoed\",[1]]");
    assertThat(seen).doesNotContain("closed FLOODING");
  }

  @Test
  void eventsAreAcknowledgedOnce() {
    TestSocket client = connected();

    client.send("427[\"ack\",\"x\"]").expect("437[\"x\"]");
    client.send("428[\"echo\",2]").expect("42[\"echoed\",[2]]");
    client.send("439[1]").send("42[\"echo\",3]").expect("42[\"echoed\",[3]]");
  }

  @Test
  void aHandlerThatThrowsCostsNobodyHisSocket() {
    TestSocket client = connected();

    client.send("42[\"throw\"]").send("42[\"echo\",1]").expect("42[\"echoed\",[1]]");
  }

  @Test
  void broadcastsReachEveryKindOfSocketAndCanBeSentAgain() {
    TestSocket first = connected();
    TestSocket second = connected();
    String payload = new JsonObject().put("text", "é0123456789".repeat(300)).encode();

    for (int i = 0; i < 2; i++) {
      node.run(() -> node.sockets.forEach(socket -> socket.emit(node.broadcast(payload))));
      first.expect("42[\"news\"," + payload + "]");
      second.expect("42[\"news\"," + payload + "]");
    }
  }

  @Test
  void whatIsSentLeavesInOrder() {
    TestSocket client = connected();
    node.run(
        () -> {
          Socket socket = node.sockets.get(0);
          for (int i = 0; i < 500; i++) {
            if (i % 3 == 0) {
              socket.emit(new Broadcast("n", "\"" + i + "x".repeat(i * 5) + "\""));
            } else {
              socket.emit("n", "\"" + i + "x".repeat(i * 5) + "\"");
            }
          }
        });
    for (int i = 0; i < 500; i++) {
      client.expect("42[\"n\",\"" + i + "x".repeat(i * 5) + "\"]");
    }
  }

  @Test
  void aKickedClientIsToldNotToComeBack() {
    TestSocket client = connected();

    node.run(() -> node.sockets.get(0).close(CloseReason.DISPLACED));

    client.expect("41", "closed 1000");
    await("closed DISPLACED");
  }

  @Test
  void aClientThatMayComeBackJustLosesItsTransport() {
    TestSocket client = connected();

    node.run(() -> node.sockets.get(0).close(CloseReason.SHUTDOWN));

    client.expectEnd();
    await("closed SHUTDOWN");
  }

  @Test
  void aClientThatLeavesIsGoneOnceAndMayConnectAgain() {
    TestSocket client = connected();

    client.send("41").send("40");

    await("closed CLIENT_LEFT");
    assertThat(client.next()).startsWith("40");
    client.close();
    client.expectEnd();
    await("closed CLIENT_CLOSED");
    assertThat(seen).doesNotContain("closed CLIENT_CLOSED");
  }

  @Test
  void otherNamespacesDoNotExist() {
    open().send("40/admin,").expect("44/admin,{\"message\":\"Invalid namespace\"}");
  }

  @Test
  void breachesOfTheProtocolCloseTheSocket() {
    for (String breach :
        List.of(
            "40",
            "4abc",
            "42{}",
            "42abc[\"x\"]",
            "42/other,[\"x\"]",
            "451-[\"x\",{\"_placeholder\":true,\"num\":3}]",
            "44{}")) {
      TestSocket client = connected();
      client.send(breach);
      if (breach.startsWith("45")) {
        client.send(new byte[] {1});
      }
      client.expectEnd();
      await("closed PROTOCOL_ERROR");
    }
  }

  @Test
  void anAttachmentOfNothingAndTextInsteadOfOneCloseTheSocket() {
    TestSocket first = connected();
    first.send(new byte[] {1}).expectEnd();
    TestSocket second = connected();
    second.send("451-[\"x\"]").send("42[\"echo\"]").expectEnd();
  }

  @Test
  void attachmentsForWhichThereIsNoRoomCloseTheSocketForTheClientToComeBack() throws Exception {
    deploy(Fixtures.cramped(65_536));
    TestSocket client = connected();

    client
        .send("453-[\"echo\",{\"_placeholder\":true,\"num\":0}]")
        .send(new byte[40_000])
        .send(new byte[40_000])
        .expectEnd();

    await("closed FULL");
    assertThat(meter.unfinishedBytes()).isZero();
  }

  @Test
  void binaryArgumentsReachTheHandler() {
    TestSocket client = connected();

    client
        .send("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]")
        .send(new byte[] {1, 2, 3})
        .expect("42[\"echoed\",[\"AQID\"]]");
  }

  @Test
  void connectingAgainAndAgainIsRefused() {
    TestSocket client = open();
    for (int i = 0; i < 17; i++) {
      client.send("40{\"token\":\"banned\"}");
    }
    client.expectEnd();
  }

  @Test
  void aClientThatNeverConnectsIsClosed() {
    deploy(Fixtures.config(Duration.ofSeconds(25), Duration.ofSeconds(60), Duration.ofMillis(300)));
    TestSocket silent = open();
    TestSocket left = connected();
    left.send("41");
    TestSocket undecided = open().send("40{\"token\":\"slow\"}");

    silent.expectEnd();
    left.expectEnd();
    undecided.expectEnd();
    assertThat(meter.closed(CloseReason.CONNECT_TIMEOUT)).isEqualTo(3);
  }

  @Test
  void closingTheServerTellsEverySocket() {
    TestSocket client = connected();

    join(node.server.close(CloseReason.SHUTDOWN));

    await("closed SHUTDOWN");
    client.expectEnd();
    assertThat(node.server.sessions()).isZero();
  }

  private TestSocket open() {
    TestSocket socket =
        TestSocket.open(
            vertx, node.port(), "/socket.io/?EIO=4&transport=websocket", "6.6.6.6, 203.0.113.9");
    assertThat(socket.next()).startsWith("0{");
    return socket;
  }

  private TestSocket connected() {
    TestSocket socket = open().send("40");
    assertThat(socket.next()).startsWith("40");
    assertThat(socket.next()).isEqualTo("42[\"welcome\"]");
    assertThat(socket.next()).startsWith("42[\"handshake\"");
    return socket;
  }

  /** Waits until the handler has seen something; forgets everything before it. */
  private void await(String what) {
    try {
      String next;
      do {
        next = seen.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("'%s' within 20 s", what).isNotNull();
      } while (!next.equals(what));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @CanIgnoreReturnValue
  private static <T> T join(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private final class Node extends VerticleBase implements SocketHandler {

    private final EngineConfig config;
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Promise<Decision>> decisions = new ArrayList<>();
    private @Nullable Broadcast broadcast;
    private SocketIoServer server;
    private HttpServer http;

    Node(EngineConfig config) {
      this.config = config;
    }

    @Override
    public Future<?> start() {
      server =
          new SocketIoServer(
              vertx,
              config,
              this,
              Timers.of(vertx),
              new EngineLoops(),
              Fixtures.OPEN,
              meter,
              Fixtures.ANY_ORIGIN);
      http = vertx.createHttpServer();
      server.prepare(http);
      return http.requestHandler(server::handle).listen(0, "127.0.0.1");
    }

    @Override
    public Future<?> stop() {
      return server.close(CloseReason.SHUTDOWN);
    }

    int port() {
      return http.actualPort();
    }

    /** Runs something where the sockets live, and waits for it. */
    void run(Runnable action) {
      Promise<Void> done = Promise.promise();
      context.runOnContext(
          here -> {
            action.run();
            done.complete();
          });
      join(done.future());
    }

    Broadcast broadcast(String payload) {
      if (broadcast == null) {
        broadcast = new Broadcast("news", payload);
      }
      return broadcast;
    }

    @Override
    public Future<Decision> onConnect(Socket socket, @Nullable Previous previous) {
      String token = String.valueOf(socket.handshake().token());
      seen.add("connecting " + token);
      if (previous != null) {
        seen.add("came from " + previous.pid() + " at " + previous.offset());
      }
      return switch (token) {
        case "banned" ->
            Future.succeededFuture(new Decision.Refuse("Account suspended", "{\"retryAfter\":5}"));
        case "fails" -> Future.failedFuture("on purpose");
        case "throws" -> throw new IllegalStateException("on purpose");
        case "slow" -> {
          Promise<Decision> decision = Promise.promise();
          decisions.add(decision);
          yield decision.future();
        }
        default -> Future.succeededFuture(new Decision.Accept());
      };
    }

    @Override
    public Identity onAccept(Socket socket) {
      return "known".equals(socket.handshake().token())
          ? new Identity("public", "private")
          : SocketHandler.super.onAccept(socket);
    }

    @Override
    public void onPing(Socket socket) {
      seen.add("ping");
    }

    @Override
    public void onPong(Socket socket) {
      seen.add("pong");
    }

    @Override
    public void onConnected(Socket socket) {
      sockets.add(socket);
      socket.emit("welcome", null);
      socket.emit(
          "handshake",
          new JsonObject()
              .put("ip", socket.handshake().remoteIp())
              .put("agent", socket.handshake().userAgent())
              .put("token", socket.handshake().token())
              .put("deltas", socket.handshake().deltas())
              .encode());
    }

    @Override
    public void onEvent(Socket socket, String event, JsonArray arguments, @Nullable Ack ack) {
      switch (event) {
        case "echo" -> socket.emit("echoed", arguments.encode());
        case "ack" -> {
          ack.reply("\"" + arguments.getString(0) + "\"");
          ack.reply("\"twice\"");
        }
        default -> throw new IllegalStateException("on purpose");
      }
    }

    @Override
    public void onClose(Socket socket, CloseReason reason) {
      sockets.remove(socket);
      seen.add("closed " + reason);
    }
  }
}
