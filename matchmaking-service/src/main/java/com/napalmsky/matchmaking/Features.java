package com.napalmsky.matchmaking;

import com.napalmsky.matchmaking.browse.Lobby;
import com.napalmsky.matchmaking.browse.Reel;
import com.napalmsky.matchmaking.invite.Invites;
import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The features of one instance. Confined to the event loop that they were put together on.
 *
 * @param redis the connections that they share; none when everything is kept in memory
 */
record Features(
    TypedBus bus,
    Timers timers,
    Pool pool,
    Overlays overlays,
    Lobby lobby,
    Reel reel,
    Invites invites,
    List<RedisClient> redis) {

  /** Two attempts at each step of a call. */
  private static final Duration SETTLING = Duration.ofSeconds(8);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  static Features assemble(Vertx vertx, MatchmakingConfig config) {
    TypedBus bus = new TypedBus(vertx);
    Timers timers = Timers.of(vertx);
    Pool pool = new Pool(bus, timers, config.pool());
    Overlays overlays = new Overlays(bus, timers, config.overlays());
    List<RedisClient> redis = connections(vertx, config);
    RedisConfig shared = config.redis();
    Invites invites =
        shared == null
            ? Invites.inMemory(bus, timers, pool, overlays, config.invites())
            : Invites.shared(
                bus, timers, pool, overlays, shared, redis.get(0), redis.get(1), config.invites());
    Lobby lobby = new Lobby(pool, overlays, invites::waitingFor, timers);
    Reel reel = new Reel(pool, overlays, timers, new SecureRandom(), config.reel());
    pool.listen(invites::presenceChanged);
    return new Features(bus, timers, pool, overlays, lobby, reel, invites, redis);
  }

  private static List<RedisClient> connections(Vertx vertx, MatchmakingConfig config) {
    RedisConfig shared = config.redis();
    if (shared == null) {
      return List.of();
    }
    return List.of(
        RedisClient.open(vertx, shared, Invites.storeScripts()),
        // A connection is lost with an operation that takes too long, and counting must be quick.
        RedisClient.open(
            vertx, shared.hurried(config.invites().rateLimit()), Invites.rateScripts()));
  }

  /** Whether what they share can be reached. */
  boolean reachable() {
    return redis.stream().allMatch(RedisClient::reachable);
  }

  /**
   * Takes everything off the bus, brings to an end what is under way, and ends what goes on by
   * itself. What is not through by then, others go on with.
   */
  Future<?> close() {
    return bus.close()
        .transform(closed -> settled(timers.now().plus(SETTLING)))
        .transform(
            settled -> {
              pool.stop();
              invites.stop();
              return Future.join(redis.stream().map(RedisClient::close).toList());
            });
  }

  private Future<Void> settled(Instant latest) {
    if (invites.idle() || !timers.now().isBefore(latest)) {
      return Future.succeededFuture();
    }
    Promise<Void> later = Promise.promise();
    var unused = timers.after(LOOK_AGAIN, later::complete);
    return later.future().compose(over -> settled(latest));
  }
}
