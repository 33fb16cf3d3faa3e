package com.napalmsky.signaling.call;

import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ends of calls, remembered for a while. One timer for all: they go in the order they came.
 *
 * <p>Confined to the context that created it.
 */
final class Tombstones {

  private record Kept(Tombstone tombstone, Instant until) {}

  private final Timers timers;
  private final int most;
  private final Duration keepFor;
  private final Consumer<UUID> gone;
  private final Map<UUID, Kept> kept = new LinkedHashMap<>();
  private boolean waiting;

  /**
   * @param gone hears of each that is forgotten
   */
  Tombstones(Timers timers, CallBounds bounds, Consumer<UUID> gone) {
    this.timers = timers;
    most = bounds.tombstones();
    keepFor = bounds.tombstoneFor();
    this.gone = gone;
  }

  void add(UUID roomId, Tombstone tombstone) {
    kept.put(roomId, new Kept(tombstone, timers.now().plus(keepFor)));
    if (kept.size() > most) {
      forgetOldest();
    }
    await();
  }

  @Nullable Tombstone of(UUID roomId) {
    Kept known = kept.get(roomId);
    return known == null ? null : known.tombstone();
  }

  int size() {
    return kept.size();
  }

  private void await() {
    if (waiting || kept.isEmpty()) {
      return;
    }
    waiting = true;
    Instant next = kept.values().iterator().next().until();
    var unused =
        timers.after(
            Duration.between(timers.now(), next),
            () -> {
              waiting = false;
              forgetExpired();
              await();
            });
  }

  private void forgetExpired() {
    while (!kept.isEmpty() && !kept.values().iterator().next().until().isAfter(timers.now())) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    UUID oldest = kept.keySet().iterator().next();
    kept.remove(oldest);
    gone.accept(oldest);
  }
}
