package com.napalmsky.matchmaking;

import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.process.Management;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Starts matchmaking-service. */
public final class MatchmakingService {

  /** The name under which the service is asked for its health. */
  public static final String NAME = "matchmaking";

  private MatchmakingService() {}

  /**
   * Deploys the service.
   *
   * @return succeeds when its health can be asked and, unless presence-service is not there, its
   *     operations are served; they are served as soon as the pool was read, which the health tells
   */
  public static Future<Running> deploy(Vertx vertx, MatchmakingConfig config) {
    return deploy(vertx, config, new Management());
  }

  /**
   * The same in a process that says whether it is ready.
   *
   * @param management gets what the service cannot do without
   */
  public static Future<Running> deploy(
      Vertx vertx, MatchmakingConfig config, Management management) {
    return vertx
        .deployVerticle(new MatchmakingVerticle(config, management))
        .map(id -> Running.verticles(vertx, List.of(id)));
  }
}
