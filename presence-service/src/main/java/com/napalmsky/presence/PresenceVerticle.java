package com.napalmsky.presence;

import com.napalmsky.presence.directory.Directory;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.UserContract;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Objects;

/** Puts presence on the bus and takes it off again. */
final class PresenceVerticle extends VerticleBase {

  private final TypedBus bus;
  private final Directory directory;

  PresenceVerticle(TypedBus bus, Directory directory) {
    this.bus = Objects.requireNonNull(bus);
    this.directory = Objects.requireNonNull(directory);
  }

  @Override
  public Future<?> start() {
    List<Future<Void>> served =
        List.of(
            bus.serve(PresenceContract.CONNECT, directory::connect),
            bus.serve(PresenceContract.DISCONNECT, directory::disconnect),
            bus.serve(PresenceContract.JOIN, directory::join),
            bus.serve(PresenceContract.LEAVE, directory::leave),
            bus.serve(PresenceContract.ENTER_QUEUE, directory::enterQueue),
            bus.serve(PresenceContract.LEAVE_QUEUE, directory::leaveQueue),
            bus.serve(PresenceContract.CLAIM_PAIR, directory::claimPair),
            bus.serve(PresenceContract.RELEASE_CALL, directory::releaseCall),
            bus.serve(PresenceContract.LOCATE, directory::locate),
            bus.serve(PresenceContract.SNAPSHOT, directory::snapshot),
            bus.serve(PresenceContract.COUNT, directory::count),
            bus.serve(HealthContract.HEALTH.at("presence"), directory::health),
            bus.subscribe(UserContract.ACCOUNT_CHANGED, directory::accountChanged),
            bus.subscribe(BanContract.BAN_CHANGED, directory::banChanged),
            bus.subscribe(UserContract.SESSIONS_ENDED, directory::sessionsEnded));
    // Vert.x does not call stop() for a verticle whose start failed.
    return Future.all(served)
        .recover(cause -> bus.close().transform(closed -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    return bus.close();
  }
}
