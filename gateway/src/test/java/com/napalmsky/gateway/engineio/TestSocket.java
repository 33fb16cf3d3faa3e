package com.napalmsky.gateway.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client's WebSocket whose messages a test waits for one by one. */
public final class TestSocket {

  private static final String CLOSED = "closed ";

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final ClientWebSocket socket;

  private TestSocket(ClientWebSocket socket) {
    this.socket = socket;
    socket.textMessageHandler(text -> events.add(text));
    socket.binaryMessageHandler(binary -> events.add("binary " + binary));
    socket.closeHandler(closed -> events.add(CLOSED + socket.closeStatusCode()));
  }

  /** Opens a socket that offers compression. */
  public static TestSocket open(Vertx vertx, int port, String uri) {
    return open(vertx, port, uri, "");
  }

  /** Opens a socket with an X-Forwarded-For header. */
  public static TestSocket open(Vertx vertx, int port, String uri, String forwarded) {
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setTryUsePerMessageCompression(true)
                .setCompressionAllowClientNoContext(true)
                .setCompressionRequestServerNoContext(true)
                .setMaxMessageSize(4_000_000)
                .setMaxFrameSize(4_000_000));
    // The handlers are set before the connection exists: the server speaks first.
    TestSocket socket = new TestSocket(client.webSocket());
    var unused =
        socket
            .socket
            .connect(
                new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setURI(uri)
                    .addHeader("x-forwarded-for", forwarded)
                    .addHeader("user-agent", "test/1"))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return socket;
  }

  /** Header of the handshake's answer. */
  public String header(String name) {
    return socket.headers().get(name);
  }

  @CanIgnoreReturnValue
  public TestSocket send(String text) {
    socket.writeTextMessage(text);
    return this;
  }

  @CanIgnoreReturnValue
  public TestSocket send(byte[] binary) {
    socket.writeBinaryMessage(Buffer.buffer(binary));
    return this;
  }

  public void close() {
    socket.close();
  }

  /** Stops reading. */
  public void pause() {
    socket.pause();
  }

  /** The next message or end; pings are answered and skipped. */
  public String next() {
    String event = nextOrPing();
    while (event.equals("2")) {
      send("3");
      event = nextOrPing();
    }
    return event;
  }

  /** The next message, which may be a ping, or the end. */
  public String nextOrPing() {
    try {
      String event = events.poll(20, TimeUnit.SECONDS);
      return event == null ? fail("nothing came within 20 s") : event;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** The next message if one comes in time, else nothing. */
  public String nextWithin(long millis) {
    try {
      String event = events.poll(millis, TimeUnit.MILLISECONDS);
      return event == null ? "" : event;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Expects these messages next. */
  @CanIgnoreReturnValue
  public TestSocket expect(String... messages) {
    for (String message : messages) {
      assertThat(next()).isEqualTo(message);
    }
    return this;
  }

  /** Expects the end, whatever comes before it. */
  public void expectEnd() {
    while (!nextOrPing().startsWith(CLOSED)) {
      // What was sent before the end does not matter here.
    }
  }
}
