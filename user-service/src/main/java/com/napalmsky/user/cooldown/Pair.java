package com.napalmsky.user.cooldown;

import java.util.UUID;

/**
 * Two different people, in the order in which PostgreSQL sorts them.
 *
 * @param lower by its text; {@link UUID#compareTo} compares signed numbers and would order
 *     otherwise
 */
public record Pair(UUID lower, UUID upper) {

  /**
   * Puts two people in order.
   *
   * @throws IllegalArgumentException when they are one
   */
  public static Pair of(UUID one, UUID other) {
    int order = one.toString().compareTo(other.toString());
    if (order == 0) {
      throw new IllegalArgumentException("one person is no pair");
    }
    return order < 0 ? new Pair(one, other) : new Pair(other, one);
  }
}
