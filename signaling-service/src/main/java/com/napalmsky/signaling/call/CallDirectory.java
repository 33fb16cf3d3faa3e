package com.napalmsky.signaling.call;

import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which instance holds which call or tombstone, for all instances. Safe from any context.
 *
 * <p>An entry belongs to its owner: whatever another instance says about it is ignored.
 */
public interface CallDirectory {

  /**
   * Puts a running call under an owner, unless the room has one.
   *
   * @return the owner that holds it now; fails as overloaded when there is no room for another
   */
  Future<String> claim(UUID roomId, String owner);

  /** The owner of the call or of its tombstone; null when there is neither. */
  Future<@Nullable String> ownerOf(UUID roomId);

  /** The call is over, its tombstone stands. */
  Future<Void> ended(UUID roomId, String owner);

  /** The tombstone is gone. */
  Future<Void> remove(UUID roomId, String owner);

  /** How many calls run. */
  Future<Integer> running();

  /**
   * The directory of one process.
   *
   * @param most calls and tombstones of all instances in it
   */
  static CallDirectory inMemory(int most) {
    return new MemoryCallDirectory(most);
  }
}
