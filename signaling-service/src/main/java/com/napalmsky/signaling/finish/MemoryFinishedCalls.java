package com.napalmsky.signaling.finish;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The queue of one process. Safe from any context: instances in one JVM share it. */
final class MemoryFinishedCalls implements FinishedCalls {

  /**
   * @param notBefore when it may be claimed, in epoch milliseconds
   */
  private record Waiting(long place, RecordCall call, AtomicLong notBefore) {}

  private final Map<UUID, Waiting> byRoom = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, Waiting> inOrder = new ConcurrentSkipListMap<>();
  private final ConcurrentLinkedDeque<RecordCall> aside = new ConcurrentLinkedDeque<>();
  private final AtomicLong places = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger setAside = new AtomicInteger();
  private final int most;
  private final int mostAside;

  MemoryFinishedCalls(int most, int mostAside) {
    this.most = most;
    this.mostAside = mostAside;
  }

  @Override
  public Future<Boolean> add(RecordCall call, Instant claimedUntil) {
    if (byRoom.containsKey(call.roomId())) {
      return Future.succeededFuture(true);
    }
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      return Future.succeededFuture(false);
    }
    Waiting entry =
        new Waiting(places.incrementAndGet(), call, new AtomicLong(claimedUntil.toEpochMilli()));
    if (byRoom.putIfAbsent(call.roomId(), entry) == null) {
      inOrder.put(entry.place(), entry);
    } else {
      waiting.decrementAndGet();
    }
    return Future.succeededFuture(true);
  }

  @Override
  public Future<List<RecordCall>> claim(int wanted, Instant now, Instant claimedUntil) {
    List<RecordCall> claimed = new ArrayList<>();
    for (Waiting entry : inOrder.values()) {
      if (claimed.size() == wanted) {
        break;
      }
      long notBefore = entry.notBefore().get();
      // Two instances may look at the same entry; one of them wins it.
      if (notBefore <= now.toEpochMilli()
          && entry.notBefore().compareAndSet(notBefore, claimedUntil.toEpochMilli())) {
        claimed.add(entry.call());
      }
    }
    return Future.succeededFuture(claimed);
  }

  @Override
  public Future<Void> postpone(UUID roomId, Instant until) {
    Waiting entry = byRoom.get(roomId);
    if (entry != null) {
      entry.notBefore().set(until.toEpochMilli());
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> remove(UUID roomId) {
    take(roomId);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> setAside(UUID roomId) {
    Waiting entry = take(roomId);
    if (entry != null) {
      aside.addLast(entry.call());
      if (setAside.incrementAndGet() > mostAside && aside.pollFirst() != null) {
        setAside.decrementAndGet();
      }
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Integer> size() {
    return Future.succeededFuture(waiting.get());
  }

  @Override
  public Future<Optional<Instant>> oldest() {
    Map.Entry<Long, Waiting> first = inOrder.firstEntry();
    return Future.succeededFuture(
        Optional.ofNullable(first).map(entry -> entry.getValue().call().endedAt()));
  }

  @Override
  public Future<Integer> asideSize() {
    return Future.succeededFuture(setAside.get());
  }

  @Override
  public Future<Integer> perishable() {
    return size();
  }

  @Override
  public int bound() {
    return most;
  }

  @CanIgnoreReturnValue
  private @Nullable Waiting take(UUID roomId) {
    Waiting entry = byRoom.remove(roomId);
    if (entry != null) {
      inOrder.remove(entry.place());
      waiting.decrementAndGet();
    }
    return entry;
  }
}
