import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Person } from '../lobby/reel';
import type { Acknowledged, Connection } from '../socket/connection';
import { Inviting, type CallStart } from './inviting';
import { CooldownReasons } from './reasons';

const bob: Person = { userId: 'bob', name: 'Bob', gender: 'male' };
const START = 1_000_000;

let listeners: Map<string, (payload: never) => void>;
let said: (readonly [string, unknown])[];
let answers: Record<string, Acknowledged | Promise<Acknowledged>>;
let cooled: (readonly [string, number | null])[];
let calls: CallStart[];
let reasons: CooldownReasons;
let inviting: Inviting;
let stop: () => void;

function hear(event: string, payload: unknown): void {
  listeners.get(event)?.(payload as never);
}

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  listeners = new Map();
  said = [];
  cooled = [];
  calls = [];
  reasons = new CooldownReasons();
  answers = {
    'call:invite': { ok: true, outcome: 'sent', inviteId: 'i1', expiresAt: START + 23_000 },
    'call:extend-wait': { ok: true, extended: true, expiresAt: START + 43_000 },
    'call:rescind': { ok: true, found: true },
    'call:accept': { ok: true, roomId: 'r1' },
    'call:decline': { ok: true, found: true },
  };
  const link = {
    ask: async (event: string, payload: unknown) => {
      said.push([event, payload]);
      return answers[event];
    },
    send: (event: string, payload: unknown) => void said.push([event, payload]),
    on: (event: string, listener: (payload: never) => void) => {
      listeners.set(event, listener);
      return () => listeners.delete(event);
    },
  } as unknown as Pick<Connection, 'ask' | 'send' | 'on'>;
  inviting = new Inviting({
    link,
    reasons,
    now: Date.now,
    cooled: (userId, until) => void cooled.push([userId, until]),
    started: (call) => void calls.push(call),
  });
  stop = inviting.listen();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('inviting', () => {
  test('waits, waits longer three times, and is accepted', async () => {
    await inviting.invite(bob, 300);
    expect(said).toEqual([['call:invite', { toUserId: 'bob', requestedSeconds: 300 }]]);
    expect(inviting.invites.get().outgoing).toMatchObject({ phase: 'waiting', expiresAt: START + 23_000 });

    for (let i = 0; i < 3; i++) {
      expect(inviting.extendable).toBe(true);
      await inviting.extend();
    }
    expect(inviting.extendable).toBe(false);
    await inviting.extend();
    expect(said.filter(([event]) => event === 'call:extend-wait')).toHaveLength(3);

    const call = { roomId: 'r1', agreedSeconds: 200, isInitiator: true, peerUser: { userId: 'bob', name: 'Bob' } };
    hear('call:start', call);
    expect(calls).toEqual([call]);
    expect(inviting.invites.get().outgoing).toBeNull();
    expect(reasons.of('bob')).toBe('talked');
  });

  test('is declined: the reason and the cooldown are known', async () => {
    await inviting.invite(bob, 300);
    hear('call:declined', { inviteId: 'i1', toUserId: 'bob', reason: 'user_declined', cooldownExpiry: START + 9e6 });

    expect(inviting.invites.get().outgoing).toBeNull();
    expect(cooled).toEqual([['bob', START + 9e6]]);
    expect(reasons.of('bob')).toBe('they-declined');
  });

  test('is refused at once, told twice: it counts once', async () => {
    answers['call:invite'] = { ok: true, outcome: 'declined', inviteId: 'i1', reason: 'cooldown', cooldownExpiry: 5 };
    const asked = inviting.invite(bob, 300);
    hear('call:declined', { inviteId: 'i1', toUserId: 'bob', reason: 'cooldown', cooldownExpiry: START + 5 });
    await asked;

    expect(cooled).toEqual([['bob', START + 5]]);
    expect(inviting.invites.get().outcomes.get('bob')?.reason).toBe('cooldown');
  });

  test('is not answered: it is taken back in case it stands, and may be tried again', async () => {
    answers['call:invite'] = { ok: false, error: 'no answer' };
    await inviting.invite(bob, 300);

    expect(said.at(-1)).toEqual(['call:rescind', { toUserId: 'bob' }]);
    expect(inviting.invites.get().outcomes.get('bob')).toMatchObject({ reason: 'failed', message: 'no answer' });
    answers['call:invite'] = { ok: true, outcome: 'sent', inviteId: 'i2', expiresAt: START + 23_000 };
    await inviting.invite(bob, 300);
    expect(inviting.invites.get().outgoing?.inviteId).toBe('i2');
  });

  test('is taken back once, however often it is asked for', async () => {
    await inviting.invite(bob, 300);
    await Promise.all([inviting.withdraw(), inviting.withdraw()]);

    expect(said.filter(([event]) => event === 'call:rescind')).toHaveLength(1);
    expect(reasons.of('bob')).toBe('withdrawn');
    expect(cooled).toEqual([['bob', null]]);
  });

  test('ends by itself when nobody says how it ended', async () => {
    await inviting.invite(bob, 300);
    vi.advanceTimersByTime(30_000);

    expect(inviting.invites.get().outgoing).toBeNull();
  });

  test('stands over a short loss of the connection, and not over a long one', async () => {
    await inviting.invite(bob, 300);
    inviting.connected(false);
    vi.advanceTimersByTime(2_000);
    inviting.connected(true);
    expect(inviting.invites.get().outgoing).not.toBeNull();

    inviting.connected(false);
    vi.advanceTimersByTime(6_000);
    inviting.connected(true);
    expect(inviting.invites.get().outgoing).toBeNull();
  });

  test('a length out of bounds is not sent', async () => {
    await inviting.invite(bob, 5);

    expect(said).toEqual([['call:invite', { toUserId: 'bob', requestedSeconds: 60 }]]);
  });
});

