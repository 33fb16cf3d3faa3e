package com.napalmsky.matchmaking;

import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.meter.Sampled;
import com.napalmsky.shared.runtime.redis.RedisClient;

/** Names what an instance of matchmaking counts. */
final class MatchmakingMeters {

  private MatchmakingMeters() {}

  /**
   * @param pending invites in the store
   */
  static void register(
      Meters meters, Features features, MatchmakingConfig config, Sampled<Integer> pending) {
    Pool pool = features.pool();
    Overlays overlays = features.overlays();
    meters.structure("pool", config.pool().max(), pool::size);
    meters.evictions("pool", pool::overflows);
    meters.structure("pool_backlog", config.pool().backlogMax(), pool::backlog);
    meters.counter(
        "napalmsky_matchmaking_pool_resyncs", "Times the pool was read anew", pool::resyncs);
    meters.counter(
        "napalmsky_matchmaking_pool_reordered",
        "Changes that came before an earlier one",
        pool::reordered);
    meters.structure("overlays", config.overlays().max(), overlays::size);
    meters.structure("invites", features.invites().most(), pending::latest);
    features.invites().meter(meters);
    for (RedisClient redis : features.redis()) {
      redis.meter(meters, "matchmaking");
    }
  }
}
