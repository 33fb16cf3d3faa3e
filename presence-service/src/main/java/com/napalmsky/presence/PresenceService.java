package com.napalmsky.presence;

import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.process.Management;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Puts presence-service together. */
public final class PresenceService {

  private PresenceService() {}

  /**
   * Deploys presence. With its store in memory it is the only writer, and to be deployed once in
   * all processes that share a bus; with Redis as often as wanted.
   *
   * @param management is told that the process needs Redis, if it does
   * @return succeeds when every endpoint answers
   */
  public static Future<Running> deploy(Vertx vertx, PresenceConfig config, Management management) {
    return vertx
        .deployVerticle(new PresenceVerticle(config, management))
        .map(id -> Running.verticles(vertx, List.of(id)));
  }
}
