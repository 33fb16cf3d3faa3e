package com.napalmsky.presence.directory;

import com.napalmsky.presence.directory.PresenceStore.Expired;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the store end graces when they are due: one timer, for the earliest deadline known, however
 * many users are lost at once.
 *
 * <p>A timer that outlived its reason is harmless: the store ends only what is due by its own
 * record, so a newer grace of the same user keeps its time. Confined to the context that created
 * it.
 */
final class GraceWatch {

  /** So many users lost with a gateway must not hold up everybody else's requests. */
  static final int MOST_AT_ONCE = 500;

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration AT_LEAST = Duration.ofMillis(1);
  private static final Logger LOG = LoggerFactory.getLogger(GraceWatch.class);

  private final PresenceStore store;
  private final Timers timers;
  private final Consumer<Changed> announce;
  private @Nullable Instant armedFor;
  private @Nullable Cancellable timer;

  GraceWatch(PresenceStore store, Timers timers, Consumer<Changed> announce) {
    this.store = store;
    this.timers = timers;
    this.announce = announce;
  }

  /** Makes sure that somebody looks when this deadline has come. */
  void watch(Instant deadline) {
    if (armedFor != null && !deadline.isBefore(armedFor)) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    Duration delay = Duration.between(timers.now(), deadline);
    armedFor = deadline;
    timer = timers.after(delay.compareTo(AT_LEAST) < 0 ? AT_LEAST : delay, this::expire);
  }

  /** Ends the timer. */
  void stop() {
    if (timer != null) {
      timer.cancel();
    }
    armedFor = null;
    timer = null;
  }

  /** Looks now, for graces of which other instances knew. */
  void expire() {
    stop();
    store
        .expire(timers.now(), MOST_AT_ONCE)
        .onComplete(
            this::expired,
            cause -> {
              LOG.warn("graces could not be ended, trying again cause={}", cause.toString());
              watch(timers.now().plus(RETRY));
            });
  }

  private void expired(Expired expired) {
    expired.changes().forEach(announce);
    if (expired.next() != null) {
      watch(expired.next());
    }
  }
}
