package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** A wait inside a chain of futures. */
final class Pause {

  private Pause() {}

  /** Succeeds after the given time. */
  static Future<Void> of(Timers timers, Duration length) {
    Promise<Void> over = Promise.promise();
    Timers.Cancellable timer = timers.after(length, over::complete);
    return over.future().onComplete(done -> timer.cancel());
  }
}
