package com.napalmsky.shared.runtime.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.napalmsky.shared.bus.BusTransport;
import com.napalmsky.shared.bus.NodeContract;
import com.napalmsky.shared.bus.NodeContract.Leaving;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as a member of the cluster: its Vert.x, its name, and whether the others hear it.
 *
 * <p>{@link #join} and {@link #leave} block and belong to the main thread; the rest is safe from
 * any thread.
 */
public final class ClusterNode {

  /** Whoever is silent for so long is no member any more. */
  public static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(Membership.SILENT_SECONDS);

  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
  private static final int REACH_MILLIS = 1_000;
  private static final long LOOK_AGAIN_MILLIS = 250;
  private static final Duration LEAVE_WITHIN = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final HazelcastClusterManager manager;
  private final AtomicBoolean lost = new AtomicBoolean();
  private final AtomicBoolean leaving = new AtomicBoolean();
  private @Nullable BusProbe probe;

  private ClusterNode(Vertx vertx, HazelcastClusterManager manager) {
    this.vertx = vertx;
    this.manager = manager;
  }

  /**
   * Joins the cluster, or begins one.
   *
   * @param carriesData whether this process keeps a share of the bus's registrations; one that does
   *     not waits until another one that does is there
   * @param onLost run once, on any thread, when the process must be started again because the
   *     others do not hear it any more
   * @throws CannotJoin when nobody was found in time, or those found let nobody in
   */
  public static ClusterNode join(
      ClusterConfig config, boolean carriesData, VertxOptions options, Runnable onLost)
      throws InterruptedException {
    return join(config, carriesData, options, UnaryOperator.identity(), onLost);
  }

  /**
   * The same.
   *
   * @param observed adds what watches the Vert.x of this process, such as traces
   */
  public static ClusterNode join(
      ClusterConfig config,
      boolean carriesData,
      VertxOptions options,
      UnaryOperator<VertxBuilder> observed,
      Runnable onLost)
      throws InterruptedException {
    long deadline = System.nanoTime() + config.joinWithin().toNanos();
    if (!carriesData) {
      awaitSomebody(config, deadline);
    }
    BusTransport.listen(options, config.host(), config.busPort());
    ClusterConfig.Tls tls = config.tls();
    if (tls != null) {
      BusTransport.encrypt(options, tls.cert(), tls.key(), tls.ca());
    }
    HazelcastClusterManager manager =
        new HazelcastClusterManager(Membership.of(config, carriesData));
    Vertx vertx;
    try {
      vertx =
          MainThread.await(
              observed
                  .apply(Vertx.builder().with(options))
                  .withClusterManager(manager)
                  .buildClustered(),
              config.joinWithin());
    } catch (TimeoutException tooLong) {
      throw new CannotJoin("no cluster within " + config.joinWithin().toSeconds() + " s", tooLong);
    } catch (RuntimeException failed) {
      throw new CannotJoin("the cluster could not be joined: " + failed.getMessage(), failed);
    }
    ClusterNode node = new ClusterNode(vertx, manager);
    try {
      node.awaitAll(config, carriesData, deadline);
      node.listen(config, onLost);
      return node;
    } catch (RuntimeException | InterruptedException failed) {
      node.leave();
      throw failed;
    }
  }

  /** The clustered Vert.x of this process. */
  public Vertx vertx() {
    return vertx;
  }

  /** Name of this process, new at each start. */
  public String name() {
    return manager.getNodeId();
  }

  /** Whether other processes hear this one. */
  public boolean hears() {
    BusProbe own = probe;
    return !lost.get() && own != null && own.hears();
  }

  /** Leaves, so that the others know at once that this process is gone. */
  public void leave() {
    leaving.set(true);
    new TypedBus(vertx).publish(NodeContract.LEAVING, new Leaving(name()));
    try {
      MainThread.await(vertx.close(), LEAVE_WITHIN);
    } catch (TimeoutException | RuntimeException failed) {
      LOG.warn("the cluster was not left in order cause={}", failed.toString());
    }
  }

  private void listen(ClusterConfig config, Runnable onLost) {
    Runnable once =
        () -> {
          if (!leaving.get() && lost.compareAndSet(false, true)) {
            onLost.run();
          }
        };
    // After a cut the smaller side is taken over by the larger one; its registrations are then
    // no longer what Vert.x thinks they are.
    manager
        .getHazelcastInstance()
        .getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleState.MERGED) {
                LOG.error("was apart from the cluster and has been merged into it again");
                once.run();
              }
            });
    TypedBus bus = new TypedBus(vertx);
    BusProbe own =
        new BusProbe(
            name(),
            manager::getNodes,
            bus,
            Timers.of(vertx),
            config.deafAfter(),
            once,
            ThreadLocalRandom.current());
    probe = own;
    try {
      String deployed =
          MainThread.await(vertx.deployVerticle(new ProbeVerticle(bus, name(), own)), LEAVE_WITHIN);
      LOG.debug("probe deployment={}", deployed);
    } catch (TimeoutException tooLong) {
      throw new CannotJoin("the bus did not take an address", tooLong);
    }
  }

  private static void awaitSomebody(ClusterConfig config, long deadline)
      throws InterruptedException {
    while (addresses(config).stream().noneMatch(ClusterNode::reachable)) {
      if (System.nanoTime() > deadline) {
        throw new CannotJoin("no process that carries data was found at " + places(config), null);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /**
   * Waits until everybody who can be reached is in the same cluster. Without it a process with
   * another password would go on alone, and do harm in the stores that all share.
   */
  private void awaitAll(ClusterConfig config, boolean carriesData, long deadline)
      throws InterruptedException {
    HazelcastInstance hazelcast = manager.getHazelcastInstance();
    InetSocketAddress own = new InetSocketAddress(config.host(), config.port());
    while (true) {
      Set<InetSocketAddress> members =
          hazelcast.getCluster().getMembers().stream()
              .map(member -> member.getAddress())
              .map(address -> new InetSocketAddress(address.getHost(), address.getPort()))
              .collect(Collectors.toSet());
      List<InetSocketAddress> apart =
          addresses(config).stream()
              .filter(address -> !address.equals(own) && !members.contains(address))
              .filter(ClusterNode::reachable)
              .toList();
      boolean data =
          carriesData
              || hazelcast.getCluster().getMembers().stream().anyMatch(ClusterNode::carriesData);
      if (apart.isEmpty() && data) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new CannotJoin(
            "the processes at "
                + (apart.isEmpty() ? places(config) : apart)
                + " do not let this one in; "
                + ClusterConfig.NAME
                + " and "
                + ClusterConfig.PASSWORD
                + " must be the same everywhere",
            null);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static boolean carriesData(Member member) {
    return !member.isLiteMember();
  }

  private static String places(ClusterConfig config) {
    return config.dns() == null ? String.join(",", config.memberAddresses()) : config.dns();
  }

  private static List<InetSocketAddress> addresses(ClusterConfig config) {
    List<InetSocketAddress> found = new ArrayList<>();
    try {
      if (config.dns() != null) {
        Arrays.stream(InetAddress.getAllByName(config.dns()))
            .map(address -> new InetSocketAddress(address, config.port()))
            .forEach(found::add);
        return found;
      }
    } catch (UnknownHostException notYet) {
      return found;
    }
    for (String member : config.memberAddresses()) {
      int colon = member.lastIndexOf(':');
      InetSocketAddress address =
          new InetSocketAddress(
              member.substring(0, colon), Integer.parseInt(member.substring(colon + 1)));
      if (!address.isUnresolved()) {
        found.add(address);
      }
    }
    return found;
  }

  private static boolean reachable(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, REACH_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  /** Gives the probe a context of its own. */
  private static final class ProbeVerticle extends VerticleBase {

    private final TypedBus bus;
    private final String name;
    private final BusProbe probe;

    ProbeVerticle(TypedBus bus, String name, BusProbe probe) {
      this.bus = bus;
      this.name = name;
      this.probe = probe;
    }

    @Override
    public Future<?> start() {
      return Future.all(
              bus.serve(NodeContract.ECHO.at(name), probe::echo),
              bus.subscribe(NodeContract.LEAVING, probe::leaving))
          .onSuccess(served -> probe.start());
    }

    @Override
    public Future<?> stop() {
      probe.stop();
      return bus.close();
    }
  }
}
