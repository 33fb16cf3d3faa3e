package com.napalmsky.signaling.call;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The directory of one process. Safe from any context: instances in one JVM share it. */
final class MemoryCallDirectory implements CallDirectory {

  private record Held(String owner, boolean running) {}

  private final Map<UUID, Held> rooms = new ConcurrentHashMap<>();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final int most;

  MemoryCallDirectory(int most) {
    this.most = most;
  }

  @Override
  public Future<String> claim(UUID roomId, String owner) {
    Held known = rooms.get(roomId);
    if (known != null) {
      return Future.succeededFuture(known.owner());
    }
    if (held.incrementAndGet() > most) {
      held.decrementAndGet();
      return Future.failedFuture(new ServiceFailure(Code.OVERLOADED, "directory of calls is full"));
    }
    Held other = rooms.putIfAbsent(roomId, new Held(owner, true));
    if (other != null) {
      held.decrementAndGet();
      return Future.succeededFuture(other.owner());
    }
    running.incrementAndGet();
    return Future.succeededFuture(owner);
  }

  @Override
  public Future<@Nullable String> ownerOf(UUID roomId) {
    Held known = rooms.get(roomId);
    return Future.succeededFuture(known == null ? null : known.owner());
  }

  @Override
  public Future<Void> ended(UUID roomId, String owner) {
    if (rooms.replace(roomId, new Held(owner, true), new Held(owner, false))) {
      running.decrementAndGet();
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> remove(UUID roomId, String owner) {
    if (rooms.remove(roomId, new Held(owner, false))) {
      held.decrementAndGet();
    } else if (rooms.remove(roomId, new Held(owner, true))) {
      held.decrementAndGet();
      running.decrementAndGet();
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Integer> running() {
    return Future.succeededFuture(running.get());
  }
}
