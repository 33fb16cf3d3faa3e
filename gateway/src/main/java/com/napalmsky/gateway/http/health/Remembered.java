package com.napalmsky.gateway.http.health;

import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is asked for at most once in a while, however many want it. Failures are not kept.
 *
 * <p>Confined to one event loop.
 */
final class Remembered<T> {

  private final Timers timers;
  private final Duration life;
  private final Supplier<Future<T>> ask;
  private @Nullable Future<T> latest;
  private Instant askedAt = Instant.MIN;

  Remembered(Timers timers, Duration life, Supplier<Future<T>> ask) {
    this.timers = timers;
    this.life = life;
    this.ask = ask;
  }

  Future<T> get() {
    Instant now = timers.now();
    Future<T> known = latest;
    boolean usable =
        known != null
            && (!known.isComplete() || (known.succeeded() && now.isBefore(askedAt.plus(life))));
    if (known == null || !usable) {
      known = ask.get();
      latest = known;
      askedAt = now;
    }
    return known;
  }
}
