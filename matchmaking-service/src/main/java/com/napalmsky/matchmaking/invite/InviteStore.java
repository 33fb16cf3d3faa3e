package com.napalmsky.matchmaking.invite;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The pending invites, and those that ended while something is still to be done about them. Every
 * method is one atomic step, whoever else works on the store; of all who take one invite exactly
 * one gets it.
 *
 * <p>Whoever takes an invite holds it until {@link End#heldUntil}, does what follows and then says
 * {@link #finished}. One that nobody holds any more is given to whoever asks for {@link
 * #unfinished} ones next, so that what follows an end happens in spite of a lost instance or a lost
 * answer. Of an invite that is finished only its state can be asked for, during the next minute and
 * as long as there is room.
 */
interface InviteStore {

  /** How a placing ended. */
  enum PlaceOutcome {
    PLACED,
    /** The callee's invite to the caller was pending; it was taken as accepted. */
    MUTUAL,
    /** The caller waits for another answer. */
    CALLER_BUSY,
    /** The callee has another invite to answer. */
    CALLEE_BUSY,
    /** There is no room for one more invite. */
    FULL
  }

  /**
   * @param taken the callee's invite, set when mutual
   */
  record Placed(PlaceOutcome outcome, @Nullable PendingInvite taken) {}

  /** What became of an invite whose deadline was thought to have passed. */
  enum ExpiryOutcome {
    /** It was taken. */
    EXPIRED,
    /** It was extended meanwhile. */
    NOT_DUE,
    /** It had been taken before. */
    GONE
  }

  /**
   * @param invite set unless gone
   */
  record Expiry(ExpiryOutcome outcome, @Nullable PendingInvite invite) {}

  /**
   * What was taken of one user.
   *
   * @param incoming the invite he got, or null
   * @param outgoing the invite he made, or null
   */
  record TakenOf(@Nullable PendingInvite incoming, @Nullable PendingInvite outgoing) {}

  /** An invite that ended, with what is still to be done about it. */
  record Unfinished(PendingInvite invite, End end) {

    boolean isAcceptedBy(UUID calleeId, End again) {
      Acceptance then = end.acceptance();
      Acceptance now = again.acceptance();
      return invite.calleeId().equals(calleeId)
          && then != null
          && now != null
          && then.socket().equals(now.socket());
    }

    Unfinished heldUntil(Instant until) {
      return new Unfinished(invite, new End(end.ending(), end.acceptance(), end.at(), until));
    }
  }

  /**
   * Adds an invite, unless the caller has one pending to anybody or the callee one from anybody. An
   * invite of the callee to the caller that is not overdue is taken instead, before anything else
   * is looked at.
   *
   * @param ifMutual the end of the callee's invite
   */
  Future<Placed> place(PendingInvite invite, End ifMutual);

  /** Takes an invite that nobody has heard of; nothing is left to be done about it. */
  Future<Optional<PendingInvite>> withdraw(UUID inviteId, Instant now);

  /**
   * Takes an invite as accepted if it is to this callee and not overdue. One that he accepted on
   * the same socket before, and that is not finished, is given once more with that end: he asks
   * again because he got no answer, and the same call is to be started.
   */
  Future<Optional<Unfinished>> accept(UUID inviteId, UUID calleeId, End end);

  /** Takes an invite if it is to this callee and not overdue. */
  Future<Optional<PendingInvite>> takeAsCallee(UUID inviteId, UUID calleeId, End end);

  /** Takes the invite of one to the other, if it is not overdue. */
  Future<Optional<PendingInvite>> takeBetween(UUID callerId, UUID calleeId, End end);

  /**
   * Takes the invites of one user.
   *
   * @param incoming the end of the one he got, or null to leave it
   * @param outgoing the end of the one he made, or null to leave it
   */
  Future<TakenOf> takeOf(UUID userId, @Nullable End incoming, @Nullable End outgoing);

  /** Takes an invite if it is overdue. */
  Future<Expiry> takeOverdue(UUID inviteId, End end);

  /** Holds on to an invite that was taken, until a later moment. */
  Future<Void> hold(UUID inviteId, Instant until);

  /** Nothing is left to be done about an invite that was taken. */
  Future<Void> finished(UUID inviteId);

  /**
   * Some of the invites that were taken, are not finished and held by nobody; they are held for the
   * caller of this method now.
   */
  Future<List<Unfinished>> unfinished(Instant now, Instant heldUntil, int most);

  /**
   * Moves the deadline of the invite of one to the other, if it is not overdue.
   *
   * @return the invite as it is now; empty when there is none or it was extended that often
   */
  Future<Optional<PendingInvite>> extend(
      UUID callerId, UUID calleeId, Duration by, int most, Instant now);

  /** A pending invite. */
  Future<Optional<PendingInvite>> find(UUID inviteId);

  /** The pending invite that this user made. */
  Future<Optional<PendingInvite>> outgoing(UUID callerId);

  /** Some of the invites that are overdue. */
  Future<List<PendingInvite>> overdue(Instant now, int most);

  /** The state of an invite; empty when it was never placed or ended too long ago. */
  Future<Optional<InviteState>> stateOf(UUID inviteId);

  /** How many invites are pending. */
  Future<Integer> size();
}
