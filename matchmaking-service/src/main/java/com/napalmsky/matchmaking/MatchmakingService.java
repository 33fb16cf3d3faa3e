package com.napalmsky.matchmaking;

import com.napalmsky.matchmaking.browse.Lobby;
import com.napalmsky.matchmaking.browse.Reel;
import com.napalmsky.matchmaking.invite.Invites;
import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.List;

/** Puts matchmaking-service together: the only class that knows all of it. */
public final class MatchmakingService {

  /** The name under which the service is asked for its health. */
  public static final String NAME = "matchmaking";

  private MatchmakingService() {}

  /**
   * Deploys the service.
   *
   * @return succeeds when its operations are served; the pool is filled as soon as presence-service
   *     is there, which the health tells
   */
  public static Future<Running> deploy(Vertx vertx, MatchmakingConfig config) {
    TypedBus bus = new TypedBus(vertx);
    Timers timers = Timers.of(vertx);
    Pool pool = new Pool(bus, timers, config.pool());
    Overlays overlays = new Overlays(bus, timers, config.overlays());
    Invites invites = Invites.inMemory(bus, timers, pool, overlays, config.invites());
    Lobby lobby = new Lobby(pool, overlays, invites::waitingFor, timers);
    Reel reel = new Reel(pool, overlays, timers, new SecureRandom(), config.reel());
    pool.listen(invites::presenceChanged);
    MatchmakingHealth health = new MatchmakingHealth(pool, overlays, invites, config);
    MatchmakingVerticle verticle =
        new MatchmakingVerticle(bus, pool, overlays, lobby, reel, invites, health);
    return vertx.deployVerticle(verticle).map(id -> Running.verticles(vertx, List.of(id)));
  }
}
