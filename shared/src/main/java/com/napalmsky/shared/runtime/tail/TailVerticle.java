package com.napalmsky.shared.runtime.tail;

import com.napalmsky.shared.bus.Traffic;
import com.napalmsky.shared.bus.TrafficContract;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.shared.runtime.process.ManagementPages;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * Lets a process take part in the watching of the bus, and offers it on its management port: as
 * lines, and as a page.
 */
public final class TailVerticle extends VerticleBase {

  private final String node;
  private final Management management;
  private final TailConfig config;
  private @Nullable TypedBus bus;
  private @Nullable BusTail tail;

  /**
   * @param node name of the process, as watchers see it; another one for each process
   * @param management to whose pages {@code GET /bus} and {@code /ops} are added, and whose numbers
   *     are shown
   */
  public TailVerticle(String node, Management management, TailConfig config) {
    this.node = node;
    this.management = management;
    this.config = config;
  }

  @Override
  public Future<?> start() {
    TypedBus own = new TypedBus(vertx);
    BusTail started =
        new BusTail(
            node,
            Traffic.of(vertx),
            () -> Glance.at(management.meters()),
            own,
            Timers.of(vertx),
            config.mostWatchers());
    bus = own;
    tail = started;
    return Future.all(
            own.serve(TrafficContract.MEASURED.at(node), started::measured),
            own.subscribe(TrafficContract.WATCHED, started::watched))
        .<Void>map(
            served -> {
              ManagementPages pages = management.pages();
              pages.stream("/bus", new TailStream(started, context)::handle);
              OpsPage.addTo(pages);
              return null;
            })
        .recover(cause -> own.close().transform(closed -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    if (tail != null) {
      tail.stop();
    }
    return bus == null ? Future.succeededFuture() : bus.close();
  }
}
