package com.napalmsky.presence;

import com.napalmsky.presence.directory.Directory;
import com.napalmsky.presence.directory.Directory.Bounds;
import com.napalmsky.presence.directory.DirectoryMeters;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.cluster.Departures;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts presence on the bus and takes it off again. */
final class PresenceVerticle extends VerticleBase {

  private final PresenceConfig config;
  private final Management management;
  private @Nullable TypedBus bus;
  private @Nullable RedisClient redis;
  private @Nullable Directory directory;
  private @Nullable Departures departures;
  private @Nullable DirectoryMeters counted;

  PresenceVerticle(PresenceConfig config, Management management) {
    this.config = config;
    this.management = management;
  }

  @Override
  public Future<?> start() {
    TypedBus bus = new TypedBus(vertx);
    Directory directory = directory(bus);
    this.bus = bus;
    this.directory = directory;
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
            bus.serve(PresenceContract.RESTORE_CALL, directory::restoreCall),
            bus.serve(PresenceContract.RENEW_LEASE, directory::renewLease),
            bus.serve(PresenceContract.END_LEASE, directory::endLease),
            bus.serve(PresenceContract.LIST_HELD, directory::listHeld),
            bus.serve(PresenceContract.LOCATE, directory::locate),
            bus.serve(PresenceContract.SNAPSHOT, directory::snapshot),
            bus.serve(PresenceContract.COUNT, directory::count),
            bus.serve(HealthContract.HEALTH.at("presence"), directory::health),
            bus.subscribe(UserContract.ACCOUNT_CHANGED, directory::accountChanged),
            bus.subscribe(BanContract.BAN_CHANGED, directory::banChanged),
            bus.subscribe(UserContract.SESSIONS_ENDED, directory::sessionsEnded));
    return Future.all(served)
        .onSuccess(
            serving -> {
              departures = Departures.watch(vertx, directory::processLeft);
              directory.begin();
              count(directory);
            })
        // Vert.x does not call stop() for a verticle whose start failed.
        .recover(cause -> stop().transform(closed -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    if (departures != null) {
      departures.stop();
    }
    if (directory != null) {
      directory.stop();
    }
    if (counted != null) {
      counted.stop();
    }
    return (bus == null ? Future.<Void>succeededFuture() : bus.close())
        .eventually(() -> redis == null ? Future.succeededFuture() : redis.close());
  }

  private void count(Directory serving) {
    Meters meters = management.meters();
    DirectoryMeters own = new DirectoryMeters(serving, Timers.of(vertx), config.usersMax(), meters);
    counted = own;
    if (redis != null) {
      redis.meter(meters, "presence");
    }
    if (meters.exported()) {
      own.begin();
    }
  }

  /** Asked from any thread. */
  private Future<Boolean> answers(RedisClient opened) {
    Promise<Boolean> answered = Promise.promise();
    context.runOnContext(
        now ->
            opened
                .probe()
                .onComplete(done -> answered.complete(true), cause -> answered.complete(false)));
    return answered.future();
  }

  private Directory directory(TypedBus bus) {
    Transitions transitions =
        new Transitions(config.socketsPerUser(), config.grace(), config.callGrace());
    Bounds bounds =
        new Bounds(
            config.snapshotPageMax(),
            config.locateUsersMax(),
            config.barredMax(),
            config.sweep(),
            config.lease());
    RedisConfig shared = config.redis();
    if (shared == null) {
      return Directory.inMemory(
          transitions, config.usersMax(), config.lease(), bus, Timers.of(vertx), bounds);
    }
    RedisClient opened = RedisClient.open(vertx, shared, Directory.scripts());
    redis = opened;
    management.readiness().needs("redis", () -> answers(opened));
    return Directory.inRedis(
        opened,
        shared.keys("presence"),
        transitions,
        config.usersMax(),
        config.lease(),
        bus,
        Timers.of(vertx),
        bounds);
  }
}
