package com.napalmsky.signaling;

import com.napalmsky.shared.runtime.Running;
import com.napalmsky.signaling.call.CallBounds;
import com.napalmsky.signaling.call.CallDirectory;
import com.napalmsky.signaling.finish.Backoff;
import com.napalmsky.signaling.finish.FinishedCalls;
import com.napalmsky.signaling.ice.ProviderChain;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Composes signaling-service; the only class that knows all its parts. */
public final class SignalingService {

  /** Finished calls kept for a person to look at because they can never be stored. */
  static final int MOST_ASIDE = 100;

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration SLOWEST_RETRY = Duration.ofSeconds(30);

  private SignalingService() {}

  /**
   * Deploys the service with its state in this process.
   *
   * @return succeeds when every instance serves
   */
  public static Future<Running> deploy(Vertx vertx, SignalingConfig config) {
    CallBounds bounds = config.calls();
    CallDirectory directory =
        CallDirectory.inMemory(
            Math.multiplyExact(config.instances(), bounds.calls() + bounds.tombstones()));
    FinishedCalls finished = FinishedCalls.inMemory(config.finishedMax(), MOST_ASIDE);
    ProviderChain ice = ProviderChain.on(vertx, config.ice());
    Backoff backoff =
        new Backoff(FIRST_RETRY, SLOWEST_RETRY, () -> ThreadLocalRandom.current().nextDouble());
    return vertx
        .deployVerticle(
            () -> new SignalingVerticle(config, directory, finished, ice, backoff),
            new DeploymentOptions().setInstances(config.instances()))
        .map(id -> Running.verticles(vertx, List.of(id)))
        .<Running>map(verticles -> () -> verticles.stop().eventually(ice::close))
        .recover(cause -> ice.close().transform(closed -> Future.failedFuture(cause)));
  }
}
