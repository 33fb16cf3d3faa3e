package com.napalmsky.gateway.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.Timers;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.VertxConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of Engine.IO 4 over real connections, on several event loops. */
class EngineServerTest {

  private static final int LOOPS = 3;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final EngineLoops loops = new EngineLoops();
  private final EngineMeter meter = new EngineMeter();
  private final AtomicInteger places = new AtomicInteger(1_000);
  private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
  private final Set<Thread> strangers = ConcurrentHashMap.newKeySet();
  private final List<Node> nodes = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<ChannelPipeline> pipelines = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    deploy(Fixtures.config());
  }

  private void deploy(EngineConfig config) {
    port = freePort();
    join(vertx.deployVerticle(() -> new Node(config), new DeploymentOptions().setInstances(LOOPS)));
  }

  @AfterEach
  void stop() {
    // The servers first: Vert.x's client sometimes waits for itself when both end at once.
    for (Node node : List.copyOf(nodes)) {
      join(node.engine.close(CloseReason.SHUTDOWN));
    }
    join(vertx.close());
    assertThat(strangers).as("threads on which a session was touched away from home").isEmpty();
    assertThat(meter.openWebSockets()).isZero();
    assertThat(meter.openPollings()).isZero();
    assertThat(places).hasValue(1_000);
  }

  @Test
  void aPollingSessionIsOpened() throws Exception {
    HttpResponse<String> response = get("EIO=4&transport=polling");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("text/plain; charset=UTF-8");
    assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
    JsonObject open = new JsonObject(response.body().substring(1));
    assertThat(response.body()).startsWith("0{");
    assertThat(open.getJsonArray("upgrades").getList()).isEqualTo(List.of("websocket"));
    assertThat(open.getInteger("pingInterval")).isEqualTo(25_000);
    assertThat(open.getInteger("pingTimeout")).isEqualTo(60_000);
    assertThat(open.getInteger("maxPayload")).isEqualTo(1_000_000);
    assertThat(open.getString("sid")).hasSizeGreaterThanOrEqualTo(22);
  }

  @Test
  void badRequestsAreRefusedWithTheirNumbers() throws Exception {
    assertThat(get("EIO=4").body()).isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
    assertThat(get("EIO=4&transport=abc").body()).contains("\"code\":0");
    assertThat(get("EIO=4&transport=polling&sid=0.nope").body())
        .isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    assertThat(get("EIO=4&transport=polling&sid=nope").body()).contains("\"code\":1");
    assertThat(send("POST", "EIO=4&transport=polling", "4x").body())
        .isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
    assertThat(send("PUT", "EIO=4&transport=polling", "").body()).contains("\"code\":2");
    assertThat(get("EIO=4&transport=websocket").body())
        .isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
    assertThat(get("EIO=3&transport=polling").body())
        .isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    assertThat(get("transport=polling").body()).contains("\"code\":5");
    assertThat(raw("GET /?EIO=4&transport=%zz HTTP/1.1")).isEqualTo("HTTP/1.1 400");
    assertThat(meter.refused(EngineError.UNSUPPORTED_VERSION)).isEqualTo(2);
  }

  @Test
  void aPreflightIsAnswered() throws Exception {
    assertThat(send("OPTIONS", "EIO=4&transport=polling", "").statusCode()).isEqualTo(204);
  }

  @Test
  void aForeignOriginIsRefused() throws Exception {
    HttpResponse<String> response =
        http.send(
            request("EIO=4&transport=polling").header("origin", "https://evil.example").build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("\"code\":4");
  }

  @Test
  void messagesOfOneBodyAndOneTurnShareAnAnswer() throws Exception {
    String sid = open();

    assertThat(post(sid, "4a\u001ebAQIDBA==\u001e4é😀").body()).isEqualTo("ok");
    assertThat(poll(sid).body()).isEqualTo("4a\u001ebAQIDBA==\u001e4é😀");
  }

  @Test
  void aPollWaitsForAMessage() throws Exception {
    String sid = open();
    CompletableFuture<HttpResponse<String>> poll = pollLater(sid);

    assertThat(post(sid, "4later").body()).isEqualTo("ok");

    assertThat(poll.get(20, TimeUnit.SECONDS).body()).isEqualTo("4later");
  }

  @Test
  void brokenBodiesCloseTheSession() throws Exception {
    for (String body : new String[] {"abc", "", "4a\u001e", "b***", "0", "2"}) {
      String sid = open();
      assertThat(post(sid, body).statusCode()).as(body).isEqualTo(400);
      assertThat(poll(sid).statusCode()).isEqualTo(400);
      assertThat(nextClose()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }
  }

  @Test
  void aBodyThatIsTooLargeClosesTheSession() throws Exception {
    String sid = open();

    assertThat(post(sid, "4" + "x".repeat(1_000_000)).statusCode()).isEqualTo(413);

    assertThat(nextClose()).isEqualTo(CloseReason.PROTOCOL_ERROR);
  }

  @Test
  void aBodyForWhichThereIsNoRoomIsRefusedWithATimeAndTheSessionEnds() throws Exception {
    deploy(Fixtures.cramped(65_536));
    String sid = open();

    HttpResponse<String> refused = post(sid, "4" + "x".repeat(900_000));

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("retry-after")).contains("5");
    assertThat(refused.body()).contains("Too much is being sent at once");
    assertThat(nextClose()).isEqualTo(CloseReason.FULL);
    assertThat(meter.unfinishedBytes()).isZero();
  }

  @Test
  void theLargestBodyIsEchoed() throws Exception {
    String sid = open();
    String body = "4" + "x".repeat(999_999);

    assertThat(post(sid, body).body()).isEqualTo("ok");
    assertThat(poll(sid).body()).isEqualTo(body);
  }

  @Test
  void twoPollsAtOnceCloseTheSession() throws Exception {
    String sid = open();
    CompletableFuture<HttpResponse<String>> first = pollLater(sid);
    awaitPoll(sid);

    assertThat(poll(sid).statusCode()).isEqualTo(400);

    assertThat(first.get(20, TimeUnit.SECONDS).body()).isEqualTo("1");
    assertThat(poll(sid).statusCode()).isEqualTo(400);
    assertThat(nextClose()).isEqualTo(CloseReason.PROTOCOL_ERROR);
  }

  @Test
  void aPollThatIsGivenUpClosesTheSession() throws Exception {
    String sid = open();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String poll = "GET /?EIO=4&transport=polling&sid=" + sid + " HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(poll.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      awaitPoll(sid);
    }
    assertThat(nextClose()).isEqualTo(CloseReason.TRANSPORT_LOST);
    assertThat(poll(sid).statusCode()).isEqualTo(400);
  }

  @Test
  void aClientEndsItsSession() throws Exception {
    String sid = open();
    CompletableFuture<HttpResponse<String>> poll = pollLater(sid);
    awaitPoll(sid);

    assertThat(post(sid, "1").body()).isEqualTo("ok");

    assertThat(poll.get(20, TimeUnit.SECONDS).body()).isEqualTo("6");
    assertThat(nextClose()).isEqualTo(CloseReason.CLIENT_CLOSED);
    assertThat(poll(sid).statusCode()).isEqualTo(400);
  }

  @Test
  void aKickedPollingClientStillGetsItsLastWords() throws Exception {
    String sid = open();

    assertThat(post(sid, "4kick").body()).isEqualTo("ok");

    assertThat(nextClose()).isEqualTo(CloseReason.BANNED);
    assertThat(poll(sid).body()).isEqualTo("4bye\u001e1");
    assertThat(poll(sid).statusCode()).isEqualTo(400);
  }

  @Test
  void largeAnswersAreZippedWhenTheClientLikesIt() throws Exception {
    String sid = open();
    String large = "4" + "0123456789".repeat(500);
    assertThat(post(sid, large).body()).isEqualTo("ok");

    HttpResponse<byte[]> zipped =
        http.send(
            request("EIO=4&transport=polling&sid=" + sid).header("accept-encoding", "gzip").build(),
            BodyHandlers.ofByteArray());
    assertThat(zipped.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(
            new String(
                new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes(),
                StandardCharsets.UTF_8))
        .isEqualTo(large);

    assertThat(post(sid, large).body()).isEqualTo("ok");
    HttpResponse<String> plain =
        http.send(
            request("EIO=4&transport=polling&sid=" + sid)
                .header("accept-encoding", "gzip")
                .header("x-no-compression", "1")
                .build(),
            BodyHandlers.ofString());
    assertThat(plain.body()).isEqualTo(large);
  }

  @Test
  void aFullServerRefusesBothTransports() throws Exception {
    places.set(0);
    try {
      HttpResponse<String> response = get("EIO=4&transport=polling");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("retry-after")).contains("7");
      assertThat(response.body()).contains("\"message\":\"Full\"");
      assertThatThrownBy(() -> webSocket("")).hasMessageContaining("503");
      assertThat(meter.refused(EngineError.FULL)).isEqualTo(2);
    } finally {
      places.set(1_000);
    }
  }

  @Test
  void aWebSocketSessionEchoesBothKinds() {
    TestSocket socket = webSocket("");
    JsonObject open = new JsonObject(socket.next().substring(1));

    assertThat(open.getJsonArray("upgrades")).isEmpty();
    socket.send("4hello").expect("4hello");
    socket.send(new byte[] {'a', 'b'}).expect("binary ab");
    String large = "4" + "ü0123456789".repeat(20_000);
    socket.send(large).expect(large);
    assertThat(meter.bytesSent()).isLessThan(meter.bytesBeforeCompression());
    socket.close();
    socket.expectEnd();
  }

  @Test
  void noContextTakeoverIsForcedOnEveryClient() {
    TestSocket socket = webSocket("");

    assertThat(socket.header("sec-websocket-extensions"))
        .contains("server_no_context_takeover")
        .contains("client_no_context_takeover");
    assertThat(socket.header("content-length")).isNull();
  }

  @Test
  void nothingOfVertxStaysInTheChannel() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write(
              ("GET /?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                      + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] head = socket.getInputStream().readNBytes(100);
      assertThat(new String(head, StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 101 Switching Protocols")
          .doesNotContain("extensions");
      assertThat(pipelines).hasSize(1);
      ChannelPipeline pipeline = pipelines.peek();
      awaitTrue(
          "only our own handlers are left",
          () ->
              pipeline.names().stream()
                  .filter(name -> !name.startsWith("DefaultChannelPipeline$"))
                  .toList()
                  .equals(List.of("webSocketDecoder", "handler")));
    }
  }

  @Test
  void incompleteHandshakesAreRefused() throws Exception {
    for (String missing : List.of("Sec-WebSocket-Key: short", "Sec-WebSocket-Version: 8")) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket
            .getOutputStream()
            .write(
                ("GET /?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\n"
                        + missing
                        + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 400");
      }
    }
  }

  @Test
  void pollingIsUpgradedWithoutLosingOrReordering() throws Exception {
    for (int round = 0; round < 20; round++) {
      String sid = open();
      CompletableFuture<HttpResponse<String>> poll = pollLater(sid);
      awaitPoll(sid);

      TestSocket socket = webSocket("&sid=" + sid);
      socket.send("2probe").expect("3probe");
      assertThat(poll.get(20, TimeUnit.SECONDS).body()).isEqualTo("6");
      assertThat(post(sid, "4one\u001e4two").body()).isEqualTo("ok");
      socket.send("5").send("4three");

      socket.expect("4one", "4two", "4three");
      assertThat(poll(sid).statusCode()).isEqualTo(400);
      socket.close();
      socket.expectEnd();
      assertThat(nextClose()).isEqualTo(CloseReason.CLIENT_CLOSED);
    }
    assertThat(meter.upgrades()).isEqualTo(20);
  }

  @Test
  void aPollDuringTheProbeIsReleasedAtOnce() throws Exception {
    String sid = open();
    TestSocket socket = webSocket("&sid=" + sid);
    socket.send("2probe").expect("3probe");

    assertThat(poll(sid).body()).isEqualTo("6");
  }

  @Test
  void aSecondWebSocketOfAnUpgradedSessionIsClosed() throws Exception {
    String sid = open();
    TestSocket socket = webSocket("&sid=" + sid);
    socket.send("2probe").expect("3probe");
    socket.send("5").send("4x").expect("4x");

    webSocket("&sid=" + sid).expectEnd();

    socket.send("4still").expect("4still");
  }

  @Test
  void aProbeThatFailsLeavesPollingAlone() throws Exception {
    String sid = open();
    TestSocket socket = webSocket("&sid=" + sid);
    socket.send("4not a probe").expectEnd();

    assertThat(post(sid, "4fine").body()).isEqualTo("ok");
    assertThat(poll(sid).body()).isEqualTo("4fine");
  }

  @Test
  void anUpgradeOfNothingIsRefused() {
    assertThatThrownBy(() -> webSocket("&sid=0.nope")).hasMessageContaining("400");
  }

  @Test
  void heartbeatsKeepSessionsAndSilenceEndsThem() throws Exception {
    deploy(Fixtures.config(Duration.ofMillis(300), Duration.ofMillis(400), Duration.ofSeconds(9)));
    TestSocket socket = webSocket("");
    assertThat(socket.nextOrPing()).startsWith("0");
    for (int i = 0; i < 3; i++) {
      assertThat(socket.nextOrPing()).isEqualTo("2");
      socket.send("3");
    }
    String sid = open();
    assertThat(poll(sid).body()).isEqualTo("2");
    assertThat(post(sid, "3").body()).isEqualTo("ok");

    assertThat(nextClose()).isEqualTo(CloseReason.PING_TIMEOUT);
    assertThat(nextClose()).isEqualTo(CloseReason.PING_TIMEOUT);
    socket.expectEnd();
  }

  @Test
  void aStoppingServerEndsItsSessionsAndRefusesNewOnes() {
    TestSocket socket = webSocket("");
    assertThat(socket.next()).startsWith("0");

    for (Node node : List.copyOf(nodes)) {
      join(node.engine.close(CloseReason.SHUTDOWN));
    }

    socket.expectEnd();
    assertThat(nextClose()).isEqualTo(CloseReason.SHUTDOWN);
    assertThatThrownBy(() -> webSocket("")).hasMessageContaining("503");
  }

  @Test
  void idsAreNeverRepeatedAndSayNothing() throws Exception {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      assertThat(ids.add(open())).isTrue();
    }
  }

  private TestSocket webSocket(String more) {
    return TestSocket.open(vertx, port, "/?EIO=4&transport=websocket" + more);
  }

  private String open() throws Exception {
    return new JsonObject(get("EIO=4&transport=polling").body().substring(1)).getString("sid");
  }

  private HttpResponse<String> poll(String sid) throws Exception {
    return get("EIO=4&transport=polling&sid=" + sid);
  }

  private CompletableFuture<HttpResponse<String>> pollLater(String sid) {
    return http.sendAsync(
        request("EIO=4&transport=polling&sid=" + sid).build(), BodyHandlers.ofString());
  }

  /** Waits until a poll of the session has reached its home. */
  private void awaitPoll(String sid) {
    EngineSessions home = loops.home(sid);
    awaitTrue(
        "a poll waits",
        () ->
            join(
                Future.<Boolean>future(
                    asked -> home.run(() -> asked.complete(home.pollWaits(sid))))));
  }

  private static void awaitTrue(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s within 20 s", what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private HttpResponse<String> get(String query) throws Exception {
    return http.send(request(query).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String sid, String body) throws Exception {
    return send("POST", "EIO=4&transport=polling&sid=" + sid, body);
  }

  private HttpResponse<String> send(String method, String query, String body) throws Exception {
    return http.send(
        request(query).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  /** Sends what no proper client would, and returns the status line. */
  private String raw(String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write((head + "\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/?" + query))
        .timeout(Duration.ofSeconds(30));
  }

  private CloseReason nextClose() {
    try {
      CloseReason reason = closed.poll(20, TimeUnit.SECONDS);
      assertThat(reason).as("a session closed within 20 s").isNotNull();
      return reason;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException(none);
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

  /**
   * All of what it is owed would fit into the outbound queue, and into the buffers that the kernel
   * gives a connection of this machine by itself.
   */
  @Test
  void whoTakesNothingIsClosedAsSlowThoughTheKernelWouldTakeItAll() throws Exception {
    deploy(Fixtures.impatient());
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      socket
          .getOutputStream()
          .write(
              ("GET /?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                      + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] message = maskedText("4" + "x".repeat(1_000));
      for (int i = 0; i < 200; i++) {
        socket.getOutputStream().write(message);
      }

      assertThat(closed.poll(20, TimeUnit.SECONDS)).isEqualTo(CloseReason.SLOW);
    }
  }

  /** A text frame of a client, 126 to 65535 bytes, masked with zeros. */
  private static byte[] maskedText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Buffer.buffer()
        .appendUnsignedByte((short) 0x81)
        .appendUnsignedByte((short) (0x80 | 126))
        .appendUnsignedShort(bytes.length)
        .appendInt(0)
        .appendBytes(bytes)
        .getBytes();
  }

  /** One event loop: echoes, and ends a session that asks for it. */
  private final class Node extends VerticleBase implements EngineHandler, Admission {

    private final EngineConfig config;
    private EngineServer engine;
    private Thread home;

    Node(EngineConfig config) {
      this.config = config;
    }

    @Override
    public Future<?> start() {
      home = Thread.currentThread();
      engine =
          new EngineServer(
              vertx,
              config,
              this,
              Timers.of(vertx),
              loops,
              this,
              meter,
              request -> {
                request.response().putHeader("access-control-allow-origin", "*");
                return !"https://evil.example".equals(request.getHeader("origin"));
              });
      nodes.add(this);
      HttpServer server =
          vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false));
      engine.prepare(server);
      return server
          .requestHandler(
              request -> {
                pipelines.add(((VertxConnection) request.connection()).channel().pipeline());
                engine.handle(request);
              })
          .listen(port, "127.0.0.1");
    }

    @Override
    public Future<?> stop() {
      return engine.close(CloseReason.SHUTDOWN);
    }

    @Override
    public Refusal admit(String remoteIp) {
      if (places.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
        return new Refusal("Full", 7);
      }
      return null;
    }

    @Override
    public void identified(String remoteIp) {}

    @Override
    public void released(String remoteIp, boolean identified) {
      places.incrementAndGet();
    }

    @Override
    public void onOpen(EngineSession session) {
      checkHome();
    }

    @Override
    public void onText(EngineSession session, String message) {
      checkHome();
      if (message.equals("kick")) {
        session.send("bye");
        session.close(CloseReason.BANNED);
      } else {
        session.send(message);
      }
    }

    @Override
    public void onBinary(EngineSession session, Buffer message) {
      checkHome();
      session.send(message);
    }

    @Override
    public void onClose(EngineSession session, CloseReason reason) {
      checkHome();
      closed.add(reason);
    }

    private void checkHome() {
      if (Thread.currentThread() != home || vertx.getOrCreateContext().deploymentID() == null) {
        strangers.add(Thread.currentThread());
      }
    }
  }
}
