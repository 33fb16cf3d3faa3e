package com.napalmsky.shared.runtime.redis;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.meter.Meters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis, with limits, over one connection that is never waited for: operations are written as they
 * come, and answered in that order. Of a Redis Cluster it is one connection to each node.
 *
 * <p>Confined to the event loop that opened it; each verticle opens its own.
 *
 * <p>An operation that has no answer within its limit fails with {@link Code#UNAVAILABLE}, and
 * takes the connection with it, because no later one could be answered before it. Whether it was
 * done is not known. A lost connection is opened anew at once; when that fails, everything fails
 * with {@link Code#UNAVAILABLE} immediately, without being tried, until one of the attempts that
 * follow at growing intervals has succeeded.
 */
public final class RedisClient {

  private static final Logger LOG = LoggerFactory.getLogger(RedisClient.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  // What a server says that cannot serve at present; the same request may succeed later or
  // elsewhere.
  private static final List<String> PASSING =
      List.of(
          "LOADING",
          "READONLY",
          "MASTERDOWN",
          "CLUSTERDOWN",
          "TRYAGAIN",
          "NOREPLICAS",
          "MISCONF",
          "OOM",
          "BUSY ",
          "NOAUTH",
          "WRONGPASS",
          "UNBLOCKED");

  private final Vertx vertx;
  private final RedisConfig config;
  private final List<RedisScript> scripts;
  private final Timers timers;
  private @Nullable Link link;
  // Who asks while a lost connection is replaced waits for it; null when there is one, or Redis is
  // known to be away.
  private @Nullable Promise<Link> replacing;
  private boolean away;
  private boolean closed;
  private int failures;
  private int inFlight;

  private record Link(Redis redis, RedisConnection connection) {}

  private RedisClient(Vertx vertx, RedisConfig config, List<RedisScript> scripts, Timers timers) {
    this.vertx = vertx;
    this.config = config;
    this.scripts = scripts;
    this.timers = timers;
  }

  /**
   * Begins to connect, and goes on until it is closed. Operations may be asked for at once.
   *
   * @param scripts those that will be run: they are made known to each new connection, so that a
   *     call is one round trip from the beginning
   */
  public static RedisClient open(Vertx vertx, RedisConfig config, List<RedisScript> scripts) {
    RedisClient client = new RedisClient(vertx, config, List.copyOf(scripts), Timers.of(vertx));
    client.connect();
    return client;
  }

  /**
   * Sends one command.
   *
   * @return the answer, null for nil; what Redis refuses for a fault of the command fails as it is
   */
  public Future<@Nullable Response> send(Request command) {
    return bounded(connection -> connection.send(command));
  }

  /**
   * Runs a script, in one step of Redis and one round trip.
   *
   * @param keys all keys it touches, of one hash tag
   * @return as for {@link #send}
   */
  public Future<@Nullable Response> run(RedisScript script, List<String> keys, List<String> args) {
    return bounded(
        connection ->
            connection
                .send(script.known(keys, args))
                .recover(
                    cause ->
                        said(cause).startsWith("NOSCRIPT")
                            ? connection.send(script.whole(keys, args))
                            : Future.failedFuture(cause)));
  }

  /** Succeeds when Redis answers within the limit. */
  public Future<Void> probe() {
    return send(Request.cmd(Command.PING)).mapEmpty();
  }

  /** Whether operations are tried at present. */
  public boolean reachable() {
    return !away && !closed;
  }

  /**
   * Names what is counted of it.
   *
   * @param service that uses it
   */
  public void meter(Meters meters, String service) {
    meters.structure("redis_" + service, config.inFlightMax(), () -> inFlight);
    meters.gauge(
        "napalmsky_redis_connections",
        "Connections to Redis that answer",
        () -> link != null && !away ? 1 : 0);
    meters.gauge(
        "napalmsky_redis_connections_wanted",
        "Connections to Redis there should be",
        () -> closed ? 0 : 1);
  }

  /** What a service says about it in its health: state, and what waits of how many that may. */
  public Map<String, String> health() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("redis", link != null ? "connected" : away ? "away" : "connecting");
    details.put("redisInFlight", Integer.toString(inFlight));
    details.put("redisInFlightMax", Integer.toString(config.inFlightMax()));
    return details;
  }

  /** Ends the connection; whatever waits fails. */
  public Future<Void> close() {
    closed = true;
    Link last = link;
    link = null;
    Promise<Link> waited = replacing;
    replacing = null;
    if (waited != null) {
      waited.fail(unavailable("closed"));
    }
    return last == null ? Future.succeededFuture() : last.redis().close();
  }

  private Future<@Nullable Response> bounded(
      Function<RedisConnection, Future<@Nullable Response>> operation) {
    if (inFlight >= config.inFlightMax()) {
      return Future.failedFuture(
          new ServiceFailure(Code.OVERLOADED, inFlight + " operations wait for redis"));
    }
    if (closed || away) {
      return Future.failedFuture(unavailable(closed ? "closed" : "away"));
    }
    inFlight++;
    return usable()
        .compose(
            used ->
                operation
                    .apply(used.connection())
                    .timeout(config.timeLimit().toMillis(), TimeUnit.MILLISECONDS)
                    .transform(
                        answer -> {
                          if (answer.failed()) {
                            return Future.failedFuture(failure(used, answer.cause()));
                          }
                          failures = 0;
                          return Future.succeededFuture(answer.result());
                        }))
        .eventually(
            () -> {
              inFlight--;
              return Future.succeededFuture();
            });
  }

  private Future<Link> usable() {
    Link now = link;
    if (now != null) {
      return Future.succeededFuture(now);
    }
    return replacing == null ? Future.failedFuture(unavailable("away")) : replacing.future();
  }

  private Throwable failure(Link used, Throwable cause) {
    String said = said(cause);
    if (said.isEmpty()) {
      lost(used, cause instanceof TimeoutException ? "no answer in time" : text(cause));
      return unavailable(text(cause));
    }
    if (said.startsWith("READONLY")) {
      // This was the master once; the connection would go on leading to it.
      lost(used, said);
    }
    return PASSING.stream().anyMatch(said::startsWith) ? unavailable(said) : cause;
  }

  private void connect() {
    if (closed) {
      return;
    }
    if (!away) {
      replacing = Promise.promise();
    }
    attempt().onComplete(this::connected, this::refused);
  }

  private Future<Link> attempt() {
    Redis redis = Redis.createClient(vertx, options());
    return redis
        .connect()
        .compose(connection -> ready(connection).map(done -> new Link(redis, connection)))
        .timeout(config.connectLimit().toMillis(), TimeUnit.MILLISECONDS)
        .recover(cause -> redis.close().transform(ended -> Future.failedFuture(cause)));
  }

  // The last of them is answered last, and a server that is still loading refuses already the
  // first.
  private Future<Void> ready(RedisConnection connection) {
    List<Future<Response>> steps =
        scripts.stream().map(script -> connection.send(script.load())).toList();
    return Future.join(steps)
        .compose(loaded -> connection.send(Request.cmd(Command.PING)))
        .mapEmpty();
  }

  private void connected(Link opened) {
    if (closed) {
      end(opened);
      return;
    }
    if (away) {
      LOG.info("redis answers again at={}", config.place());
    }
    away = false;
    link = opened;
    opened.connection().exceptionHandler(cause -> lost(opened, text(cause)));
    opened.connection().endHandler(ended -> lost(opened, "connection ended"));
    Promise<Link> waited = replacing;
    replacing = null;
    if (waited != null) {
      waited.complete(opened);
    }
  }

  private void refused(Throwable cause) {
    if (closed) {
      return;
    }
    failures++;
    if (!away) {
      LOG.warn("redis is away at={} cause={}", config.place(), text(cause));
    }
    away = true;
    Promise<Link> waited = replacing;
    replacing = null;
    if (waited != null) {
      waited.fail(unavailable(text(cause)));
    }
    Timers.Cancellable ignored = timers.after(pause(), this::connect);
  }

  private void lost(Link gone, String why) {
    if (link != gone) {
      return;
    }
    link = null;
    LOG.warn("redis connection lost at={} cause={}", config.place(), why);
    end(gone);
    // A connection that never answered anything is no reason to hurry to the next one.
    if (failures == 0) {
      failures = 1;
      connect();
    } else {
      refused(unavailable(why));
    }
  }

  private static void end(Link gone) {
    gone.redis()
        .close()
        .onFailure(cause -> LOG.debug("redis connection not closed cause={}", text(cause)));
  }

  // Spread, so that the many who lost the same server do not come back in step.
  private Duration pause() {
    long most = config.retryMax().toMillis();
    long grown = FIRST_PAUSE.toMillis() << Math.min(failures - 1, 16);
    long upTo = Math.min(most, grown);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(upTo / 2, upTo + 1));
  }

  private RedisOptions options() {
    NetClientOptions net =
        new NetClientOptions()
            .setConnectTimeout((int) config.connectLimit().toMillis())
            .setTcpKeepAlive(true)
            .setTcpNoDelay(true);
    if (config.tls()) {
      net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
      if (config.caFile() != null) {
        net.setTrustOptions(new PemTrustOptions().addCertPath(config.caFile()));
      }
    }
    RedisOptions options =
        new RedisOptions()
            .setNetClientOptions(net)
            .setEndpoints(config.urls())
            // Its own bound is a second line behind ours: a script may have to be sent twice.
            .setMaxWaitingHandlers(2 * config.inFlightMax() + 64)
            // It is one connection, held for good: the pool must neither end it nor look for
            // others.
            .setPoolRecycleTimeout(-1)
            .setPoolCleanerInterval(-1);
    return switch (config.mode()) {
      case SINGLE -> options.setType(RedisClientType.STANDALONE);
      case SENTINEL ->
          options
              .setType(RedisClientType.SENTINEL)
              .setMasterName(config.masterName())
              // A failover ends the connection, and the next one asks the Sentinels anew.
              .setAutoFailover(false);
      case CLUSTER -> options.setType(RedisClientType.CLUSTER);
    };
  }

  /** What a server said, empty when it said nothing. */
  private static String said(Throwable cause) {
    boolean reply = cause instanceof Response;
    String text = text(cause);
    return reply && !text.startsWith("CONNECTION_CLOSED") ? text : "";
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static ServiceFailure unavailable(String why) {
    return ServiceFailure.unavailable("redis: " + why);
  }
}
