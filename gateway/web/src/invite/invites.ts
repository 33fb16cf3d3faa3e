/**
 * What this page knows of invites: the one it waits for, the one it is asked to answer, and how the
 * last ones ended. Pure. Every time in it is the server's; the server ends invites, this only shows
 * when it will.
 */
import type { Person } from '../lobby/reel';

/** Bounds of a call's length, in seconds, as the server has them. */
export const SHORTEST_CALL = 60;
export const LONGEST_CALL = 1_800;
export const USUAL_CALL = 300;
/** How often a caller may wait longer. */
export const EXTENSIONS_MAX = 3;
/** How long after its end an invite is believed to stand when nobody says that it ended. */
export const SILENCE_MS = 5_000;
const OUTCOMES_KEPT = 100;

/** Why an invite came to nothing, in the words of `call:declined`, and two of this page's own. */
export type DeclineReason =
  | 'invalid_target'
  | 'user_not_found'
  | 'invalid_duration'
  | 'offline'
  | 'cooldown'
  | 'user_declined'
  | 'busy'
  | 'timeout'
  | 'blocked'
  | 'payment_required'
  | 'rate_limited'
  | 'withdrawn'
  | 'failed';

export interface Outgoing {
  /** Asking: not stored yet, as far as is known. Withdrawing: taken back, not answered yet. */
  readonly phase: 'asking' | 'waiting' | 'withdrawing';
  readonly to: Person;
  readonly seconds: number;
  /** Null while asking. */
  readonly inviteId: string | null;
  readonly expiresAt: number | null;
  readonly extensions: number;
}

export interface Incoming {
  readonly inviteId: string;
  readonly from: Person;
  readonly requestedSeconds: number;
  readonly expiresAt: number;
  readonly phase: 'ringing' | 'accepting' | 'declining';
  /** Why the answer was refused; the invite stands still. */
  readonly problem: string | null;
}

/** How the last invite to somebody ended. */
export interface Outcome {
  readonly reason: DeclineReason;
  /** Until when he cannot be invited; null: at once. */
  readonly cooldownUntil: number | null;
  /** In the server's words; for `failed` only. */
  readonly message: string | null;
}

/** How an incoming invite ended without a call, for a toast. */
export interface Missed {
  readonly inviteId: string;
  readonly from: Person;
}

