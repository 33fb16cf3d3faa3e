package com.napalmsky.matchmaking.invite;

import com.napalmsky.matchmaking.invite.Admission.Admitted;
import com.napalmsky.matchmaking.invite.Admission.Refused;
import com.napalmsky.matchmaking.invite.Admission.Verdict;
import com.napalmsky.matchmaking.invite.InviteStore.Placed;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.Delivery;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The making of an invite. Confined to the context that created it. */
final class Inviting {

  private static final Logger LOG = LoggerFactory.getLogger(Inviting.class);

  private final Timers timers;
  private final Pool pool;
  private final InviteStore store;
  private final InviteSettings settings;
  private final Delivery delivery;
  private final Admission admission;
  private final CallerRates rates;
  private final Conclusion conclusion;
  private final Aftermath aftermath;

  Inviting(
      Timers timers,
      Pool pool,
      InviteStore store,
      InviteSettings settings,
      Delivery delivery,
      Admission admission,
      CallerRates rates,
      Conclusion conclusion,
      Aftermath aftermath) {
    this.timers = timers;
    this.pool = pool;
    this.store = store;
    this.settings = settings;
    this.delivery = delivery;
    this.admission = admission;
    this.rates = rates;
    this.conclusion = conclusion;
    this.aftermath = aftermath;
  }

  /** {@code call:invite}: judged, placed, delivered; what was not delivered was never placed. */
  Future<Invited> invite(Invite asked) {
    UUID inviteId = UUID.randomUUID();
    return admission.judge(asked).compose(verdict -> decide(inviteId, asked, verdict));
  }

  private Future<Invited> decide(UUID inviteId, Invite asked, Verdict verdict) {
    if (verdict instanceof Admitted admitted) {
      return place(inviteId, asked.callerSocket(), admitted);
    }
    Refused refused = (Refused) verdict;
    return declined(inviteId, refused.reason(), refused.cooldownExpiry());
  }

  private Future<Invited> place(UUID inviteId, SocketRef callerSocket, Admitted admitted) {
    Instant now = timers.now();
    PendingInvite invite =
        new PendingInvite(
            inviteId,
            admitted.caller(),
            admitted.callee(),
            admitted.requestedSeconds(),
            now,
            settings.deadline(now),
            0);
    Acceptance ifMutual =
        new Acceptance(UUID.randomUUID(), callerSocket, invite.requestedSeconds());
    return rates
        .take(invite.callerId())
        .compose(
            granted -> granted ? place(invite, ifMutual, admitted) : matchOnly(invite, ifMutual));
  }

  /** To answer the callee's own invite bothers nobody. */
  private Future<Invited> matchOnly(PendingInvite invite, Acceptance ifMutual) {
    return store
        .takeBetween(invite.calleeId(), invite.callerId(), Holding.accepted(ifMutual, timers.now()))
        .compose(
            taken ->
                taken.isPresent()
                    ? match(invite, taken.get(), ifMutual)
                    : declined(invite.id(), DeclineReason.RATE_LIMITED, null));
  }

  private Future<Invited> place(PendingInvite invite, Acceptance ifMutual, Admitted admitted) {
    return store
        .place(invite, Holding.accepted(ifMutual, timers.now()))
        .compose(
            placed -> placed(invite, placed, ifMutual, admitted),
            cause -> placedInDoubt(invite, cause));
  }

  /** The store may have taken it, and its callee must not be kept for an invite he never gets. */
  private Future<Invited> placedInDoubt(PendingInvite invite, Throwable cause) {
    return store
        .withdraw(invite.id(), timers.now())
        .transform(withdrawn -> Future.failedFuture(cause));
  }

