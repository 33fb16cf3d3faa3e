package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.tally.RecentCounts;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
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
  private final RecentCounts<InviteCount> counts;

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
    this.deadlines = new Deadlines(store, timers, invite -> end(invite, Ending.TIMED_OUT));
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /**
   * Starts the call of an invite that was taken as accepted; every other invite of the two is void
   * then. Never fails.
   */
  Future<CallStart.Attempt> start(PendingInvite invite, SocketRef calleeSocket, int calleesWish) {
    deadlines.forget(invite.id());
    return calls
        .start(invite, calleeSocket, invite.agreedSeconds(calleesWish))
        .map(attempt -> started(invite, attempt));
  }

  private CallStart.Attempt started(PendingInvite invite, CallStart.Attempt attempt) {
    if (attempt.roomId() == null) {
      end(invite, attempt.ending());
    } else {
      endAll(invite.callerId(), Ending.TAKEN);
      endAll(invite.calleeId(), Ending.TAKEN);
    }
    return attempt;
  }

  /** Ends the invite that a user got. */
  void endIncoming(UUID calleeId, Ending ending) {
    end(store.incoming(calleeId), ending);
  }

  /** Ends the invite that a user made. */
  void endOutgoing(UUID callerId, Ending ending) {
    end(store.outgoing(callerId), ending);
  }

  /** Ends the invite of one to the other. */
  void endBetween(UUID callerId, UUID calleeId, Ending ending) {
    ended(store.takeBetween(callerId, calleeId, ending.state(), timers.now()), ending);
  }

  void endAll(UUID userId, Ending ending) {
    endIncoming(userId, ending);
    endOutgoing(userId, ending);
  }

  /** Does what follows for an invite that was taken already. */
  void end(PendingInvite taken, Ending ending) {
    deadlines.forget(taken.id());
    counts.count(InviteCount.of(ending));
    aftermath.follow(taken, ending);
  }

  private void end(Future<Optional<PendingInvite>> found, Ending ending) {
    ended(
        found.compose(
            invite ->
                invite.isEmpty()
                    ? Future.succeededFuture(invite)
                    : store.take(invite.get().id(), ending.state())),
        ending);
  }

  private void ended(Future<Optional<PendingInvite>> taken, Ending ending) {
    taken.onComplete(
        got -> got.ifPresent(invite -> end(invite, ending)),
        cause -> LOG.warn("an invite could not be ended state={}", ending.state(), cause));
  }
}
