package com.napalmsky.signaling.finish;

import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisKeys;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Ended calls that the database has not taken yet, oldest first, shared by all instances.
 *
 * <p>An instance works on a call only while it holds the call's claim. A claim lapses by itself, so
 * that the calls of a dead instance are taken up by another. Safe from any context.
 */
public interface FinishedCalls {

  /**
   * Adds a call, claimed by the caller until then. Adding a room that waits already changes
   * nothing.
   *
   * @return whether it waits now; false when there is no room left
   */
  Future<Boolean> add(RecordCall call, Instant claimedUntil);

  /** Claims up to {@code most} calls that nobody has claimed at {@code now}, oldest first. */
  Future<List<RecordCall>> claim(int most, Instant now, Instant claimedUntil);

  /** Gives a call back; nobody shall claim it before then. Ignored when it no longer waits. */
  Future<Void> postpone(UUID roomId, Instant until);

  /** Takes a stored call out; does nothing when it was taken out before. */
  Future<Void> remove(UUID roomId);

  /**
   * Takes a call that can never be stored out of the queue and keeps it apart for a person to look
   * at. The oldest of those gives way when there are too many.
   */
  Future<Void> setAside(UUID roomId);

  /** How many wait, claimed ones included. */
  Future<Integer> size();

  /** When the call ended that waits for the longest; empty when none waits. */
  Future<Optional<Instant>> oldest();

  /** How many are set aside. */
  Future<Integer> asideSize();

  /** How many of those that wait would be lost with this process. */
  Future<Integer> perishable();

  /** How many may wait. */
  int bound();

  /**
   * A queue in this process; what waits is lost with it.
   *
   * @param most that may wait
   * @param mostAside that may be set aside
   */
  static FinishedCalls inMemory(int most, int mostAside) {
    return new MemoryFinishedCalls(most, mostAside);
  }

  /**
   * A queue of all processes, in Redis; one that finds Redis away keeps calls in this process.
   *
   * @param redis opened with {@link #redisScripts()}, on the event loop that will use the queue
   * @param consumer the name of this instance, never used before
   */
  static FinishedCalls inRedis(
      RedisClient redis, RedisKeys keys, String consumer, int most, int mostAside) {
    return new SparedFinishedCalls(
        new RedisFinishedCalls(redis, keys, consumer, most, mostAside), inMemory(most, mostAside));
  }

  /** What the queue runs in Redis. */
  static List<RedisScript> redisScripts() {
    return RedisFinishedCalls.SCRIPTS;
  }
}
