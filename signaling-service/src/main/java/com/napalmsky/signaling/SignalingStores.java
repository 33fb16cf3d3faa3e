package com.napalmsky.signaling;

import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.RedisScript;
import com.napalmsky.signaling.call.CallBounds;
import com.napalmsky.signaling.call.CallDirectory;
import com.napalmsky.signaling.finish.FinishedCalls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance shares with the others.
 *
 * @param redis through which it does, or null when it is in this process
 */
record SignalingStores(
    CallDirectory directory, FinishedCalls finished, @Nullable RedisClient redis) {

  /** Opens the stores of one instance, on its event loop. */
  @FunctionalInterface
  interface Opening {
    SignalingStores open(Vertx vertx, String owner);
  }

  /** As the settings want them: in Redis, or in this process, where all instances share them. */
  static Opening of(SignalingConfig config) {
    RedisConfig redis = config.redis();
    if (redis != null) {
      return (vertx, owner) -> inRedis(vertx, redis, owner, config);
    }
    CallBounds bounds = config.calls();
    int rooms = Math.multiplyExact(config.instances(), bounds.calls() + bounds.tombstones());
    SignalingStores shared =
        new SignalingStores(
            CallDirectory.inMemory(rooms),
            FinishedCalls.inMemory(config.finishedMax(), SignalingService.MOST_ASIDE),
            null);
    return (vertx, owner) -> shared;
  }

  private static SignalingStores inRedis(
      Vertx vertx, RedisConfig redis, String owner, SignalingConfig config) {
    List<RedisScript> scripts = new ArrayList<>(CallDirectory.redisScripts());
    scripts.addAll(FinishedCalls.redisScripts());
    RedisClient client = RedisClient.open(vertx, redis, scripts);
    return new SignalingStores(
        // As many as may run or wait together.
        CallDirectory.inRedis(client, redis.keys("calls"), config.finishedMax()),
        FinishedCalls.inRedis(
            client,
            redis.keys("finished-calls"),
            owner,
            config.finishedMax(),
            SignalingService.MOST_ASIDE),
        client);
  }

  Map<String, String> health() {
    return redis == null ? Map.of() : redis.health();
  }

  Future<Void> close() {
    return redis == null ? Future.succeededFuture() : redis.close();
  }
}
