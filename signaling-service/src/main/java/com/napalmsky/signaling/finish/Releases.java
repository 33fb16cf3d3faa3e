package com.napalmsky.signaling.finish;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the members of ended calls free. Whoever is not released cannot be invited again, so a
 * presence-service that does not answer is asked again for some minutes.
 *
 * <p>Confined to the context that created it.
 */
final class Releases {

  private static final Logger LOG = LoggerFactory.getLogger(Releases.class);

  /** With waits of up to 30 s this is a quarter of an hour. */
  private static final int MOST_ATTEMPTS = 40;

  private final Bus bus;
  private final Timers timers;
  private final Backoff backoff;
  private final int most;
  private int waiting;

  /**
   * @param most releases that may wait to be tried again
   */
  Releases(Bus bus, Timers timers, Backoff backoff, int most) {
    this.bus = bus;
    this.timers = timers;
    this.backoff = backoff;
    this.most = most;
  }

  /**
   * Releases both members; idempotent.
   *
   * @return succeeds when presence-service answered the first time it was asked, or did not
   */
  Future<Void> release(ReleaseCall call) {
    return attempt(call, 1);
  }

  int waiting() {
    return waiting;
  }

  private Future<Void> attempt(ReleaseCall call, int attempts) {
    return bus.request(PresenceContract.RELEASE_CALL, call)
        .<Void>mapEmpty()
        .recover(
            cause -> {
              retry(call, attempts, cause);
              return Future.succeededFuture();
            });
  }

  private void retry(ReleaseCall call, int attempts, Throwable cause) {
    boolean worthwhile = cause instanceof ServiceFailure failure && failure.code().retryable();
    if (!worthwhile || attempts >= MOST_ATTEMPTS || waiting >= most) {
      LOG.atError()
          .addKeyValue(LogKey.CALL, call.roomId())
          .log("members stay in a call that is over cause={}", cause.toString());
      return;
    }
    waiting++;
    var unused =
        timers.after(
            backoff.after(attempts),
            () -> {
              waiting--;
              attempt(call, attempts + 1).onComplete(done -> {}, unreachable -> {});
            });
  }
}
