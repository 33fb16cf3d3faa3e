package com.napalmsky.shared.runtime.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.UUID;

/** What a process is called where its name must be short and new at each start. */
public final class ProcessName {

  private static final int LENGTH = 8;

  private ProcessName() {}

  /**
   * The beginning of the process's name in its cluster, so that others can tell whose it was when
   * it is gone; a name of chance for a process without a cluster, another one with each call.
   */
  public static String of(Vertx vertx) {
    ClusterManager manager = ((VertxInternal) vertx).clusterManager();
    return of(manager == null ? UUID.randomUUID().toString() : manager.getNodeId());
  }

  static String of(String node) {
    return node.substring(0, Math.min(LENGTH, node.length()));
  }
}
