package com.napalmsky.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.engineio.EngineConfig;
import com.napalmsky.gateway.engineio.EngineLoops;
import com.napalmsky.gateway.engineio.EngineMeter;
import com.napalmsky.gateway.engineio.Fixtures;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A socket in doubt, over a real connection, with the server's time moved by hand. */
class SocketProbeTest {

  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final String PING = "2";
  private static final String PONG = "3";

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final EngineMeter meter = new EngineMeter();
  private Vertx vertx;
  private Node node;

  /** Kept, because it closes its sockets when nobody refers to it any more. */
  private WebSocketClient clients;

  private ClientWebSocket client;

  @BeforeEach
  void connect() throws InterruptedException {
    vertx = Vertx.vertx();
    node = new Node(meter);
    var deployed = join(vertx.deployVerticle(node));
    clients = vertx.createWebSocketClient();
    client = clients.webSocket();
    client.textMessageHandler(received::add);
    client.closeHandler(closed -> received.add("closed"));
    var open =
        join(
            client.connect(
                node.server.actualPort(), "127.0.0.1", "/socket.io/?EIO=4&transport=websocket"));
    assertThat(next()).startsWith("0");
    send("40");
    assertThat(next()).startsWith("40");
  }

  @AfterEach
  void stop() {
    var closed = join(vertx.close());
  }

  @Test
  void aClientThatDoesNotAnswerIsLostWithinTheLimit() throws InterruptedException {
    node.probe();
    assertThat(next()).isEqualTo(PING);

    node.advance(Duration.ofSeconds(2));
    assertThat(meter.closed(CloseReason.PING_TIMEOUT)).isZero();
    node.advance(Duration.ofSeconds(1));

    assertThat(meter.closed(CloseReason.PING_TIMEOUT)).isEqualTo(1);
    assertThat(node.closed).isEqualTo(CloseReason.PING_TIMEOUT);
    assertThat(next()).isEqualTo("closed");
  }

  @Test
  void aSecondQuestionGivesTheClientNoMoreTime() throws InterruptedException {
    node.probe();
    node.advance(Duration.ofSeconds(2));
    node.probe();
    node.advance(Duration.ofSeconds(1));

    assertThat(node.closed).isEqualTo(CloseReason.PING_TIMEOUT);
    assertThat(next()).isEqualTo(PING);
    assertThat(next()).isEqualTo("closed");
  }

  @Test
  void aClientThatAnswersStaysAndIsAskedAgainAsUsual() throws InterruptedException {
    node.probe();
    assertThat(next()).isEqualTo(PING);
    send(PONG);
    roundTrip();

    node.advance(Duration.ofSeconds(10));
    assertThat(node.closed).isNull();
    assertThat(received).isEmpty();
    node.probe();
    assertThat(next()).isEqualTo(PING);
    node.advance(LIMIT);
    assertThat(node.closed).isEqualTo(CloseReason.PING_TIMEOUT);
  }

  @Test
  void whateverTheClientSaysProvesThatItIsThere() throws InterruptedException {
    node.probe();
    assertThat(next()).isEqualTo(PING);
    roundTrip();

    node.advance(LIMIT);

    assertThat(node.closed).isNull();
    assertThat(next()).isEqualTo(PING);
    node.advance(Duration.ofSeconds(61));
    assertThat(node.closed).isEqualTo(CloseReason.PING_TIMEOUT);
  }

  /** The server has read everything that was sent before. */
  private void roundTrip() throws InterruptedException {
    send("42[\"echo\"]");
    assertThat(next()).isEqualTo("42[\"echoed\"]");
  }

  private void send(String text) {
    var sent = join(client.writeTextMessage(text));
  }

  private String next() throws InterruptedException {
    String message = received.poll(20, TimeUnit.SECONDS);
    assertThat(message).as("a message within 20 s").isNotNull();
    return message;
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** One event loop with one socket; what the fields say is written before a test reads it. */
  private static final class Node extends VerticleBase implements SocketHandler {

    private final ManualTimers timers = new ManualTimers();
    private final EngineMeter meter;
    private HttpServer server;
    private volatile Socket socket;
    private volatile CloseReason closed;

    Node(EngineMeter meter) {
      this.meter = meter;
    }

    @Override
    public Future<?> start() {
      SocketIoServer sockets =
          new SocketIoServer(
              vertx,
              EngineConfig.from(new Settings(Map.of())),
              this,
              timers,
              new EngineLoops(),
              Fixtures.OPEN,
              meter,
              Fixtures.ANY_ORIGIN);
      server = vertx.createHttpServer();
      sockets.prepare(server);
      return server.requestHandler(sockets::handle).listen(0, "127.0.0.1");
    }

    void probe() {
      onLoop(() -> socket.probe(LIMIT));
    }

    void advance(Duration span) {
      onLoop(() -> timers.advance(span));
    }

    private void onLoop(Runnable action) {
      Promise<Void> done = Promise.promise();
      context.runOnContext(
          now -> {
            action.run();
            done.complete();
          });
      var unused = join(done.future());
    }

    @Override
    public Future<Decision> onConnect(Socket connecting, @Nullable Previous previous) {
      socket = connecting;
      return Future.succeededFuture(new Decision.Accept());
    }

    @Override
    public void onConnected(Socket connected) {}

    @Override
    public void onEvent(Socket from, String event, JsonArray arguments, @Nullable Ack ack) {
      from.emit("echoed", null);
    }

    @Override
    public void onClose(Socket gone, CloseReason reason) {
      closed = reason;
    }
  }
}
