package com.napalmsky.matchmaking.pool;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which changes of a stream have arrived. Several presence nodes publish into the one stream, so
 * that a change may overtake an earlier one.
 *
 * <p>Users need to be told apart only beyond the first change that is missing: whatever arrives
 * later than a complete beginning is newer than all of it.
 */
final class Offsets {

  /** What an arriving change is, seen from its user. */
  enum Arrival {
    NEWEST,
    /** A newer change of the same user has arrived before. */
    SUPERSEDED,
    /** The very same change has arrived before. */
    REPEATED
  }

  private final Set<Long> ahead = new HashSet<>();
  private final Map<UUID, Long> newestAhead = new HashMap<>();
  private long complete;
  private long highest;

  /**
   * @param complete every change up to here counts as arrived
   */
  Offsets(long complete) {
    this.complete = complete;
    this.highest = complete;
  }

  Arrival arrive(UUID userId, long offset) {
    if (offset <= complete || ahead.contains(offset)) {
      return Arrival.REPEATED;
    }
    expect(offset);
    if (offset == complete + 1 && ahead.isEmpty()) {
      complete = offset;
      return Arrival.NEWEST;
    }
    boolean newest = offset == newestAhead.merge(userId, offset, Math::max);
    ahead.add(offset);
    while (ahead.remove(complete + 1)) {
      complete++;
    }
    if (ahead.isEmpty()) {
      newestAhead.clear();
    }
    return newest ? Arrival.NEWEST : Arrival.SUPERSEDED;
  }

  /** Takes note that the stream has come this far. */
  void expect(long offset) {
    highest = Math.max(highest, offset);
  }

  /** Whether a change is known to be missing. */
  boolean gap() {
    return complete < highest;
  }

  /** Whether everything up to this offset has arrived. */
  boolean completeTo(long offset) {
    return complete >= offset;
  }

  /** The highest offset known of. */
  long highest() {
    return highest;
  }

  /** How many changes have arrived before one that is missing. */
  int waiting() {
    return ahead.size();
  }
}
