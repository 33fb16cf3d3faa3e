package com.napalmsky.signaling.call;

import com.napalmsky.shared.bus.ServiceFailure;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** A directory that may not answer, or lose what was in it. */
final class UnsteadyDirectory implements CallDirectory {

  private CallDirectory directory;
  boolean away;
  int writes;

  UnsteadyDirectory(CallDirectory directory) {
    this.directory = directory;
  }

  /** The store has lost everything. */
  void lose() {
    directory = CallDirectory.inMemory(1_000);
  }

  private <T> Future<T> ask(Supplier<Future<T>> question) {
    return away ? Future.failedFuture(ServiceFailure.unavailable("redis")) : question.get();
  }

  @Override
  public Future<Holder> claim(CallSnapshot call, String owner, Instant due) {
    return ask(() -> directory.claim(call, owner, due));
  }

  @Override
  public Future<Found> find(UUID roomId, Instant now) {
    return ask(() -> directory.find(roomId, now));
  }

  @Override
  public Future<Map<UUID, Holder>> holders(Collection<UUID> rooms) {
    return ask(() -> directory.holders(rooms));
  }

  @Override
  public Future<Boolean> save(CallSnapshot call, Holder holder, long version, Instant due) {
    writes++;
    return ask(() -> directory.save(call, holder, version, due));
  }

  @Override
  public Future<Boolean> bury(UUID roomId, Holder holder, Tombstone tombstone, Duration keepFor) {
    return ask(() -> directory.bury(roomId, holder, tombstone, keepFor));
  }

  @Override
  public Future<Void> remove(UUID roomId, Holder holder) {
    return ask(() -> directory.remove(roomId, holder));
  }

  @Override
  public Future<Boolean> hold(String owner, Instant now, Instant until) {
    return ask(() -> directory.hold(owner, now, until));
  }

  @Override
  public Future<Void> leave(String owner) {
    return ask(() -> directory.leave(owner));
  }

  @Override
  public Future<Integer> others(String owner, Instant now) {
    return ask(() -> directory.others(owner, now));
  }

  @Override
  public Future<Adopted> adopt(UUID roomId, Holder from, String owner) {
    return ask(() -> directory.adopt(roomId, from, owner));
  }

  @Override
  public Future<List<Adopted>> adoptLost(
      String owner, Instant now, Instant overdueBefore, int most) {
    return ask(() -> directory.adoptLost(owner, now, overdueBefore, most));
  }

  @Override
  public Future<Integer> running() {
    return ask(() -> directory.running());
  }

  @Override
  public boolean outlivesProcess() {
    return true;
  }
}
