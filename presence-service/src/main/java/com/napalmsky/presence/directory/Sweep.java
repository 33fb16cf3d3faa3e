package com.napalmsky.presence.directory;

import com.napalmsky.presence.directory.PresenceStore.Lapsed;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at regular intervals for what no event of this instance would show: gateways whose lease
 * has ended, and graces that began at another instance. Every instance does so; the store sees to
 * it that each socket is lost once and each grace ended once.
 *
 * <p>Confined to the context that created it.
 */
final class Sweep {

  /** So many users of a lost gateway must not hold up everybody else's requests. */
  static final int MOST_AT_ONCE = 500;

  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(10);
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final PresenceStore store;
  private final Timers timers;
  private final Duration interval;
  private final Duration quiet;
  private final GraceWatch graces;
  private final Consumer<GatewayLost> announceLost;
  private final Consumer<Changed> announce;
  private @Nullable Cancellable timer;
  private boolean stopped;
  private boolean looking;
  private boolean again;
  private boolean failing;
  private Instant quietUntil = Instant.MIN;
  private long swept;

  /**
   * @param interval between two looks
   * @param quiet how long after an outage of the store nobody is taken for dead: gateways could not
   *     renew their leases meanwhile
   */
  Sweep(
      PresenceStore store,
      Timers timers,
      Duration interval,
      Duration quiet,
      GraceWatch graces,
      Consumer<GatewayLost> announceLost,
      Consumer<Changed> announce) {
    this.store = store;
    this.timers = timers;
    this.interval = interval;
    this.quiet = quiet;
    this.graces = graces;
    this.announceLost = announceLost;
    this.announce = announce;
  }

  void begin() {
    next(interval);
  }

  void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  /** Looks now, because a gateway is known to be gone. */
  void look() {
    if (looking) {
      again = true;
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    run();
  }

  /** Sockets lost with their gateways, as far as this instance swept them. */
  long swept() {
    return swept;
  }

  private void next(Duration pause) {
    if (!stopped) {
      timer = timers.after(again ? BETWEEN_BATCHES : pause, this::run);
    }
    again = false;
  }

  private void run() {
    looking = true;
    if (failing) {
      store.load().onComplete(reached -> reachable(), this::unreachable);
    } else if (timers.now().isBefore(quietUntil)) {
      looking = false;
      next(interval);
    } else {
      store.lapse(timers.now(), MOST_AT_ONCE).onComplete(this::lapsed, this::unreachable);
    }
  }

  private void reachable() {
    looking = false;
    failing = false;
    quietUntil = timers.now().plus(quiet);
    LOG.info("the store is back, gateways may renew first quietMillis={}", quiet.toMillis());
    next(interval);
  }

  private void unreachable(Throwable cause) {
    looking = false;
    if (!failing) {
      LOG.warn("gateways could not be swept, trying again cause={}", cause.toString());
    }
    failing = true;
    next(interval);
  }

  private void lapsed(Lapsed lapsed) {
    looking = false;
    lapsed.gateways().forEach(announceLost);
    lapsed.changes().forEach(announce);
    if (lapsed.sockets() > 0) {
      swept += lapsed.sockets();
      LOG.info("a gateway is gone sockets={} more={}", lapsed.sockets(), lapsed.more());
    }
    if (lapsed.more()) {
      next(BETWEEN_BATCHES);
    } else {
      graces.expire();
      next(interval);
    }
  }
}
