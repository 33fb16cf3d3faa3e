package com.napalmsky.signaling.finish;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.PatientDelivery;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.user.UserContract.CallRecorded;
import com.napalmsky.shared.contract.user.UserContract.MemberResult;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to happen when a call is over: its members are released at once, and a call that counts
 * is stored, now or later, once.
 *
 * <p>Confined to the context that created it; the queue is shared by all instances.
 */
public final class Finishing {

  private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);

  /** How long the members wait for their results before they are told of the end without. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Timers timers;
  private final FinishedCalls queue;
  private final PatientDelivery delivery;
  private final Releases releases;
  private final Recording recording;

  /**
   * @param delivery of the same context, for members who may be away for a moment
   */
  public Finishing(
      Bus bus, Timers timers, FinishedCalls queue, Backoff backoff, PatientDelivery delivery) {
    this.timers = timers;
    this.queue = queue;
    this.delivery = delivery;
    releases = new Releases(bus, timers, backoff, queue.bound());
    recording = new Recording(bus, timers, queue, backoff, this::tellLate);
  }

  /** Begins to look after calls that wait, also those of an instance that died. */
  public void start() {
    recording.start();
  }

  /**
   * Finishes a call. The members may be told of the end when the result is there: they are released
   * then, so that they can be available again at once, and the call is stored or queued.
   *
   * @return what is known within two seconds; never fails. Results that come later are sent to the
   *     members' primary sockets.
   */
  public Future<Farewell> finish(RecordCall call) {
    Future<Void> released =
        releases.release(new ReleaseCall(call.roomId(), List.of(call.firstId(), call.secondId())));
    Future<Farewell> stored =
        call.reason().recorded()
            ? recording
                .record(call)
                .map(Farewell::of)
                .recover(waits -> Future.succeededFuture(Farewell.WITHOUT_RESULTS))
            : Future.succeededFuture(Farewell.WITHOUT_RESULTS);
    Promise<Farewell> known = Promise.promise();
    Timers.Cancellable patience =
        timers.after(PATIENCE, () -> known.tryComplete(Farewell.WITHOUT_RESULTS));
    released
        .compose(free -> stored)
        .onComplete(
            farewell -> {
              patience.cancel();
              if (!known.tryComplete(farewell)) {
                tell(farewell);
              }
            },
            fault -> {
              patience.cancel();
              LOG.atError()
                  .addKeyValue(LogKey.CALL, call.roomId())
                  .setCause(fault)
                  .log("finishing a call failed");
              known.tryComplete(Farewell.WITHOUT_RESULTS);
            });
    return known.future();
  }

  /** Tells a user on his primary socket, in order; within his grace, when he is back. */
  public void tell(UUID userId, List<ClientEvent> events) {
    events.forEach(event -> delivery.tell(userId, event));
  }

  /**
   * Whether the end of one more call could be kept if the database were away.
   *
   * @param running calls whose end has to be kept as well
   */
  public Future<Boolean> hasRoomBeside(int running) {
    return queue.size().map(size -> size + running < queue.bound());
  }

  /** Calls that wait to be stored, on all instances. */
  public Future<Integer> waiting() {
    return queue.size();
  }

  /** For how long the oldest of them waits. */
  public Future<Duration> age() {
    return queue
        .oldest()
        .map(
            oldest ->
                oldest
                    .map(ended -> Duration.between(ended, timers.now()))
                    .filter(age -> !age.isNegative())
                    .orElse(Duration.ZERO));
  }

  /** How many calls may wait. */
  public int bound() {
    return queue.bound();
  }

  /** Calls set aside because they can never be stored, on all instances. */
  public Future<Integer> setAside() {
    return queue.asideSize();
  }

  /** Calls of this instance that were refused for good since the start. */
  public int faults() {
    return recording.faults();
  }

  /** Members of how many calls wait to be released. */
  public int waitingReleases() {
    return releases.waiting();
  }

  /**
   * Offers everything that waits once more.
   *
   * @return succeeds when nothing waits any more that would be lost with this process, at the
   *     latest after {@code most}
   */
  public Future<Void> flush(Duration most) {
    recording.hurry();
    Promise<Void> flushed = Promise.promise();
    Timers.Cancellable limit = timers.after(most, flushed::tryComplete);
    awaitEmpty(flushed);
    return flushed.future().onComplete(done -> limit.cancel());
  }

  private void awaitEmpty(Promise<Void> flushed) {
    if (flushed.future().isComplete()) {
      return;
    }
    queue
        .perishable()
        .onComplete(
            size -> {
              if (size == 0) {
                flushed.tryComplete();
              } else {
                var unused = timers.after(LOOK_AGAIN, () -> awaitEmpty(flushed));
              }
            },
            unreadable -> flushed.tryComplete());
  }

  private void tellLate(CallRecorded recorded) {
    tell(Farewell.of(recorded));
  }

  private void tell(Farewell farewell) {
    for (MemberResult member : farewell.members()) {
      tell(member.userId(), farewell.resultsOf(member.userId()));
    }
  }
}
