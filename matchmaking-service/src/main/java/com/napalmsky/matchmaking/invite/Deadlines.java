package com.napalmsky.matchmaking.invite;

import com.napalmsky.matchmaking.invite.InviteStore.Expiry;
import com.napalmsky.matchmaking.invite.InviteStore.ExpiryOutcome;
import com.napalmsky.matchmaking.invite.InviteStore.Unfinished;
import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends invites that nobody answered: those of this instance on time, and within seconds those whose
 * instance is gone or whose end the store did not take. What somebody else began to end and did not
 * finish is finished here too. Confined to the context that created it.
 */
final class Deadlines {

  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  private static final Duration SWEEP = Duration.ofSeconds(5);
  private static final int SWEPT_AT_ONCE = 500;

  private final InviteStore store;
  private final Timers timers;
  private final BiConsumer<PendingInvite, End> expired;
  private final Consumer<Unfinished> abandoned;
  private final Map<UUID, Timers.Cancellable> running = new HashMap<>();
  private Timers.@Nullable Cancellable sweep;

  /**
   * @param expired is given each invite that this instance ended, once
   * @param abandoned is given each invite that nobody holds any more, held for this instance
   */
  Deadlines(
      InviteStore store,
      Timers timers,
      BiConsumer<PendingInvite, End> expired,
      Consumer<Unfinished> abandoned) {
    this.store = store;
    this.timers = timers;
    this.expired = expired;
    this.abandoned = abandoned;
  }

  void begin() {
    sweep = timers.after(SWEEP, this::sweep);
  }

  void stop() {
    if (sweep != null) {
      sweep.cancel();
    }
    running.values().forEach(Timers.Cancellable::cancel);
    running.clear();
  }

  /** Ends an invite at its deadline, instead of at the one known before. */
  void watch(PendingInvite invite) {
    forget(invite.id());
    running.put(
        invite.id(),
        timers.after(
            Duration.between(timers.now(), invite.deadline()),
            () -> {
              running.remove(invite.id());
              end(invite.id());
            }));
  }

  /** Calls the timer of an invite off, if there is one. */
  void forget(UUID inviteId) {
    Timers.Cancellable timer = running.remove(inviteId);
    if (timer != null) {
      timer.cancel();
    }
  }

  /** How many invites this instance has a timer for. */
  int size() {
    return running.size();
  }

  private void end(UUID inviteId) {
    End end = Holding.end(Ending.TIMED_OUT, timers.now());
    store
        .takeOverdue(inviteId, end)
        .onComplete(
            expiry -> ended(expiry, end),
            cause -> LOG.warn("an invite could not be ended yet", cause));
  }

  private void ended(Expiry expiry, End end) {
    PendingInvite invite = expiry.invite();
    if (invite == null) {
      return;
    }
    if (expiry.outcome() == ExpiryOutcome.EXPIRED) {
      forget(invite.id());
      expired.accept(invite, end);
    } else if (expiry.outcome() == ExpiryOutcome.NOT_DUE) {
      // Another instance extended it and may be gone when that deadline comes.
      watch(invite);
    }
  }

  private void sweep() {
    sweep = timers.after(SWEEP, this::sweep);
    store
        .overdue(timers.now(), SWEPT_AT_ONCE)
        .onComplete(this::endAll, cause -> LOG.warn("overdue invites could not be found", cause));
    store
        .unfinished(timers.now(), Holding.until(timers.now()), SWEPT_AT_ONCE)
        .onComplete(
            free -> free.forEach(abandoned),
            cause -> LOG.warn("unfinished invites could not be found", cause));
  }

  private void endAll(List<PendingInvite> overdue) {
    overdue.forEach(invite -> end(invite.id()));
  }
}
