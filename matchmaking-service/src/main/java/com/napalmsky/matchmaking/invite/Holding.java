package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The invites that this instance has ended and is not through with. It holds each until all that
 * follows is done, and renews its hold meanwhile: somebody may have to be waited for. When the
 * instance is lost the hold runs out, and another one does what is left.
 *
 * <p>Confined to the context that created it.
 */
final class Holding {

  /** Longer than a claim and an opening, each tried twice. */
  private static final Duration HOLD = Duration.ofSeconds(10);

  private static final Duration RENEWAL = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(Holding.class);

  private final InviteStore store;
  private final Timers timers;
  private final Map<UUID, Timers.Cancellable> held = new HashMap<>();

  Holding(InviteStore store, Timers timers) {
    this.store = store;
    this.timers = timers;
  }

  /** An end by who does now what follows. */
  static End end(Ending ending, Instant now) {
    return new End(ending, null, now, until(now));
  }

  /** The end of an invite that leads to a call. */
  static End accepted(Acceptance acceptance, Instant now) {
    return new End(Ending.ACCEPTED, acceptance, now, until(now));
  }

  static Instant until(Instant now) {
    return now.plus(HOLD);
  }

  /**
   * Begins to hold an invite that the store has given to this instance.
   *
   * @return false when this instance holds it already: its hold was not renewed in time
   */
  boolean begin(UUID inviteId) {
    if (held.containsKey(inviteId)) {
      return false;
    }
    held.put(inviteId, timers.after(RENEWAL, () -> renew(inviteId)));
    return true;
  }

  /** All that follows is done. */
  void finish(UUID inviteId) {
    store
        .finished(inviteId)
        .onComplete(done -> forget(inviteId), cause -> finishLater(inviteId, cause));
  }

  /** Lets go of everything: others go on with it. */
  void stop() {
    held.values().forEach(Timers.Cancellable::cancel);
    held.clear();
  }

  /** How many invites are held. */
  int size() {
    return held.size();
  }

  private void forget(UUID inviteId) {
    Timers.Cancellable renewal = held.remove(inviteId);
    if (renewal != null) {
      renewal.cancel();
    }
  }

  private void finishLater(UUID inviteId, Throwable cause) {
    LOG.debug("the end of an invite could not be written down yet", cause);
    Timers.Cancellable renewal = held.get(inviteId);
    if (renewal != null) {
      renewal.cancel();
      held.put(inviteId, timers.after(RENEWAL, () -> finish(inviteId)));
    }
  }

  private void renew(UUID inviteId) {
    held.put(inviteId, timers.after(RENEWAL, () -> renew(inviteId)));
    store
        .hold(inviteId, until(timers.now()))
        .onComplete(done -> {}, cause -> LOG.debug("an ended invite could not be held yet", cause));
  }
}
