/** What the status banner of a card says. Pure. */
import type { Card } from '../lobby/reel';
import type { DeclineReason, Invites, Outcome } from './invites';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** Its colours: waiting yellow, declined red, no response grey, cooldown orange. */
export type StatusKind = 'waiting' | 'declined' | 'no-response' | 'cooldown';

export interface Status {
  readonly kind: StatusKind;
  /** Why; null while waiting, and for a cooldown that this page did not see begin. */
  readonly reason: DeclineReason | null;
  /** When it ends, server time; null: with the next thing that happens. */
  readonly until: number | null;
  /** In the server's words, if it gave some. */
  readonly message: string | null;
}

/** Null: there is nothing to say. */
export function statusOf(card: Card, invites: Invites, now: number): Status | null {
  const { outgoing } = invites;
  const id = card.person.userId;
  if (outgoing?.to.userId === id) {
    return { kind: 'waiting', reason: null, until: outgoing.expiresAt, message: null };
  }
  const outcome = invites.outcomes.get(id);
  const cooldown = Math.max(card.cooldownUntil ?? 0, outcome?.cooldownUntil ?? 0);
  const until = cooldown > now ? cooldown : null;
  if (outcome !== undefined) {
    return { kind: kindOf(outcome), reason: outcome.reason, until, message: outcome.message };
  }
  return until === null ? null : { kind: 'cooldown', reason: null, until, message: null };
}

/** Whether the person of the card can be invited, as far as is known. */
export function invitable(card: Card, invites: Invites, now: number): boolean {
  if (!card.here || invites.outgoing !== null) return false;
  const status = statusOf(card, invites, now);
  return status === null || (status.until === null && status.reason !== 'withdrawn' && status.reason !== 'cooldown');
}

function kindOf(outcome: Outcome): StatusKind {
  switch (outcome.reason) {
    case 'user_declined':
      return 'declined';
    case 'cooldown':
    case 'withdrawn':
      return 'cooldown';
    default:
      return 'no-response';
  }
}

/** How much time is left, in the unit in which it is worth saying. */
export type Remaining =
  | { readonly unit: 'hours'; readonly hours: number; readonly minutes: number }
  | { readonly unit: 'minutes'; readonly minutes: number }
  | { readonly unit: 'seconds'; readonly seconds: number };

/** Rounded up, so that nothing is said to be over before it is; seconds in the last minute. */
export function remaining(until: number, now: number): Remaining | null {
  const left = until - now;
  if (left <= 0) return null;
  if (left <= MINUTE_MS) return { unit: 'seconds', seconds: Math.ceil(left / SECOND_MS) };
  const minutes = Math.ceil(left / MINUTE_MS);
  if (minutes < HOUR_MS / MINUTE_MS) return { unit: 'minutes', minutes };
  return { unit: 'hours', hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

/** When what {@link remaining} says changes next, in milliseconds from now; null: never. */
export function nextChange(until: number, now: number): number | null {
  const left = until - now;
  if (left <= 0) return null;
  const step = left <= MINUTE_MS ? SECOND_MS : MINUTE_MS;
  return left % step || step;
}
