package com.napalmsky.shared.runtime.process;

import com.napalmsky.shared.runtime.meter.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * What a process tells those who run it, on a port of its own. The parts of the process add to it;
 * safe from any thread.
 *
 * @param readiness whether the process can do its work
 * @param pages what else the port offers
 * @param meters what is counted, shown at {@code /metrics}
 */
public record Management(Readiness readiness, ManagementPages pages, Meters meters) {

  /** One to which nothing was added yet. */
  public Management(Meters meters) {
    this(new Readiness(), new ManagementPages(), meters);
  }

  /** One that counts nothing. */
  public Management() {
    this(Meters.none());
  }

  /** The same port for a part without which the process is ready all the same. */
  public Management apart() {
    return new Management(new Readiness(), pages, meters);
  }

  /**
   * Opens the port. {@code /health/live} answers as long as the process can answer at all, {@code
   * /health/ready} with 200 or 503 and what works. Closed with Vert.x.
   *
   * @return the port; fails with {@link CannotStart} when it cannot be opened
   */
  public Future<Integer> open(Vertx vertx, ManagementConfig config) {
    ManagementVerticle verticle = new ManagementVerticle(config, this);
    return vertx.deployVerticle(verticle).map(deployed -> verticle.port());
  }
}
