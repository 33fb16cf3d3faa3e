package com.napalmsky.signaling.call;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisKeys;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which instance holds which call or tombstone, and what another one needs to go on with it. Shared
 * by all instances; safe from any context.
 *
 * <p>A call has one {@link Holder} at a time. What an earlier holder says about it is refused, so
 * that an instance that was taken for lost, and is not, does no harm. Times are those of the
 * callers, whose clocks must agree to a second.
 */
public interface CallDirectory {

  /**
   * Who may speak for a call.
   *
   * @param owner the instance
   * @param epoch greater with each adoption
   */
  record Holder(String owner, long epoch) {

    /** What the instance becomes that adopts the call from this one. */
    Holder successor(String adopter) {
      return new Holder(adopter, epoch + 1);
    }

    /** Whether this one was put in the place of the other one. */
    boolean after(Holder other) {
      return epoch > other.epoch || (epoch == other.epoch && !owner.equals(other.owner));
    }
  }

  /**
   * @param live whether the owner's lease stands
   */
  record Found(Holder holder, boolean live) {}

  /**
   * A call taken over from a lost owner, or its tombstone; the other one is null.
   *
   * @param holder who holds it now
   */
  record Adopted(
      UUID roomId, Holder holder, @Nullable CallSnapshot call, @Nullable Tombstone tombstone) {}

  /**
   * Puts a new call under an owner, unless the room has one.
   *
   * @param due when the call has something to do next
   * @return who holds it now; fails as overloaded when there is no room for another
   */
  Future<Holder> claim(CallSnapshot call, String owner, Instant due);

  /** Who holds the call or its tombstone; null when there is neither. */
  Future<@Nullable Found> find(UUID roomId, Instant now);

  /** Who holds each of these; a room that is not known is not in the answer. */
  Future<Map<UUID, Holder>> holders(Collection<UUID> rooms);

  /**
   * Writes down how a call stands. One that is not known, because the store has lost it, is put in
   * again; one that has ended stays as it is.
   *
   * @param version greater with each write of this holder; an older one that arrives late is
   *     ignored
   * @param due when the call has something to do next
   * @return false when another one holds the call by now
   */
  Future<Boolean> save(CallSnapshot call, Holder holder, long version, Instant due);

  /**
   * The call is over, its tombstone stands.
   *
   * @param keepFor after which it may be forgotten without having been removed
   * @return false when another one holds the call by now
   */
  Future<Boolean> bury(UUID roomId, Holder holder, Tombstone tombstone, Duration keepFor);

  /** The call or tombstone is gone; ignored when another one holds it by now. */
  @CanIgnoreReturnValue
  Future<Void> remove(UUID roomId, Holder holder);

  /**
   * Holds an owner's lease, without which its calls may be adopted.
   *
   * @return whether the lease stood until now; if not, calls may have been adopted meanwhile
   */
  Future<Boolean> hold(String owner, Instant now, Instant until);

  /** Ends an owner's lease: its calls may be adopted at once. */
  Future<Void> leave(String owner);

  /** How many owners besides this one have a lease. */
  Future<Integer> others(String owner, Instant now);

  /**
   * Takes one call or tombstone over.
   *
   * @param from who was found to hold it
   * @return null when another one holds it by now
   */
  Future<@Nullable Adopted> adopt(UUID roomId, Holder from, String owner);

  /**
   * Takes running calls over: those whose owner has lost its lease, and those that had something to
   * do before {@code overdueBefore}, whoever holds them.
   *
   * @return at most so many
   */
  Future<List<Adopted>> adoptLost(String owner, Instant now, Instant overdueBefore, int most);

  /** How many calls run. */
  Future<Integer> running();

  /** Whether what is in it is still there when this process has ended. */
  boolean outlivesProcess();

  /**
   * The directory of one process.
   *
   * @param most calls and tombstones of all instances in it
   */
  static CallDirectory inMemory(int most) {
    return new MemoryCallDirectory(most);
  }

  /**
   * The directory of all processes, in Redis.
   *
   * @param redis opened with {@link #redisScripts()}, on the event loop that will use the directory
   * @param most calls that may run, of all instances
   */
  static CallDirectory inRedis(RedisClient redis, RedisKeys keys, int most) {
    return new RedisCallDirectory(redis, keys, most);
  }

  /** What the directory runs in Redis. */
  static List<RedisScript> redisScripts() {
    return RedisCallDirectory.SCRIPTS;
  }
}
