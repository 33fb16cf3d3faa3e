package com.napalmsky.matchmaking;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import com.napalmsky.shared.runtime.memory.MemoryLevel;
import com.napalmsky.shared.runtime.meter.Sampled;
import com.napalmsky.shared.runtime.process.Management;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the matchmaking features on the bus. No decision is taken here. */
final class MatchmakingVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(MatchmakingVerticle.class);

  /** Services that start together do not wait for each other for longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final MatchmakingConfig config;
  private final Management management;
  private final MemoryGuard memory;
  private @Nullable Features features;
  private @Nullable Sampled<Integer> pending;
  private boolean serving;

  MatchmakingVerticle(MatchmakingConfig config, Management management) {
    this.config = config;
    this.management = management;
    this.memory = new MemoryGuard(config.memory());
  }

  @Override
  public Future<?> start() {
    Features own = Features.assemble(vertx, config);
    features = own;
    memory.tell(level -> own.overlays().keepLess(level != MemoryLevel.AMPLE));
    memory.begin(Timers.of(vertx));
    management.readiness().needs("pool", () -> Future.succeededFuture(serving));
    management.readiness().needs("redis", () -> Future.succeededFuture(own.reachable()));
    Sampled<Integer> counted = new Sampled<>(own.timers(), 0, own.invites()::pending);
    pending = counted;
    MatchmakingMeters.register(management.meters(), own, config, counted);
    if (management.meters().exported()) {
      counted.begin();
    }
    MatchmakingHealth health = new MatchmakingHealth(own, config, () -> serving);
    return listen(own)
        .compose(
            listening ->
                own.bus().serve(HealthContract.HEALTH.at(MatchmakingService.NAME), health::ask))
        .compose(served -> begin(own))
        // Vert.x does not call stop() for a verticle whose start failed.
        .recover(cause -> stop().transform(closed -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    if (pending != null) {
      pending.stop();
    }
    memory.end();
    return features == null ? Future.succeededFuture() : features.close();
  }

  private static Future<?> listen(Features own) {
    TypedBus bus = own.bus();
    return Future.all(
        bus.subscribe(PresenceContract.CHANGED, own.pool()::apply),
        bus.subscribe(UserContract.COOLDOWN_STARTED, own.overlays()::cooldownStarted),
        bus.subscribe(UserContract.OVERLAY_CHANGED, own.overlays()::overlayChanged),
        bus.subscribe(UserContract.SESSIONS_ENDED, own.invites()::sessionsEnded),
        bus.subscribe(BanContract.BAN_CHANGED, own.invites()::banChanged),
        bus.subscribe(BlockContract.PAIR_HIDDEN, own.invites()::pairHidden));
  }

  /**
   * Until everybody was read, other instances are asked: an empty lobby would be an answer, and a
   * wrong one.
   */
  private Future<Void> begin(Features own) {
    Promise<Void> begun = Promise.promise();
    own.pool()
        .live()
        .compose(live -> serve(own))
        .onComplete(
            served -> {
              serving = true;
              begun.tryComplete();
            },
            cause -> {
              LOG.error("operations are not served", cause);
              begun.tryFail(cause);
            });
    own.pool().begin();
    own.invites().begin();
    var unused = own.timers().after(PATIENCE, begun::tryComplete);
    return begun.future();
  }

  private static Future<?> serve(Features own) {
    TypedBus bus = own.bus();
    return Future.all(
        List.of(
            bus.serve(MatchmakingContract.BROWSE, own.lobby()::browse),
            bus.serve(MatchmakingContract.BROWSE_REEL, own.reel()::browse),
            bus.serve(MatchmakingContract.INVITE, own.invites()::invite),
            bus.serve(MatchmakingContract.ACCEPT, own.invites()::accept),
            bus.serve(MatchmakingContract.DECLINE, own.invites()::decline),
            bus.serve(MatchmakingContract.RESCIND, own.invites()::rescind),
            bus.serve(MatchmakingContract.EXTEND_WAIT, own.invites()::extendWait)));
  }
}
