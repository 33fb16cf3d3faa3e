package com.napalmsky.clustertests;

import com.napalmsky.cluster.Kind;
import com.napalmsky.gateway.GatewayConfig;
import com.napalmsky.gateway.GatewayService;
import com.napalmsky.matchmaking.MatchmakingConfig;
import com.napalmsky.matchmaking.MatchmakingService;
import com.napalmsky.presence.PresenceConfig;
import com.napalmsky.presence.PresenceService;
import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.cluster.ClusterConfig;
import com.napalmsky.shared.runtime.cluster.ClusterNode;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.signaling.SignalingConfig;
import com.napalmsky.signaling.SignalingService;
import com.napalmsky.user.UserConfig;
import com.napalmsky.user.UserService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An instance of a service in this JVM, put together as its own program and the standalone one do.
 *
 * <p>To kill it is to close the event loops of its Vert.x under it, so that all its connections
 * break while no handler can say goodbye, and to cut it from the cluster.
 */
final class JvmInstance implements Installation.Instance {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);

  private final Kind kind;
  private final Map<String, String> settings;
  private final ClusterNode node;
  private final Management management = new Management();
  private final Running running;
  private volatile boolean alive = true;

  private JvmInstance(Kind kind, Map<String, String> settings, ClusterNode node, Vertx vertx) {
    this.kind = kind;
    this.settings = settings;
    this.node = node;
    if (node != null) {
      management.readiness().needs("bus", () -> Future.succeededFuture(node.hears()));
    }
    running = await(deploy(vertx));
    management.readiness().begin();
  }

  /**
   * Starts one; it need not be ready yet.
   *
   * @param shared where it runs, or null for a node of a cluster of its own
   */
  static JvmInstance start(Kind kind, Map<String, String> settings, Vertx shared)
      throws InterruptedException {
    if (shared != null) {
      return new JvmInstance(kind, settings, null, shared);
    }
    ClusterNode node =
        ClusterNode.join(
            ClusterConfig.from(new Settings(settings)),
            kind != Kind.GATEWAY,
            OneJvm.options(),
            () -> System.out.println("  " + kind.text() + " is not heard any more"));
    return new JvmInstance(kind, settings, node, node.vertx());
  }

  private Future<Running> deploy(Vertx vertx) {
    Settings own = new Settings(settings);
    return switch (kind) {
      case USER -> UserService.deploy(vertx, UserConfig.from(own), management);
      case PRESENCE -> PresenceService.deploy(vertx, PresenceConfig.from(own), management);
      case MATCHMAKING -> MatchmakingService.deploy(vertx, MatchmakingConfig.from(own), management);
      case SIGNALING -> SignalingService.deploy(vertx, SignalingConfig.from(own), management);
      case GATEWAY -> GatewayService.deploy(vertx, GatewayConfig.from(own), management);
    };
  }

  Kind kind() {
    return kind;
  }

  /** Where members of the cluster find it; 0 without a cluster. */
  int memberPort() {
    return Integer.parseInt(settings.getOrDefault(ClusterConfig.PORT, "0"));
  }

  @Override
  public boolean alive() {
    return alive;
  }

  @Override
  public boolean ready() {
    if (!alive) {
      return false;
    }
    try {
      return await(management.readiness().report(), ANSWER_LIMIT).values().stream()
          .allMatch(works -> works);
    } catch (IllegalStateException killedMeanwhile) {
      return false;
    }
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + settings.getOrDefault("PORT", "0");
  }

  @Override
  public void kill() throws InterruptedException {
    if (node == null) {
      throw new UnsupportedOperationException("all services share one Vert.x");
    }
    alive = false;
    VertxInternal vertx = (VertxInternal) node.vertx();
    var acceptors = vertx.acceptorEventLoopGroup().shutdownGracefully(0, 0, TimeUnit.SECONDS);
    var loops = vertx.nettyEventLoopGroup().shutdownGracefully(0, 0, TimeUnit.SECONDS);
    ((HazelcastClusterManager) vertx.clusterManager())
        .getHazelcastInstance()
        .getLifecycleService()
        .terminate();
    var unused = acceptors.await();
    unused = loops.await();
  }

  /** Stops it in order. */
  void stop() {
    if (!alive) {
      return;
    }
    alive = false;
    management.readiness().stop();
    await(running.stop());
    if (node != null) {
      node.leave();
    }
  }

  static <T> T await(Future<T> future) {
    return await(future, LIMIT);
  }

  private static <T> T await(Future<T> future, Duration limit) {
    try {
      return MainThread.await(future, limit);
    } catch (TimeoutException tooLong) {
      throw new IllegalStateException("not within " + limit.toSeconds() + " s", tooLong);
    }
  }
}
