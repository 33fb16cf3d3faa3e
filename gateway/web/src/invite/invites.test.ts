import { describe, expect, test } from 'vitest';
import type { Person } from '../lobby/reel';
import {
  agreedSeconds,
  callLength,
  NO_INVITES,
  reduceInvites,
  SILENCE_MS,
  type InviteEvent,
  type Invites,
} from './invites';

const bob: Person = { userId: 'bob', name: 'Bob', gender: 'male' };
const eve: Person = { userId: 'eve', name: 'Eve', gender: 'female' };

function after(events: readonly InviteEvent[], from: Invites = NO_INVITES): Invites {
  return events.reduce(reduceInvites, from);
}

const asked: InviteEvent = { type: 'asked', to: bob, seconds: 300 };
const sent: InviteEvent = { type: 'sent', toUserId: 'bob', inviteId: 'i1', expiresAt: 23_000 };
const notified: InviteEvent = {
  type: 'notified',
  notice: { inviteId: 'n1', fromUser: eve, requestedSeconds: 600, expiresAt: 23_000 },
};

describe('an invite of this page', () => {
  test('is asked for, stands until the server’s time, and can be prolonged', () => {
    const waiting = after([asked, sent]);
    expect(waiting.outgoing).toMatchObject({ phase: 'waiting', inviteId: 'i1', expiresAt: 23_000 });

    const longer = after([{ type: 'extended', toUserId: 'bob', expiresAt: 43_000 }], waiting);
    expect(longer.outgoing).toMatchObject({ expiresAt: 43_000, extensions: 1 });
  });

  test('a second one is not begun while one stands', () => {
    expect(after([asked, { type: 'asked', to: eve, seconds: 60 }]).outgoing?.to).toBe(bob);
  });

  test('a refusal frees the page and is remembered with its reason and cooldown', () => {
    const invites = after([
      asked,
      sent,
      { type: 'refused', inviteId: 'i1', reason: 'user_declined', cooldownExpiry: 90_000 },
    ]);

    expect(invites.outgoing).toBeNull();
    expect(invites.outcomes.get('bob')).toEqual({
      reason: 'user_declined',
      cooldownUntil: 90_000,
      message: null,
    });
  });

  test('its end may be told before the answer that it was sent', () => {
    const invites = after([
      asked,
      { type: 'refused', inviteId: 'i1', toUserId: 'bob', reason: 'offline' },
      sent,
    ]);

    expect(invites.outgoing).toBeNull();
    expect(invites.outcomes.get('bob')?.reason).toBe('offline');
  });

  test('the end of an earlier one does not end it', () => {
    const invites = after([
      asked,
      sent,
      { type: 'refused', inviteId: 'i0', toUserId: 'bob', reason: 'timeout' },
    ]);

    expect(invites.outgoing?.inviteId).toBe('i1');
  });

  test('taken back: the person is marked; ended meanwhile: only that end counts', () => {
    const back = after([
      asked,
      sent,
      { type: 'withdrawing' },
      { type: 'withdrawn', toUserId: 'bob', found: true },
    ]);
    expect(back.outgoing).toBeNull();
    expect(back.outcomes.get('bob')?.reason).toBe('withdrawn');

    const late = after([
      asked,
      sent,
      { type: 'withdrawing' },
      { type: 'withdrawn', toUserId: 'bob', found: false },
    ]);
    expect(late.outgoing).toBeNull();
    expect(late.outcomes.size).toBe(0);
  });

  test('nobody says that it ended: after a while the page does not wait any more', () => {
    const waiting = after([asked, sent]);

    expect(after([{ type: 'passed', now: 23_000 + SILENCE_MS }], waiting)).toBe(waiting);
    const over = after([{ type: 'passed', now: 23_001 + SILENCE_MS }], waiting);
    expect(over.outgoing).toBeNull();
    expect(over.outcomes.get('bob')?.reason).toBe('timeout');
  });

  test('what is remembered ends with its cooldown, with a new invite, and when it is put away', () => {
    const declined = after([
      asked,
      sent,
      { type: 'refused', inviteId: 'i1', reason: 'timeout', cooldownExpiry: 90_000 },
    ]);

    expect(after([{ type: 'passed', now: 90_000 }], declined).outcomes.size).toBe(0);
    expect(after([{ type: 'dismissed', userId: 'bob' }], declined).outcomes.size).toBe(0);
    expect(after([asked], declined).outcomes.size).toBe(0);
  });

  test('what is remembered is bounded', () => {
    let invites = NO_INVITES;
    for (let i = 0; i < 250; i++) {
      const to = { ...bob, userId: `u${i}` };
      invites = after(
        [
          { type: 'asked', to, seconds: 60 },
          { type: 'refused', toUserId: to.userId, reason: 'busy' },
        ],
        invites,
      );
    }

    expect(invites.outcomes.size).toBe(100);
    expect(invites.outcomes.has('u249')).toBe(true);
  });
});

describe('an invite to this page', () => {
  test('rings until it is answered, and its time can be prolonged', () => {
    const ringing = after([notified, { type: 'wait-extended', expiresAt: 43_000 }]);
    expect(ringing.incoming).toMatchObject({ phase: 'ringing', from: eve, expiresAt: 43_000 });

    expect(
      after(
        [
          { type: 'declining', inviteId: 'n1' },
          { type: 'declined', inviteId: 'n1' },
        ],
        ringing,
      ).incoming,
    ).toBeNull();
  });

  test('told twice it is one', () => {
    const once = after([notified, { type: 'accepting', inviteId: 'n1' }]);

    expect(after([notified], once)).toBe(once);
  });

  test('taken back: it is gone and said to be missed; of another one nothing is heard', () => {
    const ringing = after([notified]);
    expect(after([{ type: 'rescinded', inviteId: 'other' }], ringing)).toBe(ringing);

    const gone = after([{ type: 'rescinded', inviteId: 'n1' }], ringing);
    expect(gone.incoming).toBeNull();
    expect(gone.missed).toEqual({ inviteId: 'n1', from: eve });
  });

  test('a second answer is not given, and a refused one may be repeated', () => {
    const accepting = after([notified, { type: 'accepting', inviteId: 'n1' }]);
    expect(after([{ type: 'declining', inviteId: 'n1' }], accepting)).toBe(accepting);

    const refused = after(
      [{ type: 'answer-refused', inviteId: 'n1', message: 'no' }],
      accepting,
    );
    expect(refused.incoming).toMatchObject({ phase: 'ringing', problem: 'no' });
  });

  test('its end was not heard of: it stops ringing by itself', () => {
    expect(after([notified, { type: 'passed', now: 30_000 }]).incoming).toBeNull();
  });
});

test('a call that begins ends all of it', () => {
  expect(after([asked, sent, notified, { type: 'started' }])).toEqual(NO_INVITES);
});

test('after a connection lost for long neither side waits', () => {
  const invites = after([asked, sent, notified, { type: 'lost' }]);

  expect(invites.outgoing).toBeNull();
  expect(invites.incoming).toBeNull();
  expect(invites.outcomes.get('bob')?.reason).toBe('failed');
});

test('the agreed length is the mean, rounded down; a wish is within bounds', () => {
  expect(agreedSeconds(300, 101)).toBe(200);
  expect([callLength(1), callLength(9_999), callLength(299.6), callLength(NaN)]).toEqual([
    60, 1_800, 300, 300,
  ]);
});
