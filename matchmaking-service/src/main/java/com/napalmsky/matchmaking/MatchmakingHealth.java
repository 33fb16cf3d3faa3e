package com.napalmsky.matchmaking;

import com.napalmsky.matchmaking.invite.Invites;
import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Whether the service can do its work, and how full it is. */
final class MatchmakingHealth {

  private final Pool pool;
  private final Overlays overlays;
  private final Invites invites;
  private final MatchmakingConfig config;

  MatchmakingHealth(Pool pool, Overlays overlays, Invites invites, MatchmakingConfig config) {
    this.pool = pool;
    this.overlays = overlays;
    this.invites = invites;
    this.config = config;
  }

  /** Ready once the pool was read; a pool that is being read anew still serves. */
  Future<Health> ask(Ask asked) {
    return invites
        .details()
        .map(details -> new Health(pool.standing() != Pool.Standing.WAITING, all(details)));
  }

  private Map<String, String> all(Map<String, String> inviteDetails) {
    Map<String, String> details = new HashMap<>(inviteDetails);
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
