package com.napalmsky.shared.runtime.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Tells of processes that left the cluster: in order, killed, or silent for too long. A hint only:
 * one may be told of late or never, and one who was only silent may come back.
 */
public final class Departures {

  // Where Vert.x leaves its name for a node, which is not the one of Hazelcast.
  private static final String NODE = "__vertx.nodeId";

  private final Runnable stop;

  private Departures(Runnable stop) {
    this.stop = stop;
  }

  /**
   * Begins to listen; without a cluster there is nothing to hear.
   *
   * @param left gets the {@link ProcessName}, on the caller's context
   */
  public static Departures watch(Vertx vertx, Consumer<String> left) {
    if (!(((VertxInternal) vertx).clusterManager() instanceof HazelcastClusterManager manager)) {
      return new Departures(() -> {});
    }
    Context context = vertx.getOrCreateContext();
    Cluster cluster = manager.getHazelcastInstance().getCluster();
    UUID listener =
        cluster.addMembershipListener(
            new MembershipListener() {
              @Override
              public void memberAdded(MembershipEvent event) {}

              @Override
              public void memberRemoved(MembershipEvent event) {
                String node = event.getMember().getAttribute(NODE);
                if (node != null) {
                  context.runOnContext(now -> left.accept(ProcessName.of(node)));
                }
              }
            });
    return new Departures(() -> cluster.removeMembershipListener(listener));
  }

  /** Ends the listening. */
  public void stop() {
    stop.run();
  }
}
