package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.user.UserContract.CooldownReason;
import org.jspecify.annotations.Nullable;

/** How an invite can end, and what each of the two is told when it came to nothing. */
enum Ending {
  /** The callee said yes, or invited the caller: a call is started. */
  ACCEPTED(InviteState.ACCEPTED, null, false, null),
  /** The callee said no. */
  REFUSED(InviteState.DECLINED, DeclineReason.USER_DECLINED, false, CooldownReason.DECLINED),
  /** The callee left the queue or was lost. */
  CALLEE_GONE(InviteState.DECLINED, DeclineReason.OFFLINE, true, null),
  /** The caller took it back. */
  TAKEN_BACK(InviteState.RESCINDED, null, true, CooldownReason.RESCINDED),
  /** The caller was lost. */
  CALLER_GONE(InviteState.RESCINDED, null, true, CooldownReason.RESCINDED),
  /** Nobody answered in time. */
  TIMED_OUT(InviteState.EXPIRED, DeclineReason.TIMEOUT, true, CooldownReason.TIMEOUT),
  /** The callee's client declined when its countdown was over. */
  COUNTED_DOWN(InviteState.EXPIRED, DeclineReason.TIMEOUT, false, CooldownReason.TIMEOUT),
  /** One of the two is in a call now. */
  TAKEN(InviteState.VOID, DeclineReason.BUSY, true, null),
  /** One of the two cannot be reached any more, or must not be. */
  UNREACHABLE(InviteState.VOID, DeclineReason.OFFLINE, true, null);

  private final InviteState state;
  private final @Nullable DeclineReason toCaller;
  private final boolean toCallee;
  private final @Nullable CooldownReason cooldown;

  Ending(
      InviteState state,
      @Nullable DeclineReason toCaller,
      boolean toCallee,
      @Nullable CooldownReason cooldown) {
    this.state = state;
    this.toCaller = toCaller;
    this.toCallee = toCallee;
    this.cooldown = cooldown;
  }

  InviteState state() {
    return state;
  }

  /** What {@code call:declined} says to the caller, or null when he is not told. */
  @Nullable DeclineReason toCaller() {
    return toCaller;
  }

  /** Whether the callee gets {@code call:rescinded}. */
  boolean toCallee() {
    return toCallee;
  }

  /** Why the two are kept apart afterwards, or null when they are not. */
  @Nullable CooldownReason cooldown() {
    return cooldown;
  }
}
