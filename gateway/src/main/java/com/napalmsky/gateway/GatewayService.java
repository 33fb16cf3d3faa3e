package com.napalmsky.gateway;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.auth.SessionEvents;
import com.napalmsky.gateway.http.admin.TallyEvents;
import com.napalmsky.gateway.ipban.IpBanWatch;
import com.napalmsky.gateway.limits.Windows;
import com.napalmsky.gateway.lobby.Views;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import com.napalmsky.shared.runtime.memory.MemoryLevel;
import com.napalmsky.shared.runtime.memory.MemoryVerticle;
import com.napalmsky.shared.runtime.process.Management;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Puts the gateway together. */
public final class GatewayService {

  private GatewayService() {}

  /** A gateway that serves, and its port. */
  record Serving(int port, Running running) {}

  /**
   * Deploys the gateway on every event loop.
   *
   * @param management is told what a gateway needs
   * @return succeeds when HTTP and sockets are served; fails with {@link
   *     com.napalmsky.shared.runtime.process.PortInUse} when the port is taken. What was deployed
   *     before a failure is taken down again.
   */
  public static Future<Running> deploy(Vertx vertx, GatewayConfig config, Management management) {
    MemoryGuard memory = new MemoryGuard(config.memory());
    return deploy(
        vertx, config, new SocketLoops(vertx, config.sockets(), memory), memory, management);
  }

  private static Future<Running> deploy(
      Vertx vertx,
      GatewayConfig config,
      SocketLoops sockets,
      MemoryGuard memory,
      Management management) {
    // The lease begins before the first socket, and ends after the last.
    return vertx
        .deployVerticle(new LeaseVerticle(sockets))
        .compose(
            lease ->
                start(vertx, config, sockets, sockets.directory(), memory, management)
                    .<Running>map(
                        serving ->
                            () ->
                                serving
                                    .running()
                                    .stop()
                                    .transform(stopped -> vertx.undeploy(lease)))
                    .recover(
                        cause ->
                            vertx.undeploy(lease).transform(undone -> Future.failedFuture(cause))));
  }

  /**
   * The same for a process beside which others go on: before it stops, its clients are handed over
   * to them as {@link DrainConfig} says. Who stops it has said before that it is not ready.
   */
  static Future<Running> deployBesideOthers(
      Vertx vertx, GatewayConfig config, Management management) {
    MemoryGuard memory = new MemoryGuard(config.memory());
    SocketLoops sockets = new SocketLoops(vertx, config.sockets(), memory);
    DrainConfig drain = config.drain();
    return deploy(vertx, config, sockets, memory, management)
        .map(
            running ->
                () ->
                    after(vertx, drain.notice())
                        .compose(noticed -> sockets.drain(drain.over()))
                        .transform(drained -> running.stop()));
  }

  private static Future<Void> after(Vertx vertx, Duration delay) {
    Promise<Void> over = Promise.promise();
    var unused = Timers.of(vertx).after(delay, over::complete);
    return over.future();
  }

  static Future<Serving> start(
      Vertx vertx,
      GatewayConfig config,
      SocketEdge.Factory sockets,
      Views views,
      MemoryGuard memory,
      Management management) {
    Timers timers = Timers.of(vertx);
    GatewayShare share =
        new GatewayShare(
            config,
            timers,
            new SessionCache(
                new TypedBus(vertx), timers, config.sessions(), () -> onPresentContext()),
            new Windows(timers, config.limits(), config.mostLimitKeys()),
            sockets,
            views,
            openApi(),
            memory);
    memory.tell(level -> share.sessions().keepLess(level != MemoryLevel.AMPLE));
    memory.tell(level -> share.qrImages().keepLess(level != MemoryLevel.AMPLE));
    GatewayMeters.register(management.meters(), share);
    int loops = config.loops() == 0 ? eventLoops(vertx) : config.loops();
    List<String> deployed = new ArrayList<>();
    return one(vertx, new SessionEvents(share.sessions()), deployed)
        .compose(listening -> one(vertx, watch(share), deployed))
        .compose(watching -> one(vertx, new MemoryVerticle(memory), deployed))
        .compose(listening -> one(vertx, new TallyEvents(share.tallies()), deployed))
        .compose(
            listening -> one(vertx, new ReadinessVerticle(share, management.readiness()), deployed))
        // The public port opens last.
        .compose(
            managed ->
                vertx.deployVerticle(
                    () -> new GatewayVerticle(share), new DeploymentOptions().setInstances(loops)))
        .map(
            id -> {
              deployed.add(id);
              return new Serving(share.publicPort().get(), Running.verticles(vertx, deployed));
            })
        .recover(
            cause ->
                Future.join(deployed.stream().map(vertx::undeploy).toList())
                    .transform(undone -> Future.failedFuture(cause)));
  }

  /** What the public port offers, as OpenAPI 3.1. */
  static String openApi() {
    try (InputStream text = GatewayService.class.getResourceAsStream("/openapi.yaml")) {
      if (text == null) {
        throw new IllegalStateException("openapi.yaml is missing in the jar");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static IpBanWatch watch(GatewayShare share) {
    return new IpBanWatch(
        share.banned(),
        share.timers(),
        share.config().ipBans().refresh(),
        () -> share.edges().forEach(SocketEdge::addressesBanned));
  }

  private static Future<String> one(Vertx vertx, Deployable verticle, List<String> deployed) {
    return vertx
        .deployVerticle(verticle)
        .map(
            id -> {
              deployed.add(id);
              return id;
            });
  }

  private static Executor onPresentContext() {
    Context context = Vertx.currentContext();
    return context == null ? Runnable::run : task -> context.runOnContext(nothing -> task.run());
  }

  private static int eventLoops(Vertx vertx) {
    int loops = 0;
    for (var unused : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      loops++;
    }
    return loops;
  }
}
