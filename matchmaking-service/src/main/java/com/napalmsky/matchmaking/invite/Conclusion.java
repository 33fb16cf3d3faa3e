package com.napalmsky.matchmaking.invite;

import com.napalmsky.matchmaking.invite.InviteStore.TakenOf;
import com.napalmsky.matchmaking.invite.InviteStore.Unfinished;
import com.napalmsky.shared.contract.tally.RecentCounts;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings invites to their end: takes them from the store and, if it was this one who got them, does
 * what follows. Confined to the context that created it.
 */
final class Conclusion {

  private static final Logger LOG = LoggerFactory.getLogger(Conclusion.class);

  private final InviteStore store;
  private final Timers timers;
  private final CallStart calls;
  private final Aftermath aftermath;
  private final Deadlines deadlines;
  private final Holding holding;
  private final RecentCounts<InviteCount> counts;
  private long takenOver;

  Conclusion(
      InviteStore store,
      Timers timers,
      CallStart calls,
      Aftermath aftermath,
      RecentCounts<InviteCount> counts) {
    this.counts = counts;
    this.store = store;
    this.timers = timers;
    this.calls = calls;
    this.aftermath = aftermath;
    this.deadlines = new Deadlines(store, timers, this::end, this::takeOver);
    this.holding = new Holding(store, timers);
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /** Ends all timers; what is not done yet is left to others. */
  void stop() {
    deadlines.stop();
    holding.stop();
  }

  /** How many ended invites are not through. */
  int unfinished() {
    return holding.size();
  }

  /** How often this instance went on with what another one had begun, or with its own after all. */
  long takenOver() {
    return takenOver;
  }

  /**
   * Starts the call of an invite that was taken as accepted; every other invite of the two is void
   * then. Never fails.
   */
  Future<CallStart.Attempt> start(PendingInvite invite, Acceptance acceptance) {
    deadlines.forget(invite.id());
    var unused = holding.begin(invite.id());
    return calls.start(invite, acceptance).map(attempt -> started(invite, attempt));
  }

  private CallStart.Attempt started(PendingInvite invite, CallStart.Attempt attempt) {
    if (attempt.roomId() == null) {
      follow(invite, attempt.ending(), timers.now());
    } else {
      holding.finish(invite.id());
      endAll(invite.callerId(), Ending.TAKEN);
      endAll(invite.calleeId(), Ending.TAKEN);
    }
    return attempt;
  }

  /** Ends the invite that a user got. */
  void endIncoming(UUID calleeId, Ending ending) {
    endOf(calleeId, Holding.end(ending, timers.now()), null);
  }

  /** Ends the invite that a user got, and in another way the one that he made. */
  void endBoth(UUID userId, Ending incoming, Ending outgoing) {
    Instant now = timers.now();
    endOf(userId, Holding.end(incoming, now), Holding.end(outgoing, now));
  }

  void endAll(UUID userId, Ending ending) {
    endBoth(userId, ending, ending);
  }

  /** Ends the invite of one to the other. */
  void endBetween(UUID callerId, UUID calleeId, Ending ending) {
    End end = Holding.end(ending, timers.now());
    store
        .takeBetween(callerId, calleeId, end)
        .onComplete(
            taken -> taken.ifPresent(invite -> end(invite, end)), cause -> notEnded(ending, cause));
  }

  /** Does what follows for an invite that was taken just now. */
  void end(PendingInvite taken, End end) {
    deadlines.forget(taken.id());
    if (holding.begin(taken.id())) {
      follow(taken, end.ending(), end.at());
    }
  }

  private void endOf(UUID userId, End incoming, @Nullable End outgoing) {
    store
        .takeOf(userId, incoming, outgoing)
        .onComplete(
            taken -> endTaken(taken, incoming, outgoing),
            cause -> notEnded(incoming.ending(), cause));
  }

  private void endTaken(TakenOf taken, End incoming, @Nullable End outgoing) {
    if (taken.incoming() != null) {
      end(taken.incoming(), incoming);
    }
    if (taken.outgoing() != null && outgoing != null) {
      end(taken.outgoing(), outgoing);
    }
  }

  private void follow(PendingInvite invite, Ending ending, Instant at) {
    Ending named = aftermath.named(invite, ending, at);
    counts.count(InviteCount.of(named));
    aftermath.follow(invite, named, at).onComplete(told -> holding.finish(invite.id()));
  }

  /** Whoever ended this invite is gone, or has not heard that it did. */
  private void takeOver(Unfinished left) {
    PendingInvite invite = left.invite();
    Acceptance acceptance = left.end().acceptance();
    if (!holding.begin(invite.id())) {
      return;
    }
    takenOver++;
    LOG.info("going on with an ended invite ending={}", left.end().ending());
    deadlines.forget(invite.id());
    if (acceptance == null) {
      follow(invite, left.end().ending(), left.end().at());
      return;
    }
    calls
        .isOpen(acceptance.roomId())
        .onComplete(
            open -> {
              if (open) {
                holding.finish(invite.id());
              } else {
                startLate(invite, acceptance);
              }
            },
            cause -> startLate(invite, acceptance));
  }

  private void startLate(PendingInvite invite, Acceptance acceptance) {
    calls
        .start(invite, acceptance)
        .onComplete(
            attempt ->
                LOG.atDebug()
                    .addKeyValue(LogKey.CALL, started(invite, attempt).roomId())
                    .log("call started late"),
            cause -> LOG.error("a start never fails", cause));
  }

  private static void notEnded(Ending ending, Throwable cause) {
    LOG.warn("an invite could not be ended ending={}", ending, cause);
  }
}
