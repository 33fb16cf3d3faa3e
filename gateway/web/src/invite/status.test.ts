import { describe, expect, test } from 'vitest';
import type { Card } from '../lobby/reel';
import { NO_INVITES, reduceInvites, type InviteEvent, type Invites } from './invites';
import { invitable, nextChange, remaining, statusOf } from './status';

const card: Card = {
  person: { userId: 'bob', name: 'Bob', gender: 'male' },
  introduced: false,
  introducedBy: null,
  cooldownUntil: null,
  here: true,
  unwatched: false,
};

function refusedFor(reason: 'user_declined' | 'timeout' | 'offline', cooldownExpiry?: number): Invites {
  const events: InviteEvent[] = [
    { type: 'asked', to: card.person, seconds: 300 },
    { type: 'refused', toUserId: 'bob', reason, cooldownExpiry },
  ];
  return events.reduce(reduceInvites, NO_INVITES);
}

describe('the status of a card', () => {
  test('is nothing when the person can be invited', () => {
    expect(statusOf(card, NO_INVITES, 0)).toBeNull();
    expect(invitable(card, NO_INVITES, 0)).toBe(true);
    expect(invitable({ ...card, here: false }, NO_INVITES, 0)).toBe(false);
  });

  test('is waiting while an invite to this very person stands', () => {
    const waiting = reduceInvites(NO_INVITES, { type: 'asked', to: card.person, seconds: 300 });
    expect(statusOf(card, waiting, 0)?.kind).toBe('waiting');

    const other = { ...card, person: { ...card.person, userId: 'eve' } };
    expect(statusOf(other, waiting, 0)).toBeNull();
  });

  test('says that he declined, and until when he cannot be asked', () => {
    expect(statusOf(card, refusedFor('user_declined', 9_000), 0)).toEqual({
      kind: 'declined',
      reason: 'user_declined',
      until: 9_000,
      message: null,
    });
  });

  test('says that there was no response', () => {
    expect(statusOf(card, refusedFor('timeout', 9_000), 0)).toMatchObject({
      kind: 'no-response',
      until: 9_000,
    });
  });

  test('says that the invite did not reach him, without a cooldown', () => {
    expect(statusOf(card, refusedFor('offline'), 0)).toMatchObject({
      kind: 'no-response',
      reason: 'offline',
      until: null,
    });
    expect(invitable(card, refusedFor('offline'), 0)).toBe(true);
  });

  test('shows a cooldown that began elsewhere, and takes it away by itself', () => {
    const cooling = { ...card, cooldownUntil: 9_000 };

    expect(statusOf(cooling, NO_INVITES, 8_999)).toMatchObject({ kind: 'cooldown', reason: null });
    expect(statusOf(cooling, NO_INVITES, 9_000)).toBeNull();
  });
});

describe('the time that is left', () => {
  const hour = 3_600_000;

  test('is said in hours and minutes, minutes, and in the last minute seconds', () => {
    expect(remaining(23 * hour, 0)).toEqual({ unit: 'hours', hours: 23, minutes: 0 });
    expect(remaining(hour + 1, 0)).toEqual({ unit: 'hours', hours: 1, minutes: 1 });
    expect(remaining(hour, 0)).toEqual({ unit: 'hours', hours: 1, minutes: 0 });
    expect(remaining(600_000, 0)).toEqual({ unit: 'minutes', minutes: 10 });
    expect(remaining(60_001, 0)).toEqual({ unit: 'minutes', minutes: 2 });
    expect(remaining(60_000, 0)).toEqual({ unit: 'seconds', seconds: 60 });
    expect(remaining(1, 0)).toEqual({ unit: 'seconds', seconds: 1 });
    expect(remaining(0, 0)).toBeNull();
  });

  test('changes exactly when the next change is said to come, down to nothing', () => {
    const until = 3_725_500;
    let now = 0;
    let steps = 0;
    for (;;) {
      const said = JSON.stringify(remaining(until, now));
      const next = nextChange(until, now);
      if (next === null) break;
      expect(JSON.stringify(remaining(until, now + next - 1))).toBe(said);
      now += next;
      expect(JSON.stringify(remaining(until, now))).not.toBe(said);
      steps++;
    }
    expect(now).toBeGreaterThanOrEqual(until);
    expect(steps).toBeGreaterThan(100);
  });
});
