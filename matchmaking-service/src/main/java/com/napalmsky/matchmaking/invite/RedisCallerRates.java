package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisKeys;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the invites of callers for all instances, in Redis; in this process when Redis does not
 * answer: nobody is refused or kept waiting for that. Confined to the context of its client.
 */
final class RedisCallerRates implements CallerRates {

  private static final Logger LOG = LoggerFactory.getLogger(RedisCallerRates.class);
  private static final RedisScript BUCKET = RedisScript.of(RedisCallerRates.class, "bucket.lua");

  /** What the client has to know. */
  static final List<RedisScript> SCRIPTS = List.of(BUCKET);

  private static final String PERIOD_MILLIS = "60000";

  private final RedisClient redis;
  private final RedisKeys keys;
  private final String perMinute;
  private final CallerRates here;

  /**
   * @param redis which does not wait for long
   * @param here counts while Redis is away
   */
  RedisCallerRates(RedisClient redis, RedisKeys keys, int perMinute, CallerRates here) {
    this.redis = redis;
    this.keys = keys;
    this.perMinute = String.valueOf(perMinute);
    this.here = here;
  }

  @Override
  public Future<Boolean> take(UUID callerId) {
    return bucket(callerId, "1")
        .recover(
            cause -> {
              LOG.debug("invites are counted by this instance alone", cause);
              return here.take(callerId);
            });
  }

  @Override
  public void giveBack(UUID callerId) {
    bucket(callerId, "-1")
        .onComplete(
            done -> {}, cause -> LOG.debug("an invite is counted that should not be", cause));
  }

  @Override
  public long size() {
    return here.size();
  }

  private Future<Boolean> bucket(UUID callerId, String wanted) {
    return redis
        .run(
            BUCKET,
            List.of(keys.each(callerId.toString(), "bucket")),
            List.of(perMinute, PERIOD_MILLIS, wanted))
        .map(answer -> answer != null && answer.toString().equals("1"));
  }
}
