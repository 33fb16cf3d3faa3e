package com.napalmsky.presence;

import com.napalmsky.presence.directory.Directory;
import com.napalmsky.presence.directory.Directory.Bounds;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Puts presence-service together. */
public final class PresenceService {

  private PresenceService() {}

  /**
   * Deploys presence with its store in memory: one verticle, the only writer. It is to be deployed
   * once in all processes that share a bus.
   *
   * @return succeeds when every endpoint answers
   */
  public static Future<Running> deploy(Vertx vertx, PresenceConfig config) {
    TypedBus bus = new TypedBus(vertx);
    Transitions transitions =
        new Transitions(config.socketsPerUser(), config.grace(), config.callGrace());
    Bounds bounds =
        new Bounds(config.snapshotPageMax(), config.locateUsersMax(), config.barredMax());
    Directory directory =
        Directory.inMemory(transitions, config.usersMax(), bus, Timers.of(vertx), bounds);
    return vertx
        .deployVerticle(new PresenceVerticle(bus, directory))
        .map(id -> Running.verticles(vertx, List.of(id)));
  }
}
