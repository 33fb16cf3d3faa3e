package com.napalmsky.signaling.call;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one process. Safe from any context: instances in one JVM share it. A tombstone
 * stays until its owner removes it, since an owner lives as long as the directory.
 */
final class MemoryCallDirectory implements CallDirectory {

  /**
   * @param call null for a tombstone
   * @param tombstone null while the call runs
   */
  private record Kept(
      Holder holder,
      long version,
      @Nullable CallSnapshot call,
      @Nullable Tombstone tombstone,
      Instant due) {

    boolean running() {
      return call != null;
    }

    Kept under(Holder other) {
      return new Kept(other, 0, call, tombstone, due);
    }
  }

  private final Map<UUID, Kept> rooms = new ConcurrentHashMap<>();
  private final Map<String, Instant> leases = new ConcurrentHashMap<>();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final int most;

  MemoryCallDirectory(int most) {
    this.most = most;
  }

  @Override
  public Future<Holder> claim(CallSnapshot call, String owner, Instant due) {
    Kept known = rooms.get(call.roomId());
    if (known != null) {
      return Future.succeededFuture(known.holder());
    }
    if (held.incrementAndGet() > most) {
      held.decrementAndGet();
      return Future.failedFuture(new ServiceFailure(Code.OVERLOADED, "directory of calls is full"));
    }
    Holder first = new Holder(owner, 1);
    Kept other = rooms.putIfAbsent(call.roomId(), new Kept(first, 0, call, null, due));
    if (other != null) {
      held.decrementAndGet();
      return Future.succeededFuture(other.holder());
    }
    running.incrementAndGet();
    return Future.succeededFuture(first);
  }

  @Override
  public Future<@Nullable Found> find(UUID roomId, Instant now) {
    Kept known = rooms.get(roomId);
    return Future.succeededFuture(
        known == null ? null : new Found(known.holder(), live(known.holder().owner(), now)));
  }

  @Override
  public Future<Map<UUID, Holder>> holders(Collection<UUID> wanted) {
    Map<UUID, Holder> found = new HashMap<>();
    for (UUID roomId : wanted) {
      Kept known = rooms.get(roomId);
      if (known != null) {
        found.put(roomId, known.holder());
      }
    }
    return Future.succeededFuture(found);
  }

  @Override
  public Future<Boolean> save(CallSnapshot call, Holder holder, long version, Instant due) {
    return write(
        call.roomId(),
        holder,
        known ->
            known != null
                    && known.holder().equals(holder)
                    && (!known.running() || known.version() > version)
                ? known
                : new Kept(holder, version, call, null, due));
  }

  @Override
  public Future<Boolean> bury(UUID roomId, Holder holder, Tombstone tombstone, Duration keepFor) {
    return write(
        roomId, holder, known -> new Kept(holder, Long.MAX_VALUE, null, tombstone, Instant.MAX));
  }

  /** What becomes of an entry, or of none. */
  private interface Step {
    @Nullable Kept of(@Nullable Kept known);
  }

  /** Carries a step out unless another one holds the call by now. */
  private Future<Boolean> write(UUID roomId, Holder holder, Step step) {
    AtomicReference<Boolean> accepted = new AtomicReference<>(true);
    rooms.compute(
        roomId,
        (room, known) -> {
          if (known != null && known.holder().after(holder)) {
            accepted.set(false);
            return known;
          }
          Kept next = step.of(known);
          count(known, next);
          return next;
        });
    return Future.succeededFuture(accepted.get());
  }

  private void count(@Nullable Kept before, @Nullable Kept after) {
    held.addAndGet((after == null ? 0 : 1) - (before == null ? 0 : 1));
    running.addAndGet(
        (after != null && after.running() ? 1 : 0) - (before != null && before.running() ? 1 : 0));
  }

  @Override
  @CanIgnoreReturnValue
  public Future<Void> remove(UUID roomId, Holder holder) {
    return write(roomId, holder, known -> null).mapEmpty();
  }

  @Override
  public Future<Boolean> hold(String owner, Instant now, Instant until) {
    Instant before = leases.put(owner, until);
    return Future.succeededFuture(before != null && before.isAfter(now));
  }

  @Override
  public Future<Void> leave(String owner) {
    leases.put(owner, Instant.MIN);
    return Future.succeededFuture();
  }

  @Override
  public Future<Integer> others(String owner, Instant now) {
    return Future.succeededFuture(
        (int) leases.keySet().stream().filter(o -> !o.equals(owner) && live(o, now)).count());
  }

  @Override
  public Future<@Nullable Adopted> adopt(UUID roomId, Holder from, String owner) {
    return Future.succeededFuture(adoptNow(roomId, from, owner));
  }

  @Override
  public Future<List<Adopted>> adoptLost(
      String owner, Instant now, Instant overdueBefore, int wanted) {
    List<Adopted> adopted = new ArrayList<>();
    leases.entrySet().removeIf(lease -> !lease.getValue().isAfter(now) && idle(lease.getKey()));
    for (Map.Entry<UUID, Kept> entry : rooms.entrySet()) {
      if (adopted.size() == wanted) {
        break;
      }
      Kept kept = entry.getValue();
      boolean lost = !live(kept.holder().owner(), now) && !kept.holder().owner().equals(owner);
      if (kept.running() && (lost || kept.due().isBefore(overdueBefore))) {
        Adopted one = adoptNow(entry.getKey(), kept.holder(), owner);
        if (one != null) {
          adopted.add(one);
        }
      }
    }
    return Future.succeededFuture(adopted);
  }

  @Override
  public Future<Integer> running() {
    return Future.succeededFuture(running.get());
  }

  @Override
  public boolean outlivesProcess() {
    return false;
  }

  private boolean live(String owner, Instant now) {
    Instant until = leases.get(owner);
    return until != null && until.isAfter(now);
  }

  private boolean idle(String owner) {
    return rooms.values().stream()
        .noneMatch(kept -> kept.running() && kept.holder().owner().equals(owner));
  }

  private @Nullable Adopted adoptNow(UUID roomId, Holder from, String owner) {
    Holder next = from.successor(owner);
    Kept now =
        rooms.computeIfPresent(
            roomId, (room, known) -> known.holder().equals(from) ? known.under(next) : known);
    return now != null && now.holder().equals(next)
        ? new Adopted(roomId, next, now.call(), now.tombstone())
        : null;
  }
}
