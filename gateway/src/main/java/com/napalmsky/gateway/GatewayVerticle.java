package com.napalmsky.gateway;

import com.aayushatharva.brotli4j.encoder.Encoder;
import com.napalmsky.gateway.http.HttpApi;
import com.napalmsky.gateway.http.Origins;
import com.napalmsky.gateway.http.media.MediaConfig;
import com.napalmsky.gateway.limits.ClientAddress;
import com.napalmsky.gateway.limits.RateLimits;
import com.napalmsky.gateway.limits.SharedRateLimits;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.process.PortInUse;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import io.netty.handler.codec.compression.Brotli;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of the public port. All instances listen on the same port; each has its own
 * router, bus and sockets.
 */
final class GatewayVerticle extends VerticleBase {

  private static final int LONGEST_LINE = 4_096;
  private static final int LONGEST_HEADERS = 8_192;
  // A paused request keeps some chunks, however large: with many uploads at once they are most of
  // what is held, and live long enough to be promoted.
  private static final int CHUNK_BYTES = 1_024;
  private static final int MOST_FORM_FIELDS = 16;
  private static final int LONGEST_FORM_FIELD = 1_024;
  private static final int COMPRESSED_FROM_BYTES = 1_024;
  // For a queue of 100 people (36 KB): gzip 1 takes 0.24 ms for 8.4 KB, gzip 6 0.51 ms for 7.8 KB;
  // Brotli 1 takes 0.11 ms for 6.9 KB, Brotli 4 0.55 ms for 6.9 KB.
  private static final int GZIP_LEVEL = 1;
  private static final int GZIP_WINDOW_BITS = 15;
  private static final int GZIP_MEMORY_LEVEL = 8;
  private static final int BROTLI_QUALITY = 1;
  // 256 KiB hold every answer of ours; the default of 4 MiB would be allocated for each.
  private static final int BROTLI_WINDOW_BITS = 18;
  // Longer than a heartbeat and its time-out (25 s + 60 s), so that no silent poll is cut.
  private static final int IDLE_SECONDS = 120;
  // To Vert.x 0 is a free port for each instance, and a negative one a free port for all of them.
  private static final int FREE_PORT_OF_ALL = -1;

  private static final int MEDIA_CONNECT_MILLIS = 2_000;
  // Shorter than the listener keeps a silent connection.
  private static final int MEDIA_KEPT_SECONDS = 60;

  private final GatewayShare share;
  private @Nullable TypedBus bus;
  private @Nullable SocketEdge edge;
  private @Nullable HttpServer server;
  private @Nullable RedisClient redis;

  GatewayVerticle(GatewayShare share) {
    this.share = share;
  }

  @Override
  public Future<?> start() {
    TypedBus ownBus = new TypedBus(vertx);
    bus = ownBus;
    GatewayConfig config = share.config();
    SocketEdge.Loop loop =
        new SocketEdge.Loop(
            vertx,
            ownBus,
            share.sessions(),
            new ClientAddress(config.trustedProxyHops()),
            new Origins(config.allowedOrigins()),
            share.banned());
    return share
        .sockets()
        .open(loop)
        .compose(sockets -> listen(ownBus, sockets))
        // Vert.x does not stop a verticle whose start failed.
        .recover(cause -> stop().transform(stopped -> Future.failedFuture(cause)));
  }

  private Future<Void> listen(TypedBus ownBus, SocketEdge sockets) {
    edge = sockets;
    share.edges().add(sockets);
    HttpApi around = PublicApi.around(vertx, ownBus, share, limits());
    Handler<HttpServerRequest> router =
        around.serving(PublicApi.operations(ownBus, mediaClient(), share), share.browserClient());
    HttpServer own =
        vertx
            .createHttpServer(options())
            .invalidRequestHandler(around::refuseUnreadable)
            .requestHandler(
                request -> {
                  if (around.turnsAway(request)) {
                    return;
                  }
                  // Before the router: sockets read their requests themselves.
                  if (request.path() != null && request.path().startsWith(SocketEdge.PATH)) {
                    sockets.handle(request);
                  } else {
                    router.handle(request);
                  }
                });
    sockets.prepare(own);
    GatewayConfig config = share.config();
    int port = config.port() == 0 ? FREE_PORT_OF_ALL : config.port();
    return own.listen(port, config.host())
        .map(
            listening -> {
              server = listening;
              share.publicPort().set(listening.actualPort());
              share.serving().incrementAndGet();
              return (Void) null;
            })
        .recover(
            cause ->
                Future.failedFuture(
                    PortInUse.or(cause, GatewayConfig.PORT, config.host(), config.port())));
  }

  private RateLimits limits() {
    RedisConfig shared = share.config().redis();
    if (shared == null) {
      return RateLimits.here(share.limits());
    }
    RedisClient client =
        RedisClient.open(
            vertx, shared.hurried(share.config().limitWait()), SharedRateLimits.SCRIPTS);
    redis = client;
    return new SharedRateLimits(client, shared.keys("limits"), share.limits());
  }

  /** Closed with this verticle; it connects when somebody first asks. */
  private HttpClient mediaClient() {
    MediaConfig media = share.config().media();
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setConnectTimeout(MEDIA_CONNECT_MILLIS)
            .setKeepAliveTimeout(MEDIA_KEPT_SECONDS),
        // Each transfer has a connection, and how many there may be is counted before.
        new PoolOptions().setHttp1MaxSize(media.uploads() + media.downloads()));
  }

  @Override
  public Future<?> stop() {
    HttpServer listening = server;
    server = null;
    if (listening != null) {
      share.serving().decrementAndGet();
    }
    return (edge == null ? Future.<Void>succeededFuture() : edge.close())
        .eventually(() -> listening == null ? Future.succeededFuture() : listening.close())
        .eventually(() -> bus == null ? Future.succeededFuture() : bus.close())
        .eventually(() -> redis == null ? Future.succeededFuture() : redis.close())
        .andThen(
            stopped -> {
              if (edge != null) {
                share.edges().remove(edge);
              }
            });
  }

  private static HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_HEADERS)
            .setMaxChunkSize(CHUNK_BYTES)
            .setIdleTimeout(IDLE_SECONDS)
            // Forms have one file and next to nothing besides.
            .setMaxFormFields(MOST_FORM_FIELDS)
            .setMaxFormAttributeSize(LONGEST_FORM_FIELD)
            .setMaxFormBufferedBytes(LONGEST_HEADERS)
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false)
            // Every handler answers on its own event loop; saves two queues for each connection.
            .setStrictThreadMode(true)
            .setCompressionSupported(true)
            .setCompressionContentSizeThreshold(COMPRESSED_FROM_BYTES)
            .addCompressor(
                StandardCompressionOptions.gzip(GZIP_LEVEL, GZIP_WINDOW_BITS, GZIP_MEMORY_LEVEL));
    // The native library exists for the systems that images run on, not for every laptop.
    return Brotli.isAvailable()
        ? options.addCompressor(
            StandardCompressionOptions.brotli(
                new Encoder.Parameters()
                    .setQuality(BROTLI_QUALITY)
                    .setWindow(BROTLI_WINDOW_BITS)
                    .setMode(Encoder.Mode.TEXT)))
        : options;
  }
}
