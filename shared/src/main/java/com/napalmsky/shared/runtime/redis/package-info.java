/**
 * Redis, for state that several processes share: limits, scripts, names of keys.
 *
 * <p>An adapter of a store's port looks like this:
 *
 * <pre>{@code
 * final class RedisRates implements Rates {
 *   private static final RedisScript TAKE = RedisScript.of(RedisRates.class, "take.lua");
 *   static final List<RedisScript> SCRIPTS = List.of(TAKE);
 *
 *   private final RedisClient redis;  // RedisClient.open(vertx, config, RedisRates.SCRIPTS)
 *   private final RedisKeys keys;     // config.keys("rates")
 *
 *   public Future<Boolean> take(UUID userId) {
 *     return redis
 *         .run(TAKE, List.of(keys.each(userId.toString(), "taken")), List.of("10", "60000"))
 *         .map(answer -> answer != null && answer.toLong() == 1);
 *   }
 * }
 * }</pre>
 *
 * <ul>
 *   <li>One operation of the port is one call of one script, so that it is one step and one round
 *       trip; calls may follow each other without waiting, and are answered in order.
 *   <li>A script is a commented file, {@code src/main/resources/<package>/take.lua}. It touches
 *       only the keys handed in, all with one hash tag, and takes the time as an argument or from
 *       {@code redis.call('TIME')} (the file says which, and why). Every key has a bound or an
 *       expiry.
 *   <li>Nothing may rely on Redis keeping what it was told: it may start empty, or as an older
 *       copy. What must not be lost is in PostgreSQL; what is here can be rebuilt.
 *   <li>Classic publish/subscribe is not used: it reaches every node of a Redis Cluster and forgets
 *       what nobody heard.
 *   <li>Failures are {@link com.napalmsky.shared.bus.ServiceFailure}s already; the adapter adds
 *       nothing to them.
 * </ul>
 *
 * <p>The store's suite is an abstract test that asks for a store; one subclass gives it the one in
 * memory, the other {@code new RedisRates(...)} on {@code TestRedis.shared().config()} (in the
 * test-jar; the module adds {@code embedded-redis} in test scope), each test under a prefix of its
 * own. Tests of failures start a server for themselves: {@code TestRedis.start()}, {@code stop()},
 * {@code restart()} (empty again), {@code pause()}, {@code resume()}.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.runtime.redis;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
