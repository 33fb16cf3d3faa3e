package com.napalmsky.signaling.finish;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.CallRecorded;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings ended calls from the queue to user-service.
 *
 * <pre>
 *   UP ──a call is not taken──► DOWN: new calls only wait; after a growing pause one is tried
 *   DOWN ──that one is stored──► UP: all that wait follow, a batch at a time
 * </pre>
 *
 * <p>Confined to the context that created it; the queue is shared.
 */
final class Recording {

  private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

  private static final int BATCH = 16;

  /** Longer than an attempt can take, so that a lapsed claim means a dead claimant. */
  private static final Duration CLAIM = Duration.ofSeconds(60);

  /** How often to look for calls whose claimant died, and for those that failed for themselves. */
  private static final Duration POLL = Duration.ofSeconds(15);

  private final Bus bus;
  private final Timers timers;
  private final FinishedCalls queue;
  private final Backoff backoff;
  private final Consumer<CallRecorded> late;

  private Timers.@Nullable Cancellable pause;
  private Timers.@Nullable Cancellable poll;
  private int failures;
  private int faults;
  private boolean pumping;

  /**
   * @param late hears of calls that were stored after their members had been told of the end
   */
  Recording(
      Bus bus, Timers timers, FinishedCalls queue, Backoff backoff, Consumer<CallRecorded> late) {
    this.bus = bus;
    this.timers = timers;
    this.queue = queue;
    this.backoff = backoff;
    this.late = late;
  }

  /** Looks after what waits, from now on. */
  void start() {
    poll =
        timers.after(
            POLL,
            () -> {
              pump(1);
              start();
            });
  }

  /**
   * Queues a call and, unless user-service is known to be away, offers it at once.
   *
   * @return what user-service committed; fails when the call waits, or was refused for good
   */
  Future<CallRecorded> record(RecordCall call) {
    boolean away = pause != null;
    return queue
        .add(call, away ? timers.now() : timers.now().plus(CLAIM))
        .recover(cause -> Future.succeededFuture(false))
        .compose(
            waits -> {
              if (!waits) {
                LOG.atError()
                    .addKeyValue(LogKey.CALL, call.roomId())
                    .log("queue of finished calls takes no more, one chance left");
              } else if (away) {
                return Future.failedFuture(ServiceFailure.unavailable("waits for user-service"));
              }
              return attempt(call);
            });
  }

  /** Calls refused for good since the start. */
  int faults() {
    return faults;
  }

  /** Tries everything once more, whatever the pause, and looks for nothing new from now on. */
  void hurry() {
    if (poll != null) {
      poll.cancel();
    }
    endPause();
    pump(BATCH);
  }

  private Future<CallRecorded> attempt(RecordCall call) {
    return bus.request(UserContract.RECORD_CALL, call)
        .compose(
            recorded -> stored(call.roomId(), recorded), cause -> notStored(call.roomId(), cause));
  }

  private Future<CallRecorded> stored(UUID roomId, CallRecorded recorded) {
    boolean wasAway = failures > 0;
    failures = 0;
    if (wasAway) {
      LOG.info("user-service takes finished calls again");
      endPause();
      pump(BATCH);
    }
    return queue
        .remove(roomId)
        // It would be offered once more, which user-service answers without storing it again.
        .recover(cause -> Future.succeededFuture())
        .map(removed -> recorded);
  }

  private Future<CallRecorded> notStored(UUID roomId, Throwable cause) {
    Code code = cause instanceof ServiceFailure failure ? failure.code() : Code.INTERNAL;
    Future<Void> kept;
    if (code == Code.INVALID_REQUEST) {
      faults++;
      LOG.atError()
          .addKeyValue(LogKey.CALL, roomId)
          .log("finished call can never be stored, set aside cause={}", cause.toString());
      kept = queue.setAside(roomId);
    } else if (code.retryable()) {
      beginPause(cause);
      kept = queue.postpone(roomId, timers.now());
    } else {
      LOG.atWarn()
          .addKeyValue(LogKey.CALL, roomId)
          .log("finished call not stored, tried again later cause={}", cause.toString());
      kept = queue.postpone(roomId, timers.now().plus(POLL));
    }
    return kept.compose(done -> Future.failedFuture(cause), lost -> Future.failedFuture(cause));
  }

  /** Attempts that were under way together fail together and count as one failure. */
  private void beginPause(Throwable cause) {
    if (pause != null) {
      return;
    }
    failures++;
    Duration wait = backoff.after(failures);
    LOG.warn(
        "user-service does not take finished calls failures={} nextTryMs={} cause={}",
        failures,
        wait.toMillis(),
        cause.toString());
    pause =
        timers.after(
            wait,
            () -> {
              pause = null;
              pump(1);
            });
  }

  private void endPause() {
    if (pause != null) {
      pause.cancel();
      pause = null;
    }
  }

  private void pump(int most) {
    if (pumping || pause != null) {
      return;
    }
    pumping = true;
    queue
        .claim(most, timers.now(), timers.now().plus(CLAIM))
        .compose(this::attemptAll)
        .onComplete(
            tried -> {
              pumping = false;
              if (tried > 0) {
                pump(BATCH);
              }
            },
            cause -> {
              pumping = false;
              LOG.warn("queue of finished calls cannot be read cause={}", cause.toString());
            });
  }

  private Future<Integer> attemptAll(List<RecordCall> calls) {
    List<Future<Void>> attempts =
        calls.stream()
            .map(
                call ->
                    attempt(call)
                        .compose(
                            recorded -> {
                              late.accept(recorded);
                              return Future.<Void>succeededFuture();
                            },
                            waits -> Future.<Void>succeededFuture()))
            .toList();
    return Future.join(attempts).map(done -> attempts.size());
  }
}
