package com.napalmsky.gateway;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.EndLease;
import com.napalmsky.shared.contract.presence.PresenceContract.LeaseRenewed;
import com.napalmsky.shared.contract.presence.PresenceContract.RenewLease;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells presence every two seconds that this gateway process is alive, so that its sockets are not
 * taken for lost, and compares both sides now and then; one for the process. Another lease than
 * before means that presence does not know them any more.
 */
final class LeaseVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseVerticle.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  // A renewal that comes late is worth less than another try in time.
  private static final Endpoint<RenewLease, LeaseRenewed> RENEW =
      PresenceContract.RENEW_LEASE.within(Duration.ofMillis(1_500));
  private static final Endpoint<EndLease, PresenceContract.LeaseEnded> END =
      PresenceContract.END_LEASE.within(Duration.ofMillis(1_500));

  private final String gateway;
  private final SocketLoops sockets;
  private @Nullable TypedBus bus;
  private @Nullable Timers timers;
  private @Nullable SocketAudit audit;
  private @Nullable Cancellable timer;
  private @Nullable String lease;
  private boolean failing;
  private boolean stopped;

  /**
   * @param sockets of the process
   */
  LeaseVerticle(SocketLoops sockets) {
    this.gateway = sockets.node();
    this.sockets = sockets;
  }

  @Override
  public Future<?> start() {
    bus = new TypedBus(vertx);
    timers = Timers.of(vertx);
    audit = new SocketAudit(gateway, bus, timers, sockets::absent, sockets::makeUp);
    audit.begin();
    // Not waited for: a gateway starts without presence, and goes on without it.
    renew();
    return Future.succeededFuture();
  }

  /** What is left of the sockets is lost now, instead of at the end of the lease. */
  @Override
  public Future<?> stop() {
    stopped = true;
    if (audit != null) {
      audit.stop();
    }
    if (timer != null) {
      timer.cancel();
    }
    return bus == null || lease == null
        ? Future.succeededFuture()
        : bus.request(END, new EndLease(gateway)).otherwiseEmpty();
  }

  private void renew() {
    if (bus != null) {
      bus.request(RENEW, new RenewLease(gateway)).onComplete(this::renewed, this::failed);
    }
  }

  private void renewed(LeaseRenewed renewed) {
    if (failing) {
      LOG.info("the lease is renewed again gateway={}", gateway);
    }
    failing = false;
    if (!renewed.lease().equals(lease)) {
      lease = renewed.lease();
      sockets.startOver();
    }
    next(INTERVAL);
  }

  private void failed(Throwable cause) {
    if (!failing) {
      LOG.warn("the lease cannot be renewed gateway={} cause={}", gateway, cause.toString());
    }
    failing = true;
    next(AFTER_FAILURE);
  }

  private void next(Duration pause) {
    if (!stopped && timers != null) {
      timer = timers.after(pause, this::renew);
    }
  }
}