export interface Invites {
  readonly outgoing: Outgoing | null;
  readonly incoming: Incoming | null;
  /** By user, the oldest first; bounded. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly missed: Missed | null;
}

export interface Notice {
  readonly inviteId: string;
  readonly fromUser: Person;
  readonly requestedSeconds: number;
  readonly expiresAt: number;
}

export type InviteEvent =
  | { readonly type: 'asked'; readonly to: Person; readonly seconds: number }
  | {
      readonly type: 'sent';
      readonly toUserId: string;
      readonly inviteId: string;
      readonly expiresAt: number;
    }
  | {
      readonly type: 'refused';
      readonly inviteId?: string | undefined;
      readonly toUserId?: string | undefined;
      readonly reason: DeclineReason;
      readonly cooldownExpiry?: number | undefined;
      readonly message?: string | undefined;
    }
  | { readonly type: 'extended'; readonly toUserId: string; readonly expiresAt: number }
  | { readonly type: 'withdrawing' }
  | { readonly type: 'withdrawn'; readonly toUserId: string; readonly found: boolean }
  | { readonly type: 'dismissed'; readonly userId: string }
  | { readonly type: 'notified'; readonly notice: Notice }
  | { readonly type: 'wait-extended'; readonly expiresAt: number }
  | { readonly type: 'rescinded'; readonly inviteId: string }
  | { readonly type: 'accepting'; readonly inviteId: string }
  | { readonly type: 'declining'; readonly inviteId: string }
  | { readonly type: 'declined'; readonly inviteId: string }
  | { readonly type: 'answer-refused'; readonly inviteId: string; readonly message: string }
  | { readonly type: 'started' }
  | { readonly type: 'passed'; readonly now: number }
  | { readonly type: 'lost' };

export const NO_INVITES: Invites = {
  outgoing: null,
  incoming: null,
  outcomes: new Map(),
  missed: null,
};

export function reduceInvites(invites: Invites, event: InviteEvent): Invites {
  const { outgoing, incoming } = invites;
  switch (event.type) {
    case 'asked':
      if (outgoing !== null) return invites;
      return {
        ...without(invites, event.to.userId),
        outgoing: {
          phase: 'asking',
          to: event.to,
          seconds: event.seconds,
          inviteId: null,
          expiresAt: null,
          extensions: 0,
        },
      };
    case 'sent':
      // Its end may be told before this answer: then nobody waits any more, or for somebody else.
      if (outgoing?.phase !== 'asking' || outgoing.to.userId !== event.toUserId) return invites;
      return {
        ...invites,
        outgoing: {
          ...outgoing,
          phase: 'waiting',
          inviteId: event.inviteId,
          expiresAt: event.expiresAt,
        },
      };
    case 'refused':
      if (outgoing === null || !concerns(outgoing, event)) return invites;
      return {
        ...invites,
        outgoing: null,
        outcomes: withOutcome(invites.outcomes, outgoing.to.userId, {
          reason: event.reason,
          cooldownUntil: event.cooldownExpiry ?? null,
          message: event.message ?? null,
        }),
      };
    case 'extended':
      if (outgoing?.phase !== 'waiting' || outgoing.to.userId !== event.toUserId) return invites;
      return {
        ...invites,
        outgoing: {
          ...outgoing,
          expiresAt: event.expiresAt,
          extensions: outgoing.extensions + 1,
        },
      };
    case 'withdrawing':
      if (outgoing === null) return invites;
      return { ...invites, outgoing: { ...outgoing, phase: 'withdrawing' } };
    case 'withdrawn':
      if (outgoing?.phase !== 'withdrawing' || outgoing.to.userId !== event.toUserId) {
        return invites;
      }
      return {
        ...invites,
        outgoing: null,
        // Not found: it had ended already, and that end brings its own reason.
        outcomes: event.found
          ? withOutcome(invites.outcomes, event.toUserId, {
              reason: 'withdrawn',
              cooldownUntil: null,
              message: null,
            })
          : invites.outcomes,
      };
    case 'dismissed':
      return without(invites, event.userId);
    case 'notified':
      if (incoming?.inviteId === event.notice.inviteId) return invites;
      return {
        ...invites,
        missed: null,
        incoming: {
          inviteId: event.notice.inviteId,
          from: event.notice.fromUser,
          requestedSeconds: event.notice.requestedSeconds,
          expiresAt: event.notice.expiresAt,
          phase: 'ringing',
          problem: null,
        },
      };
    case 'wait-extended':
      return incoming === null
        ? invites
        : { ...invites, incoming: { ...incoming, expiresAt: event.expiresAt } };
    case 'rescinded':
      return incoming?.inviteId === event.inviteId ? missed(invites, incoming) : invites;
    case 'accepting':
    case 'declining':
      if (incoming?.inviteId !== event.inviteId || incoming.phase !== 'ringing') return invites;
      return { ...invites, incoming: { ...incoming, phase: event.type, problem: null } };
    case 'declined':
      return incoming?.inviteId === event.inviteId ? { ...invites, incoming: null } : invites;
    case 'answer-refused':
      if (incoming?.inviteId !== event.inviteId) return invites;
      return { ...invites, incoming: { ...incoming, phase: 'ringing', problem: event.message } };
    case 'started':
      return {
        ...(outgoing === null ? invites : without(invites, outgoing.to.userId)),
        outgoing: null,
        incoming: null,
        missed: null,
      };
    case 'passed':
      return passed(invites, event.now);
    case 'lost':
      return lost(invites);
  }
}

/** What both would get: the mean of their wishes, rounded down. */
export function agreedSeconds(callerSeconds: number, calleeSeconds: number): number {
  return Math.floor((callerSeconds + calleeSeconds) / 2);
}

/** A length the server takes. */
export function callLength(seconds: number): number {
  if (!Number.isFinite(seconds)) return USUAL_CALL;
  return Math.min(LONGEST_CALL, Math.max(SHORTEST_CALL, Math.round(seconds)));
}

function concerns(
  outgoing: Outgoing,
  event: { readonly inviteId?: string | undefined; readonly toUserId?: string | undefined },
): boolean {
  if (event.inviteId !== undefined && outgoing.inviteId !== null) {
    return event.inviteId === outgoing.inviteId;
  }
  return event.toUserId === undefined || event.toUserId === outgoing.to.userId;
}

function passed(invites: Invites, now: number): Invites {
  const { outgoing, incoming } = invites;
  let next = invites;
  if (incoming !== null && now > incoming.expiresAt + SILENCE_MS) next = missed(next, incoming);
  if (
    outgoing !== null &&
    outgoing.expiresAt !== null &&
    now > outgoing.expiresAt + SILENCE_MS
  ) {
    next = {
      ...next,
      outgoing: null,
      outcomes: withOutcome(next.outcomes, outgoing.to.userId, {
        reason: 'timeout',
        cooldownUntil: null,
        message: null,
      }),
    };
  }
  return cooled(next, now);
}

/** The connection was gone for longer than the server keeps invites for who lost it. */
function lost(invites: Invites): Invites {
  const { outgoing, incoming } = invites;
  const next = incoming === null ? invites : missed(invites, incoming);
  if (outgoing === null) return next;
  return {
    ...next,
    outgoing: null,
    outcomes: withOutcome(next.outcomes, outgoing.to.userId, {
      reason: 'failed',
      cooldownUntil: null,
      message: null,
    }),
  };
}

function missed(invites: Invites, incoming: Incoming): Invites {
  return {
    ...invites,
    incoming: null,
    missed: { inviteId: incoming.inviteId, from: incoming.from },
  };
}

function cooled(invites: Invites, now: number): Invites {
  const over = [...invites.outcomes].filter(
    ([, outcome]) => outcome.cooldownUntil !== null && outcome.cooldownUntil <= now,
  );
  return over.reduce((next, [userId]) => without(next, userId), invites);
}

function without(invites: Invites, userId: string): Invites {
  if (!invites.outcomes.has(userId)) return invites;
  const outcomes = new Map(invites.outcomes);
  outcomes.delete(userId);
  return { ...invites, outcomes };
}

function withOutcome(
  outcomes: ReadonlyMap<string, Outcome>,
  userId: string,
  outcome: Outcome,
): ReadonlyMap<string, Outcome> {
  const next = new Map(outcomes);
  next.delete(userId);
  next.set(userId, outcome);
  for (const oldest of next.keys()) {
    if (next.size <= OUTCOMES_KEPT) break;
    next.delete(oldest);
  }
  return next;
}
