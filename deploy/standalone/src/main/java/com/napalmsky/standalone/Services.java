package com.napalmsky.standalone;

import com.napalmsky.gateway.GatewayService;
import com.napalmsky.matchmaking.MatchmakingService;
import com.napalmsky.presence.PresenceService;
import com.napalmsky.shared.log.LogOrigin;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.log.LogLevels;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.process.CannotStart;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.shared.runtime.tail.TailVerticle;
import com.napalmsky.shared.runtime.trace.Tracing;
import com.napalmsky.signaling.SignalingService;
import com.napalmsky.user.UserService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The five services on one Vert.x. Blocking; used by the main thread only. The gateway starts last
 * and stops first, so that nobody is let in to a house that is not ready.
 */
final class Services implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  /** What it is called where processes are told apart. */
  private static final String NODE = "standalone";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final Deque<Running> running = new ArrayDeque<>();
  private String address = "";

  private Services(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Starts one service after the other.
   *
   * @param tracing ended by who began it, after this
   * @throws CannotStart when one does not come up; those started before are stopped again
   */
  static Services start(ServiceConfigs configs, Tracing tracing, Progress progress) {
    VertxOptions options = new VertxOptions().setPreferNativeTransport(true);
    Meters meters = Meters.of(configs.metered());
    meters.prepare(options);
    Vertx vertx = meters.counting(tracing.observe(Vertx.builder().with(options))).build();
    Services services = new Services(vertx);
    try {
      Management gateway = new Management(meters);
      // A gateway is ready without some of the others, and so is this program.
      Management others = gateway.apart();
      int port = await("the management port", gateway.open(vertx, configs.management()));
      LogOrigin.is(NODE, NODE);
      LogLevels.addTo(gateway.pages());
      TailVerticle tail = new TailVerticle(NODE, gateway, configs.tail());
      LOG.debug("management port={} tail={}", port, await("the tail", vertx.deployVerticle(tail)));
      services.add(
          "users, with migrations",
          progress,
          () -> UserService.deploy(vertx, configs.user(), others));
      services.add(
          "presence", progress, () -> PresenceService.deploy(vertx, configs.presence(), others));
      services.add(
          "matchmaking",
          progress,
          () -> MatchmakingService.deploy(vertx, configs.matchmaking(), others));
      services.add(
          "signaling", progress, () -> SignalingService.deploy(vertx, configs.signaling(), others));
      services.add(
          "gateway on port " + configs.gateway().port(),
          progress,
          () -> GatewayService.deploy(vertx, configs.gateway(), gateway));
      gateway.readiness().begin();
      services.address = "http://localhost:" + configs.gateway().port();
      return services;
    } catch (RuntimeException failed) {
      services.close();
      throw failed;
    }
  }

  /** Where browsers find us. */
  String address() {
    return address;
  }

  private void add(String name, Progress progress, Supplier<Future<Running>> deploy) {
    running.push(progress.step(name, () -> await(name, deploy.get())));
  }

  private static <T> T await(String name, Future<T> starting) {
    try {
      return MainThread.await(starting, START_LIMIT);
    } catch (CannotStart | InvalidSetting reason) {
      throw reason;
    } catch (TimeoutException tooLong) {
      throw new CannotStart(name + " did not start within " + START_LIMIT.toSeconds() + " s");
    } catch (RuntimeException failed) {
      LOG.error("service={} failed to start", name, failed);
      throw new CannotStart(name + " did not start: " + failed.getMessage());
    }
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      stop(running.pop().stop());
    }
    stop(vertx.close());
  }

  private static void stop(Future<Void> stopping) {
    try {
      MainThread.await(stopping, STOP_LIMIT);
    } catch (TimeoutException | RuntimeException failed) {
      LOG.warn("a part did not stop in order", failed);
    }
  }
}
