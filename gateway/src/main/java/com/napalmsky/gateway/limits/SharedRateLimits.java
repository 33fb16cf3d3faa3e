package com.napalmsky.gateway.limits;

import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisKeys;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the requests of all gateways, in Redis; as long as Redis does not answer, those of this
 * process, in windows that begin then: nobody is refused or kept waiting for that.
 *
 * <p>Confined to the event loop of its client.
 */
public final class SharedRateLimits implements RateLimits {

  private static final Logger LOG = LoggerFactory.getLogger(SharedRateLimits.class);
  private static final RedisScript WINDOW = RedisScript.of(SharedRateLimits.class, "window.lua");

  /** What the client has to know. */
  public static final List<RedisScript> SCRIPTS = List.of(WINDOW);

  private static final int DIGEST_BYTES = 16;

  private final RedisClient redis;
  private final RedisKeys keys;
  private final Windows here;

  /**
   * @param redis which does not wait for long
   * @param here knows how much each limit allows, and counts while Redis is away
   */
  public SharedRateLimits(RedisClient redis, RedisKeys keys, Windows here) {
    this.redis = redis;
    this.keys = keys;
    this.here = here;
  }

  @Override
  public Future<Allowance> take(Limit limit, String owner) {
    return counted("take", limit, owner, here::take);
  }

  @Override
  public Future<Allowance> look(Limit limit, String owner) {
    return counted("look", limit, owner, here::look);
  }

  @Override
  public Future<Allowance> giveBack(Limit limit, String owner) {
    return counted("give", limit, owner, here::giveBack);
  }

  private Future<Allowance> counted(
      String what, Limit limit, String owner, BiFunction<Limit, String, Allowance> otherwise) {
    int most = here.most(limit);
    if (most == 0) {
      return Future.succeededFuture(otherwise.apply(limit, owner));
    }
    return redis
        .run(
            WINDOW,
            List.of(keys.each(limit.id() + "-" + digest(owner), "window")),
            List.of(what, String.valueOf(most), String.valueOf(limit.window().toMillis())))
        .map(answer -> allowance(limit, most, answer))
        .recover(
            cause -> {
              LOG.debug("requests are counted by this process alone limit={}", limit.id(), cause);
              return Future.succeededFuture(otherwise.apply(limit, owner));
            });
  }

  private Allowance allowance(Limit limit, int most, Response answer) {
    int count = number(answer, 0);
    boolean exceeded = number(answer, 2) == 1;
    if (exceeded) {
      here.refused(limit);
    }
    long resetSeconds = Math.max(1, (number(answer, 1) + 999) / 1000);
    return new Allowance(limit, most, Math.max(0, most - count), resetSeconds, exceeded);
  }

  private static int number(Response answer, int at) {
    return Integer.parseInt(answer.get(at).toString());
  }

  /** Addresses and e-mails are not written down, and nobody chooses the text of a key. */
  private static String digest(String owner) {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256").digest(owner.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(whole, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
