import { Store } from '../app/store';
import type { Person } from '../lobby/reel';
import type { Acknowledged, Connection, ToClient } from '../socket/connection';
import type { CooldownReasons } from './reasons';
import {
  callLength,
  EXTENSIONS_MAX,
  NO_INVITES,
  reduceInvites,
  type DeclineReason,
  type InviteEvent,
  type Invites,
} from './invites';

/** How long after a match the call's beginning is waited for. */
const MATCHED_MS = 10_000;
const LOOK_MS = 1_000;
/** How long the server keeps the invites of who lost his connection. */
const KEPT_FOR_MS = 5_000;

export type CallStart = ToClient['call:start'];

export interface InvitingParts {
  readonly link: Pick<Connection, 'ask' | 'send' | 'on'>;
  readonly reasons: CooldownReasons;
  /** Server time. */
  readonly now: () => number;
  /** The pair has a cooldown; null: one that only the server's next answer dates. */
  readonly cooled: (userId: string, until: number | null) => void;
  /** The call begins: to its page. */
  readonly started: (call: CallStart) => void;
}

/** Invites people and answers invites: what the page wants, and what the server says of it. */
export class Inviting {
  readonly invites = new Store<Invites>(NO_INVITES);
  readonly #parts: InvitingParts;
  #lostAt: number | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(parts: InvitingParts) {
    this.#parts = parts;
  }

  /** Listens to the server until what it answers is called. */
  listen(): () => void {
    const { link, cooled, reasons, now, started } = this.#parts;
    const stops = [
      link.on('call:notify', (notice) => this.#tell({ type: 'notified', notice })),
      link.on('call:declined', (refusal) => this.#refused(refusal)),
      link.on('call:rescinded', ({ inviteId }) => {
        const { incoming } = this.invites.get();
        if (incoming?.inviteId !== inviteId) return;
        reasons.note(incoming.from.userId, 'missed');
        cooled(incoming.from.userId, null);
        this.#tell({ type: 'rescinded', inviteId });
      }),
      link.on('call:wait-extended', ({ expiresAt }) => this.#tell({ type: 'wait-extended', expiresAt })),
      link.on('call:start', (call) => {
        reasons.note(call.peerUser.userId, 'talked');
        this.#tell({ type: 'started' });
        started(call);
      }),
    ];
    this.#timer = setInterval(() => this.#tell({ type: 'passed', now: now() }), LOOK_MS);
    return () => {
      clearInterval(this.#timer);
      for (const stop of stops) stop();
    };
  }

  async invite(to: Person, seconds: number): Promise<void> {
    if (this.invites.get().outgoing !== null) return;
    const toUserId = to.userId;
    const requestedSeconds = callLength(seconds);
    this.#tell({ type: 'asked', to, seconds: requestedSeconds });
    const answer = await this.#parts.link.ask('call:invite', { toUserId, requestedSeconds });
    if (this.invites.get().outgoing?.to.userId !== toUserId) return;
    if (!answer.ok) {
      // It may stand although its answer was lost; nobody would ever take it back then.
      this.#parts.link.send('call:rescind', { toUserId });
      this.#refused({ toUserId, reason: 'failed', ...(answer.error === undefined ? {} : { message: answer.error }) });
    } else if (answer['outcome'] === 'declined') {
      this.#refused({ toUserId, ...declineOf(answer) });
    } else {
      this.#tell({
        type: 'sent',
        toUserId,
        inviteId: text(answer['inviteId']) ?? '',
        expiresAt: number(answer['expiresAt']) ?? this.#parts.now() + MATCHED_MS,
      });
    }
  }

  /** Whether the invite that waits may wait longer. */
  get extendable(): boolean {
    const { outgoing } = this.invites.get();
    return outgoing?.phase === 'waiting' && outgoing.extensions < EXTENSIONS_MAX;
  }

  async extend(): Promise<void> {
    const { outgoing } = this.invites.get();
    if (outgoing === null || !this.extendable) return;
    const toUserId = outgoing.to.userId;
    const answer = await this.#parts.link.ask('call:extend-wait', { toUserId });
    const expiresAt = number(answer['expiresAt']);
    if (answer['extended'] === true && expiresAt !== null) this.#tell({ type: 'extended', toUserId, expiresAt });
  }

  async withdraw(): Promise<void> {
    const { outgoing } = this.invites.get();
    if (outgoing === null || outgoing.phase === 'withdrawing') return;
    const toUserId = outgoing.to.userId;
    this.#tell({ type: 'withdrawing' });
    const answer = await this.#parts.link.ask('call:rescind', { toUserId });
    const found = answer['found'] === true;
    if (found) {
      this.#parts.reasons.note(toUserId, 'withdrawn');
      this.#parts.cooled(toUserId, null);
    }
    this.#tell({ type: 'withdrawn', toUserId, found });
  }

  async accept(seconds: number): Promise<void> {
    const { incoming } = this.invites.get();
    if (incoming?.phase !== 'ringing') return;
    const { inviteId } = incoming;
    this.#tell({ type: 'accepting', inviteId });
    const answer = await this.#parts.link.ask('call:accept', { inviteId, requestedSeconds: callLength(seconds) });
    // The call itself tells that it begins.
    if (!answer.ok) this.#tell({ type: 'answer-refused', inviteId, message: answer.error ?? '' });
  }

  async decline(): Promise<void> {
    const { incoming } = this.invites.get();
    if (incoming?.phase !== 'ringing') return;
    const { inviteId, from } = incoming;
    this.#tell({ type: 'declining', inviteId });
    const answer = await this.#parts.link.ask('call:decline', { inviteId });
    if (!answer.ok) {
      this.#tell({ type: 'answer-refused', inviteId, message: answer.error ?? '' });
      return;
    }
    if (answer['found'] === true) {
      this.#parts.reasons.note(from.userId, 'you-declined');
      this.#parts.cooled(from.userId, null);
    }
    this.#tell({ type: 'declined', inviteId });
  }

  /** What is remembered of the last invite to somebody is not to be shown any more. */
  dismiss(userId: string): void {
    this.#tell({ type: 'dismissed', userId });
  }

  /** The connection is gone, or there again. */
  connected(open: boolean): void {
    if (!open) {
      this.#lostAt ??= Date.now();
      return;
    }
    if (this.#lostAt !== null && Date.now() - this.#lostAt > KEPT_FOR_MS) this.#tell({ type: 'lost' });
    this.#lostAt = null;
  }

  /** Somebody else is signed in. */
  forget(): void {
    this.#lostAt = null;
    this.invites.set(NO_INVITES);
  }

  #refused(refusal: {
    readonly inviteId?: string;
    readonly toUserId?: string;
    readonly reason: DeclineReason;
    readonly cooldownExpiry?: number;
    readonly message?: string;
  }): void {
    const before = this.invites.get().outgoing;
    this.#tell({ type: 'refused', ...refusal });
    if (before === null || this.invites.get().outgoing !== null) return;
    const { userId } = before.to;
    if (refusal.reason === 'user_declined') this.#parts.reasons.note(userId, 'they-declined');
    if (refusal.reason === 'timeout') this.#parts.reasons.note(userId, 'no-answer');
    if (refusal.cooldownExpiry !== undefined) this.#parts.cooled(userId, refusal.cooldownExpiry);
  }

  #tell(event: InviteEvent): void {
    this.invites.set(reduceInvites(this.invites.get(), event));
  }
}

function declineOf(answer: Acknowledged): { reason: DeclineReason; cooldownExpiry?: number } {
  const cooldownExpiry = number(answer['cooldownExpiry']);
  return {
    reason: (text(answer['reason']) ?? 'failed') as DeclineReason,
    ...(cooldownExpiry === null ? {} : { cooldownExpiry }),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
