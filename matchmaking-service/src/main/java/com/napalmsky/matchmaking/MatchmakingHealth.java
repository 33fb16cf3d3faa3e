package com.napalmsky.matchmaking;

import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.runtime.redis.RedisClient;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Whether the service can do its work, and how full it is. */
final class MatchmakingHealth {

  private final Features features;
  private final MatchmakingConfig config;
  private final BooleanSupplier serving;

  /**
   * @param serving whether its operations are on the bus
   */
  MatchmakingHealth(Features features, MatchmakingConfig config, BooleanSupplier serving) {
    this.features = features;
    this.config = config;
    this.serving = serving;
  }

  /** Ready once the pool was read; a pool that is being read anew still serves. */
  Future<Health> ask(Ask asked) {
    return features
        .invites()
        .details()
        .map(details -> new Health(serving.getAsBoolean() && features.reachable(), all(details)));
  }

  private Map<String, String> all(Map<String, String> inviteDetails) {
    Pool pool = features.pool();
    Overlays overlays = features.overlays();
    Map<String, String> details = new HashMap<>(inviteDetails);
    features.redis().stream().limit(1).map(RedisClient::health).forEach(details::putAll);
    details.put("pool", pool.standing().name().toLowerCase(Locale.ROOT));
    details.put("pool.size", String.valueOf(pool.size()));
    details.put("pool.max", String.valueOf(config.pool().max()));
    details.put("pool.backlog", String.valueOf(pool.backlog()));
    details.put("pool.backlog.max", String.valueOf(config.pool().backlogMax()));
    details.put("pool.resyncs", String.valueOf(pool.resyncs()));
    details.put("pool.reordered", String.valueOf(pool.reordered()));
    details.put("pool.overflows", String.valueOf(pool.overflows()));
    details.put("overlays.size", String.valueOf(overlays.size()));
    details.put("overlays.max", String.valueOf(config.overlays().max()));
    details.put("overlays.loading", String.valueOf(overlays.loading()));
    return details;
  }
}
