package com.napalmsky.signaling.call;

import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.signaling.call.CallDirectory.Holder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how the calls of one instance stand: changes of state at once, what was said and what
 * waits a moment later. A call waits to be written at most once, whatever happens to it meanwhile.
 * While the store does not answer everything waits.
 *
 * <p>Confined to the context that created it.
 */
final class Journal {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int MOST_AT_ONCE = 128;

  private record Burial(Holder holder, Tombstone tombstone) {}

  private final CallDirectory directory;
  private final Timers timers;
  private final CallBounds bounds;
  private final Consumer<HeldCall> refused;
  private final Set<HeldCall> soon = new LinkedHashSet<>();
  private final Set<HeldCall> now = new LinkedHashSet<>();
  private final Map<UUID, Burial> burials = new LinkedHashMap<>();
  private boolean waiting;
  private boolean stalled;
  private boolean writing;
  private int underWay;
  private @Nullable Promise<Void> flushed;

  /**
   * @param refused hears of a call that another instance holds by now
   */
  Journal(CallDirectory directory, Timers timers, CallBounds bounds, Consumer<HeldCall> refused) {
    this.directory = directory;
    this.timers = timers;
    this.bounds = bounds;
    this.refused = refused;
  }

  /** A call has changed. */
  void note(HeldCall call, Change change) {
    switch (change) {
      case NONE -> {}
      case OF_STATE -> {
        soon.remove(call);
        now.add(call);
        write();
      }
      case OF_WHAT_WAITS -> {
        if (!now.contains(call)) {
          soon.add(call);
          await();
        }
      }
    }
  }

  /**
   * Writes a call now.
   *
   * @return false when another instance holds it; while the store does not answer nobody can, and
   *     the call is written later
   */
  Future<Boolean> commit(HeldCall call) {
    soon.remove(call);
    if (stalled) {
      now.add(call);
      return Future.succeededFuture(true);
    }
    now.remove(call);
    return save(call)
        .recover(
            cause -> {
              stall(cause);
              now.add(call);
              return Future.succeededFuture(true);
            })
        .map(
            accepted -> {
              if (!accepted) {
                refused.accept(call);
              }
              return accepted;
            });
  }

  /** A call is over; only its tombstone is left to be written. */
  void bury(HeldCall call, Tombstone tombstone) {
    forget(call);
    burials.put(call.roomId(), new Burial(call.holder(), tombstone));
    if (burials.size() > bounds.tombstones()) {
      Iterator<UUID> oldest = burials.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    write();
  }

  /** A call is no longer to be written. */
  void forget(HeldCall call) {
    soon.remove(call);
    now.remove(call);
  }

  /** The store answers, as far as is known. */
  void resume() {
    stalled = false;
    write();
  }

  /**
   * Writes everything that waits.
   *
   * @return succeeds when nothing waits any more
   */
  Future<Void> flush() {
    stalled = false;
    now.addAll(soon);
    soon.clear();
    Promise<Void> done = Promise.promise();
    flushed = done;
    write();
    return done.future();
  }

  /** How many calls wait to be written. */
  int size() {
    return soon.size() + now.size() + burials.size();
  }

  private void await() {
    if (waiting) {
      return;
    }
    waiting = true;
    var unused =
        timers.after(
            bounds.snapshotDelay(),
            () -> {
              waiting = false;
              now.addAll(soon);
              soon.clear();
              write();
            });
  }

  private void write() {
    if (writing) {
      return;
    }
    writing = true;
    while (!stalled && underWay < MOST_AT_ONCE && !burials.isEmpty()) {
      UUID roomId = burials.keySet().iterator().next();
      writeBurial(roomId, burials.remove(roomId));
    }
    while (!stalled && underWay < MOST_AT_ONCE && !now.isEmpty()) {
      HeldCall call = now.iterator().next();
      now.remove(call);
      writeCall(call);
    }
    writing = false;
    if (flushed != null && underWay == 0 && size() == 0) {
      Promise<Void> done = flushed;
      flushed = null;
      done.complete();
    }
  }

  private void writeCall(HeldCall call) {
    underWay++;
    save(call)
        .onComplete(
            accepted -> {
              underWay--;
              if (!accepted) {
                refused.accept(call);
              }
              write();
            },
            cause -> {
              underWay--;
              now.add(call);
              stall(cause);
            });
  }

  private Future<Boolean> save(HeldCall call) {
    return directory.save(call.snapshot(), call.holder(), call.nextVersion(), call.deadline());
  }

  private void writeBurial(UUID roomId, Burial burial) {
    underWay++;
    directory
        .bury(roomId, burial.holder(), burial.tombstone(), bounds.tombstoneFor())
        .onComplete(
            accepted -> {
              underWay--;
              write();
            },
            cause -> {
              underWay--;
              burials.put(roomId, burial);
              stall(cause);
            });
  }

  private void stall(Throwable cause) {
    if (!stalled) {
      stalled = true;
      LOG.warn("calls cannot be written down waiting={} cause={}", size(), cause.toString());
    }
  }
}
