package com.napalmsky.signaling.call;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.AdoptedCall;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallsAdopted;
import com.napalmsky.shared.contract.signaling.SignalingContract.Describe;
import com.napalmsky.shared.contract.signaling.SignalingContract.Located;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.signaling.call.CallDirectory.Adopted;
import com.napalmsky.signaling.call.CallDirectory.Found;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what instances have left behind that are lost: regularly what runs, a batch at a time,
 * and a single call or tombstone when it is asked for.
 *
 * <p>Confined to the context that created it.
 */
final class Adoption {

  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);
  private static final int BATCH = 64;

  /** How late a call may be before its owner is taken for lost, whatever its lease says. */
  private static final Duration OVERDUE = Duration.ofSeconds(5);

  /** How long an owner that missed a command is given to say that it has the call. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final String owner;
  private final Bus bus;
  private final Timers timers;
  private final CallDirectory directory;
  private final Tenure tenure;
  private final IntSupplier room;
  private final Consumer<Adopted> taken;
  private boolean looking;

  /**
   * @param room how many more calls this instance may hold
   * @param taken hears of everything that is this instance's from now on
   */
  Adoption(
      String owner,
      Bus bus,
      Timers timers,
      CallDirectory directory,
      Tenure tenure,
      IntSupplier room,
      Consumer<Adopted> taken) {
    this.owner = owner;
    this.bus = bus;
    this.timers = timers;
    this.directory = directory;
    this.tenure = tenure;
    this.room = room;
    this.taken = taken;
  }

  /** Adopts what has been lost, as far as there is room for it. */
  void look() {
    int most = Math.min(BATCH, room.getAsInt());
    if (looking || most <= 0 || !tenure.mayAdopt()) {
      return;
    }
    looking = true;
    directory
        .adoptLost(owner, timers.now(), timers.now().minus(OVERDUE), most)
        .onComplete(
            adopted -> {
              looking = false;
              take(adopted);
              if (adopted.size() == most) {
                look();
              }
            },
            cause -> {
              looking = false;
              LOG.warn("lost calls cannot be looked for cause={}", cause.toString());
            });
  }

  /**
   * Who holds a call or its tombstone; adopts it when its owner is lost.
   *
   * @param missedAt an owner that did not answer, or did not have it; null when none was asked
   */
  Future<Located> find(UUID roomId, @Nullable String missedAt) {
    return directory
        .find(roomId, timers.now())
        .compose(
            found -> {
              if (found == null) {
                return Future.succeededFuture(new Located(null));
              }
              String holds = found.holder().owner();
              if (found.live() && !holds.equals(missedAt) && !holds.equals(owner)) {
                return Future.succeededFuture(new Located(holds));
              }
              return has(roomId, found)
                  .compose(
                      there ->
                          there
                              ? Future.succeededFuture(new Located(holds))
                              : adopt(roomId, found));
            });
  }

  /** Whether an owner whose lease stands has the call after all. */
  private Future<Boolean> has(UUID roomId, Found found) {
    String holds = found.holder().owner();
    if (!found.live() || holds.equals(owner)) {
      return Future.succeededFuture(false);
    }
    return bus.request(SignalingContract.DESCRIBE.at(holds).within(PATIENCE), new Describe(roomId))
        .map(described -> described.call() != null)
        .recover(silent -> Future.succeededFuture(false));
  }

  private Future<Located> adopt(UUID roomId, Found found) {
    if (room.getAsInt() <= 0 || !tenure.mayAdopt()) {
      return Future.succeededFuture(new Located(found.holder().owner()));
    }
    return directory
        .adopt(roomId, found.holder(), owner)
        .compose(
            adopted -> {
              if (adopted == null) {
                // Another instance was asked as well and was faster.
                return directory
                    .find(roomId, timers.now())
                    .map(now -> new Located(now == null ? null : now.holder().owner()));
              }
              take(List.of(adopted));
              return Future.succeededFuture(new Located(owner));
            });
  }

  private void take(List<Adopted> adopted) {
    if (adopted.isEmpty()) {
      return;
    }
    LOG.info("calls adopted count={} owner={}", adopted.size(), owner);
    // An owner that is not lost after all, but only cut off from the store, hears of it here.
    bus.publish(
        SignalingContract.CALLS_ADOPTED,
        new CallsAdopted(
            owner,
            adopted.stream()
                .map(one -> new AdoptedCall(one.roomId(), one.holder().epoch()))
                .toList()));
    adopted.forEach(taken);
  }
}
