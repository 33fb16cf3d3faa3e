package com.napalmsky.shared.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** A part of a process that was started and can be stopped by itself. */
@FunctionalInterface
public interface Running {

  /** Stops the part; completes when it has let go of everything. Safe from any context. */
  Future<Void> stop();

  /** A part that consists of verticles, undeployed one after the other, the last one first. */
  static Running verticles(Vertx vertx, List<String> deployments) {
    return () -> {
      Future<Void> stopping = Future.succeededFuture();
      for (int i = deployments.size() - 1; i >= 0; i--) {
        String deployment = deployments.get(i);
        // One that fails to stop must not keep the others running.
        stopping = stopping.transform(stopped -> vertx.undeploy(deployment));
      }
      return stopping;
    };
  }
}
