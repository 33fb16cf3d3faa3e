package com.napalmsky.matchmaking.pool;

import java.util.UUID;

/**
 * A place in the ring.
 *
 * @param hash of the id and the ring's salt
 * @param id tells apart people of the same hash
 */
public record Place(long hash, UUID id) implements Comparable<Place> {

  private static final UUID LEAST_ID = new UUID(Long.MIN_VALUE, Long.MIN_VALUE);

  /** The place before everybody of this hash. */
  public static Place before(long hash) {
    return new Place(hash, LEAST_ID);
  }

  @Override
  public int compareTo(Place other) {
    int byHash = Long.compare(hash, other.hash);
    return byHash != 0 ? byHash : id.compareTo(other.id);
  }
}
