package com.napalmsky.matchmaking.invite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * How many invites each caller may still make: a bucket of tokens that is full again after a
 * minute. Counts by instance. Confined to the context that created it.
 */
final class CallerRates {

  private static final Duration PERIOD = Duration.ofMinutes(1);

  private record Bucket(double tokens, Instant at) {}

  private final Cache<UUID, Bucket> buckets;
  private final Timers timers;
  private final int perMinute;

  CallerRates(Timers timers, int perMinute, int callersMax) {
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

  /** Takes a token; false when there is none. */
  boolean take(UUID callerId) {
    double tokens = tokens(callerId);
    if (tokens < 1) {
      return false;
    }
    buckets.put(callerId, new Bucket(tokens - 1, timers.now()));
    return true;
  }

  /** Returns a token that was not needed. */
  void giveBack(UUID callerId) {
    buckets.put(callerId, new Bucket(Math.min(perMinute, tokens(callerId) + 1), timers.now()));
  }

  /** How many callers are known. */
  long size() {
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
