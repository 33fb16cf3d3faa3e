package com.napalmsky.signaling.call;

import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.signaling.call.CallDirectory.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The ends of calls, remembered for a while. One timer for all: they go in the order they came.
 *
 * <p>Confined to the context that created it.
 */
final class Tombstones {

  private record Kept(Tombstone tombstone, Holder holder, Instant until) {}

  private final Timers timers;
  private final int most;
  private final Duration keepFor;
  private final BiConsumer<UUID, Holder> gone;
  private final Map<UUID, Kept> kept = new LinkedHashMap<>();
  private boolean waiting;

  /**
   * @param gone hears of each that is forgotten
   */
  Tombstones(Timers timers, CallBounds bounds, BiConsumer<UUID, Holder> gone) {
    this.timers = timers;
    most = bounds.tombstones();
    keepFor = bounds.tombstoneFor();
    this.gone = gone;
  }

  void add(UUID roomId, Tombstone tombstone, Holder holder) {
    kept.put(roomId, new Kept(tombstone, holder, timers.now().plus(keepFor)));
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
    Kept forgotten = kept.remove(oldest);
    if (forgotten != null) {
      gone.accept(oldest, forgotten.holder());
    }
  }
}
