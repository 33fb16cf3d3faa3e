package com.napalmsky.matchmaking.invite;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The pending invites. Every method is one atomic step, whoever else works on the store; of all who
 * take one invite exactly one gets it. Nothing is promised about an invite after it was taken but
 * that its state can be asked for during the next minute, as long as there is room.
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
   * Adds an invite, unless the caller has one pending to anybody or the callee one from anybody. An
   * invite of the callee to the caller that is not overdue is taken instead, before anything else
   * is looked at.
   */
  Future<Placed> place(PendingInvite invite, Instant now);

  /** Takes an invite. */
  Future<Optional<PendingInvite>> take(UUID inviteId, InviteState end);

  /** Takes an invite if it is to this callee and not overdue. */
  Future<Optional<PendingInvite>> takeAsCallee(
      UUID inviteId, UUID calleeId, InviteState end, Instant now);

  /** Takes the invite of one to the other, if it is not overdue. */
  Future<Optional<PendingInvite>> takeBetween(
      UUID callerId, UUID calleeId, InviteState end, Instant now);

  /** Takes an invite if it is overdue. */
  Future<Expiry> takeOverdue(UUID inviteId, Instant now);

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

  /** The pending invite that this user got. */
  Future<Optional<PendingInvite>> incoming(UUID calleeId);

  /** Some of the invites that are overdue. */
  Future<List<PendingInvite>> overdue(Instant now, int most);

  /** The state of an invite; empty when it was never placed or ended too long ago. */
  Future<Optional<InviteState>> stateOf(UUID inviteId);

  /** How many invites are pending. */
  Future<Integer> size();
}
