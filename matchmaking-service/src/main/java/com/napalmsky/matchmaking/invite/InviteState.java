package com.napalmsky.matchmaking.invite;

/**
 * Where an invite stands.
 *
 * <pre>
 *             .--accept, or the callee invites the caller--> ACCEPTED
 *             |--the callee declines or leaves-------------> DECLINED
 *   PENDING --|--the caller rescinds or is lost------------> RESCINDED
 *             |--deadline passes---------------------------> EXPIRED
 *             '--one of the two is taken or banned,--------> VOID
 *                or the callee could not be notified
 * </pre>
 *
 * <p>Every transition is one compare-and-set on PENDING in the store; all other states are final.
 * An ACCEPTED invite whose call cannot start is as good as VOID: its slot was free from the moment
 * it was accepted.
 */
enum InviteState {
  PENDING,
  ACCEPTED,
  DECLINED,
  RESCINDED,
  EXPIRED,
  VOID
}
