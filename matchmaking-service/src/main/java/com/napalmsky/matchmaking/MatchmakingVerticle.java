package com.napalmsky.matchmaking;

import com.napalmsky.matchmaking.browse.Lobby;
import com.napalmsky.matchmaking.browse.Reel;
import com.napalmsky.matchmaking.invite.Invites;
import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.UserContract;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Puts the matchmaking features on the bus. No decision is taken here. */
final class MatchmakingVerticle extends VerticleBase {

  private final TypedBus bus;
  private final Pool pool;
  private final Overlays overlays;
  private final Lobby lobby;
  private final Reel reel;
  private final Invites invites;
  private final MatchmakingHealth health;

  MatchmakingVerticle(
      TypedBus bus,
      Pool pool,
      Overlays overlays,
      Lobby lobby,
      Reel reel,
      Invites invites,
      MatchmakingHealth health) {
    this.bus = bus;
    this.pool = pool;
    this.overlays = overlays;
    this.lobby = lobby;
    this.reel = reel;
    this.invites = invites;
    this.health = health;
  }

  @Override
  public Future<?> start() {
    return listen()
        .compose(listening -> serve())
        .map(this::begin)
        // Vert.x does not call stop() for a verticle whose start failed.
        .recover(cause -> bus.close().transform(closed -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    pool.stop();
    invites.stop();
    return bus.close();
  }

  private Future<?> listen() {
    return Future.all(
        bus.subscribe(PresenceContract.CHANGED, pool::apply),
        bus.subscribe(UserContract.COOLDOWN_STARTED, overlays::cooldownStarted),
        bus.subscribe(UserContract.OVERLAY_CHANGED, overlays::overlayChanged),
        bus.subscribe(UserContract.SESSIONS_ENDED, invites::sessionsEnded),
        bus.subscribe(BanContract.BAN_CHANGED, invites::banChanged),
        bus.subscribe(BlockContract.PAIR_HIDDEN, invites::pairHidden));
  }

  private Future<?> serve() {
    return Future.all(
        List.of(
            bus.serve(MatchmakingContract.BROWSE, lobby::browse),
            bus.serve(MatchmakingContract.BROWSE_REEL, reel::browse),
            bus.serve(MatchmakingContract.INVITE, invites::invite),
            bus.serve(MatchmakingContract.ACCEPT, invites::accept),
            bus.serve(MatchmakingContract.DECLINE, invites::decline),
            bus.serve(MatchmakingContract.RESCIND, invites::rescind),
            bus.serve(MatchmakingContract.EXTEND_WAIT, invites::extendWait),
            bus.serve(HealthContract.HEALTH.at(MatchmakingService.NAME), health::ask)));
  }

  private <T> T begin(T served) {
    pool.begin();
    invites.begin();
    return served;
  }
}
