package com.napalmsky.signaling.ice;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the failure of a provider from costing every user a wait, and from filling the log: one
 * that failed is left alone for a while. Safe from any context.
 *
 * <pre>
 *   ASKED ──fails──► RESTING ──time──► ASKED
 * </pre>
 */
final class ProviderGuard {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderGuard.class);

  private final TurnProvider provider;
  private final Timers timers;
  private final IceConfig config;
  private final AtomicReference<Instant> restsUntil = new AtomicReference<>(Instant.MIN);
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicInteger underWay = new AtomicInteger();
  private final LongAdder failures = new LongAdder();

  ProviderGuard(TurnProvider provider, Timers timers, IceConfig config) {
    this.provider = provider;
    this.timers = timers;
    this.config = config;
  }

  String name() {
    return provider.name();
  }

  /** Whether it would be asked now. */
  boolean asked() {
    return !timers.now().isBefore(restsUntil.get());
  }

  /** How often it failed. */
  long failures() {
    return failures.sum();
  }

  /** Requests under way. */
  int underWay() {
    return underWay.get();
  }

  /** Fails at once while the provider rests, and while too many ask it. */
  Future<List<IceServer>> relaysFor(UUID userId) {
    if (!asked()) {
      return Future.failedFuture(new ProviderFailure("it rests"));
    }
    if (underWay.incrementAndGet() > config.requestsMax()) {
      // No fault of the provider's, so it does not have to rest.
      underWay.decrementAndGet();
      return Future.failedFuture(new ProviderFailure("too many ask it"));
    }
    return provider
        .relaysFor(userId)
        .onComplete(
            relays -> {
              underWay.decrementAndGet();
              if (away.compareAndSet(true, false)) {
                LOG.info("turn provider answers again provider={}", name());
              }
            },
            cause -> {
              underWay.decrementAndGet();
              failed(cause);
            });
  }

  private void failed(Throwable cause) {
    failures.increment();
    away.set(true);
    Instant now = timers.now();
    Instant before = restsUntil.get();
    // Of many that fail at the same time the first has it rest, and says so.
    if (!now.isBefore(before) && restsUntil.compareAndSet(before, now.plus(config.rest()))) {
      LOG.warn(
          "turn provider failed provider={} failures={} rest={}s cause={}",
          name(),
          failures(),
          config.rest().toSeconds(),
          cause.toString());
    }
  }
}
