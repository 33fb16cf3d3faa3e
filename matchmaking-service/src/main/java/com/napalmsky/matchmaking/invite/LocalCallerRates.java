package com.napalmsky.matchmaking.invite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Counts the invites of callers in this process. Confined to the context that created it. */
final class LocalCallerRates implements CallerRates {

  private static final Duration PERIOD = Duration.ofMinutes(1);

  private record Bucket(double tokens, Instant at) {}

  private final Cache<UUID, Bucket> buckets;
  private final Timers timers;
  private final int perMinute;

  LocalCallerRates(Timers timers, int perMinute, int callersMax) {
    this.timers = timers;
    this.perMinute = perMinute;
    buckets =
        Caffeine.newBuilder()
            .maximumSize(callersMax)
            .expireAfterWrite(PERIOD)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(timers.now().toEpochMilli()))
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Future<Boolean> take(UUID callerId) {
    double tokens = tokens(callerId);
    if (tokens < 1) {
      return Future.succeededFuture(false);
    }
    buckets.put(callerId, new Bucket(tokens - 1, timers.now()));
    return Future.succeededFuture(true);
  }

  @Override
  public void giveBack(UUID callerId) {
    buckets.put(callerId, new Bucket(Math.min(perMinute, tokens(callerId) + 1), timers.now()));
  }

  @Override
  public long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private double tokens(UUID callerId) {
    Bucket bucket = buckets.getIfPresent(callerId);
    if (bucket == null) {
      return perMinute;
    }
    double refilled =
        (double) Duration.between(bucket.at(), timers.now()).toMillis()
            * perMinute
            / PERIOD.toMillis();
    return Math.min(perMinute, bucket.tokens() + Math.max(0, refilled));
  }
}