describe('being invited', () => {
  const notice = { inviteId: 'n1', fromUser: bob, requestedSeconds: 600, ttlMs: 20_000, expiresAt: START + 23_000 };

  test('it is accepted once', async () => {
    hear('call:notify', notice);
    await Promise.all([inviting.accept(100), inviting.accept(100), inviting.decline()]);

    expect(said).toEqual([['call:accept', { inviteId: 'n1', requestedSeconds: 100 }]]);
  });

  test('an accept that is refused says why', async () => {
    answers['call:accept'] = { ok: false, error: 'not free' };
    hear('call:notify', notice);
    await inviting.accept(100);

    expect(inviting.invites.get().incoming).toMatchObject({ phase: 'ringing', problem: 'not free' });
  });

  test('it is declined', async () => {
    hear('call:notify', notice);
    await inviting.decline();

    expect(inviting.invites.get().incoming).toBeNull();
    expect(reasons.of('bob')).toBe('you-declined');
  });

  test('it is taken back', () => {
    hear('call:notify', notice);
    hear('call:rescinded', { inviteId: 'n1' });

    expect(inviting.invites.get().missed?.from).toEqual(bob);
    expect(reasons.of('bob')).toBe('missed');
  });
});

describe('the reasons', () => {
  test('are there after a reload, are bounded, and go with who saw them', () => {
    for (let i = 0; i < 150; i++) reasons.note(`u${i}`, 'talked');

    expect(new CooldownReasons().of('u149')).toBe('talked');
    expect(new CooldownReasons().of('u0')).toBeNull();
    reasons.forget();
    expect(new CooldownReasons().of('u149')).toBeNull();
  });

  test.each(['{', '5', '[[1,2],["bob","nonsense"],["eve"]]'])('garbled ones are none: %s', (text) => {
    localStorage.setItem('napalmsky.cooldown-reasons', text);

    expect(new CooldownReasons().of('bob')).toBeNull();
  });
});
