package com.napalmsky.signaling;

import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.signaling.finish.Backoff;
import com.napalmsky.signaling.ice.ProviderChain;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** Composes signaling-service; the only class that knows all its parts. */
public final class SignalingService {

  /** Finished calls kept for a person to look at because they can never be stored. */
  static final int MOST_ASIDE = 100;

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration SLOWEST_RETRY = Duration.ofSeconds(30);

  private SignalingService() {}

  /**
   * Deploys the service with what its instances share in Redis, or in this process without it.
   *
   * @return succeeds when every instance serves
   */
  public static Future<Running> deploy(Vertx vertx, SignalingConfig config) {
    return deploy(vertx, config, new Management());
  }

  /**
   * The same in a process that says whether it is ready.
   *
   * @param management gets what the service cannot do without
   */
  public static Future<Running> deploy(Vertx vertx, SignalingConfig config, Management management) {
    SignalingStores.Opening stores = SignalingStores.of(config);
    ProviderChain ice = ProviderChain.on(vertx, config.ice());
    Backoff backoff =
        new Backoff(FIRST_RETRY, SLOWEST_RETRY, () -> ThreadLocalRandom.current().nextDouble());
    AtomicBoolean watched = new AtomicBoolean();
    return vertx
        .deployVerticle(
            () -> new SignalingVerticle(config, stores, ice, backoff, management, watched),
            new DeploymentOptions().setInstances(config.instances()))
        .map(id -> Running.verticles(vertx, List.of(id)))
        .<Running>map(verticles -> () -> verticles.stop().eventually(ice::close))
        .recover(cause -> ice.close().transform(closed -> Future.failedFuture(cause)));
  }
}
