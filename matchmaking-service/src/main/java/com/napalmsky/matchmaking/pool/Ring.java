package com.napalmsky.matchmaking.pool;

import com.napalmsky.shared.contract.user.Person;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * People in the order of a hash of their ids, the last one followed by the first.
 *
 * <p>A viewer who starts at his own hash and takes the next n sees the same people at each look,
 * and if all viewers do so while they are in the ring themselves, everybody is seen exactly n
 * times. Putting in and taking out cost O(log size), a walk costs what it yields.
 */
final class Ring {

  private final int max;
  private final long salt;
  private final Map<UUID, Pooled> byId = new HashMap<>();
  private final NavigableMap<Place, Pooled> ordered = new TreeMap<>();
  private long refused;

  /**
   * @param salt decides who follows whom
   */
  Ring(int max, long salt) {
    this.max = max;
    this.salt = salt;
  }

  /** Puts somebody in, or replaces what others see of him; refused and counted when full. */
  void put(Person person) {
    UUID id = person.userId();
    if (byId.size() >= max && !byId.containsKey(id)) {
      refused++;
      return;
    }
    Pooled pooled = Pooled.of(person, new Place(hash(id), id));
    byId.put(id, pooled);
    ordered.put(pooled.place(), pooled);
  }

  void remove(UUID id) {
    Pooled pooled = byId.remove(id);
    if (pooled != null) {
      ordered.remove(pooled.place());
    }
  }

  @Nullable Pooled get(UUID id) {
    return byId.get(id);
  }

  int size() {
    return byId.size();
  }

  /** How often somebody found no room. */
  long refused() {
    return refused;
  }

  /** Where somebody stands, whether or not he is in the ring. */
  long hash(UUID id) {
    return Mixing.mix(salt, id);
  }

  /**
   * Goes once around, from a hash to the same hash again. Must not be used after a change.
   *
   * @param after where an earlier walk from the same start stopped, or null to begin
   */
  Iterator<Pooled> walk(long start, @Nullable Place after) {
    Place origin = Place.before(start);
    if (after == null) {
      return new Walk(values(ordered.tailMap(origin, true)), ordered.headMap(origin, false));
    }
    if (after.compareTo(origin) >= 0) {
      return new Walk(values(ordered.tailMap(after, false)), ordered.headMap(origin, false));
    }
    return new Walk(
        values(ordered.subMap(after, false, origin, false)), Collections.emptyNavigableMap());
  }

  private static Iterator<Pooled> values(NavigableMap<Place, Pooled> part) {
    return part.values().iterator();
  }

  /** One part of the ring after the other. */
  private static final class Walk implements Iterator<Pooled> {

    private Iterator<Pooled> part;
    private @Nullable NavigableMap<Place, Pooled> rest;

    Walk(Iterator<Pooled> part, NavigableMap<Place, Pooled> rest) {
      this.part = part;
      this.rest = rest;
    }

    @Override
    public boolean hasNext() {
      if (!part.hasNext() && rest != null) {
        part = values(rest);
        rest = null;
      }
      return part.hasNext();
    }

    @Override
    public Pooled next() {
      return hasNext() ? part.next() : Collections.<Pooled>emptyIterator().next();
    }
  }
}
