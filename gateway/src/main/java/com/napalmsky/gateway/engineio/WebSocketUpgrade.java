package com.napalmsky.gateway.engineio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.core.spi.metrics.NetworkMetrics;
import io.vertx.core.spi.metrics.TCPMetrics;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP connection of Vert.x into a WebSocket of ours: answers the handshake through
 * Vert.x, so that the request is counted as finished, then takes Vert.x's HTTP handlers out of the
 * channel and puts a frame decoder and a {@link WebSocketTransport} in their place. Nothing keeps
 * the request or the connection object afterwards.
 *
 * <p>The only class that depends on the names and internals of Vert.x's pipeline; its test fails
 * when a new version changes them.
 */
final class WebSocketUpgrade {

  private static final String HANDLER = "handler";
  private static final String DECODER = "httpDecoder";
  private static final String EXTENSIONS = "webSocketExtensionHandler";

  /** "h2c" is missing here: it goes by itself after the first request. */
  private static final List<String> OTHERS =
      List.of("httpEncoder", "inflater", "deflater", "chunkedWriter", "idle");

  private static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(4 * 1024, 16 * 1024);

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final WebSocketDecoderConfig plain;
  private final WebSocketDecoderConfig extended;
  private final boolean deflate;
  private final int sendBuffer;
  private final EngineLoop loop;

  /**
   * @param loop that of the connections
   */
  WebSocketUpgrade(EngineLoop loop) {
    EngineConfig config = loop.config;
    this.loop = loop;
    WebSocketDecoderConfig.Builder builder =
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(true)
            .allowMaskMismatch(false)
            .closeOnProtocolViolation(false)
            .maxFramePayloadLength(config.maxPayload());
    this.plain = builder.allowExtensions(false).build();
    this.extended = builder.allowExtensions(true).build();
    this.deflate = config.deflateLevel() > 0;
    this.sendBuffer = config.sendBufferBytes();
  }

  /** Whether the client asks for a WebSocket. */
  static boolean wanted(HttpServerRequest request) {
    return request.headers().contains("upgrade", "websocket", true);
  }

  /** Whether the handshake is complete and the connection one that can be taken over. */
  static boolean possible(HttpServerRequest request) {
    String connection = request.getHeader("connection");
    String key = request.getHeader("sec-websocket-key");
    return request.method() == HttpMethod.GET
        && connection != null
        && connection.toLowerCase(Locale.ROOT).contains("upgrade")
        && "13".equals(request.getHeader("sec-websocket-version"))
        && key != null
        && key.length() == 24
        && request.getHeader("transfer-encoding") == null
        && request.connection() instanceof VertxConnection http
        && http.channel().isActive()
        && http.channel().isWritable()
        && http.channel().pipeline().get(HANDLER) != null;
  }

  /** Takes the handler out that would negotiate extensions in Vert.x's way. */
  static void prepare(HttpConnection connection) {
    if (connection instanceof VertxConnection http) {
      remove(http.channel().pipeline(), EXTENSIONS);
    }
  }

  /**
   * Accepts the handshake; on the connection's loop only.
   *
   * @param transport makes the transport; gets whether compression is used, and what to run when
   *     the channel is closed
   */
  WebSocketTransport accept(
      HttpServerRequest request,
      BiFunction<Boolean, @Nullable Runnable, WebSocketTransport> transport) {
    VertxConnection http = (VertxConnection) request.connection();
    Channel channel = http.channel();
    ChannelPipeline pipeline = channel.pipeline();
    remove(pipeline, EXTENSIONS);
    String extensions =
        deflate
            ? DeflateOffer.answer(joined(request.headers().getAll("sec-websocket-extensions")))
            : null;
    respond(request, extensions);
    bound(channel);

    WebSocketTransport socket = transport.apply(extensions != null, farewell(http));
    // Last the decoder: bytes that it already holds go straight to its successor.
    pipeline.replace(HANDLER, HANDLER, socket);
    OTHERS.forEach(name -> remove(pipeline, name));
    pipeline.replace(
        DECODER,
        "webSocketDecoder",
        new FrameReader(extensions == null ? plain : extended, loop, socket::noRoom));
    channel.flush();
    return socket;
  }

  /**
   * Makes a client that does not read show: the kernel takes little for it, and what waits here
   * counts as waiting soon, so that the time it may stand still begins.
   */
  private void bound(Channel channel) {
    channel.config().setOption(ChannelOption.SO_SNDBUF, sendBuffer);
    channel.config().setWriteBufferWaterMark(WAITING);
  }

  private static void respond(HttpServerRequest request, @Nullable String extensions) {
    HttpServerResponse response = request.response();
    response
        .setStatusCode(101)
        .putHeader("upgrade", "websocket")
        .putHeader("connection", "Upgrade")
        .putHeader("sec-websocket-accept", accept(request.getHeader("sec-websocket-key")))
        // A response 101 must not have a length, and Vert.x adds one to every response.
        .headersEndHandler(ready -> response.headers().remove("content-length"));
    if (extensions != null) {
      response.putHeader("sec-websocket-extensions", extensions);
    }
    var unused = response.end();
  }

  /** Vert.x counts open connections, and no longer sees the end of this one. */
  private static @Nullable Runnable farewell(VertxConnection http) {
    NetworkMetrics<?> metrics = http.metrics();
    if (!(metrics instanceof TCPMetrics<?>)) {
      return null;
    }
    @SuppressWarnings("unchecked")
    TCPMetrics<Object> tcp = (TCPMetrics<Object>) metrics;
    Object metric = http.metric();
    var address = http.remoteAddress();
    return () -> tcp.disconnected(metric, address);
  }

  private static String accept(@Nullable String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }

  private static @Nullable String joined(List<String> values) {
    return values.isEmpty() ? null : String.join(",", values);
  }

  private static void remove(ChannelPipeline pipeline, String name) {
    ChannelHandler handler = pipeline.get(name);
    if (handler != null) {
      pipeline.remove(handler);
    }
  }
}