  private Future<Invited> placed(
      PendingInvite invite, Placed placed, Acceptance ifMutual, Admitted admitted) {
    PendingInvite reverse = placed.taken();
    if (reverse != null) {
      rates.giveBack(invite.callerId());
      return match(invite, reverse, ifMutual);
    }
    return switch (placed.outcome()) {
      case PLACED, MUTUAL -> deliver(invite, admitted);
      case CALLER_BUSY, CALLEE_BUSY -> declined(invite.id(), DeclineReason.BUSY, null);
      case FULL ->
          Future.failedFuture(
              new ServiceFailure(ServiceFailure.Code.OVERLOADED, "too many invites are pending"));
    };
  }

  private Future<Invited> deliver(PendingInvite invite, Admitted admitted) {
    conclusion.deadlines().watch(invite);
    // Whoever left while the invite was being placed was looked for in vain when he left.
    if (admitted.inPool() && !pool.contains(invite.calleeId())) {
      return withdraw(invite, DeclineReason.OFFLINE);
    }
    if (admitted.inPool() && !pool.contains(invite.callerId())) {
      return withdraw(invite, DeclineReason.BUSY);
    }
    ClientEvent notify =
        new ClientEvent.CallNotify(
            invite.id(),
            invite.caller(),
            invite.requestedSeconds(),
            settings.ttl().toMillis(),
            invite.deadline());
    return delivery
        .toSocket(admitted.calleeSocket(), notify)
        .compose(
            delivered -> delivered ? confirm(invite) : withdraw(invite, DeclineReason.OFFLINE),
            cause -> withdrawUncertain(invite, cause));
  }

  /**
   * An invite that was ended by another instance while it was being delivered: its end may have
   * reached the callee before the invite did.
   */
  private Future<Invited> confirm(PendingInvite invite) {
    return store
        .stateOf(invite.id())
        .otherwise(Optional.empty())
        .map(
            state -> {
              if (state.isPresent() && endedForCallee(state.get())) {
                aftermath.tell(invite.calleeId(), new ClientEvent.CallRescinded(invite.id()));
              }
              return sent(invite);
            });
  }

  private static boolean endedForCallee(InviteState state) {
    return switch (state) {
      case PENDING, ACCEPTED -> false;
      case DECLINED, RESCINDED, EXPIRED, VOID -> true;
    };
  }

  /** Takes an undelivered invite out again; whoever ended it before has told the caller. */
  private Future<Invited> withdraw(PendingInvite invite, DeclineReason reason) {
    conclusion.deadlines().forget(invite.id());
    return store
        .withdraw(invite.id(), timers.now())
        .compose(
            taken ->
                taken.isPresent()
                    ? declined(invite.id(), reason, null)
                    : Future.succeededFuture(sent(invite)));
  }

  private Future<Invited> withdrawUncertain(PendingInvite invite, Throwable cause) {
    LOG.warn("an invite may not have been delivered, it is taken back", cause);
    return withdraw(invite, DeclineReason.OFFLINE)
        .map(
            invited -> {
              if (invited.outcome() == InviteOutcome.DECLINED) {
                aftermath.tell(invite.calleeId(), new ClientEvent.CallRescinded(invite.id()));
              }
              return invited;
            });
  }

  private Future<Invited> match(
      PendingInvite invite, PendingInvite reverse, Acceptance acceptance) {
    return conclusion
        .start(reverse, acceptance)
        .compose(
            attempt ->
                attempt.roomId() == null
                    ? declined(invite.id(), reasonOf(attempt.ending()), null)
                    : Future.succeededFuture(
                        new Invited(
                            invite.id(),
                            InviteOutcome.MATCHED,
                            null,
                            null,
                            null,
                            attempt.roomId())));
  }

  private static DeclineReason reasonOf(Ending ending) {
    return ending.toCaller() == null ? DeclineReason.BUSY : ending.toCaller();
  }

  private static Future<Invited> declined(
      UUID inviteId, DeclineReason reason, @Nullable Instant cooldownExpiry) {
    return Future.succeededFuture(
        new Invited(inviteId, InviteOutcome.DECLINED, reason, null, cooldownExpiry, null));
  }

  private static Invited sent(PendingInvite invite) {
    return new Invited(invite.id(), InviteOutcome.SENT, null, invite.deadline(), null, null);
  }
}
