import { describe, expect, test } from 'vitest';
import {
  EMPTY_REEL,
  frontCard,
  neighbour,
  place,
  reduceReel,
  shown,
  type Candidate,
  type Gender,
  type Reel,
  type ReelEvent,
} from './reel';

function candidate(userId: string, more: Partial<Candidate> = {}): Candidate {
  return {
    userId,
    name: `Name of ${userId}`,
    gender: 'unspecified',
    hasCooldown: false,
    cooldownExpiry: null,
    wasIntroducedToMe: false,
    introducedBy: null,
    ...more,
  };
}

function snapshot(
  users: readonly Candidate[],
  more: { total?: number; complete?: boolean } = {},
): ReelEvent {
  return {
    type: 'snapshot',
    users,
    total: more.total ?? users.length,
    complete: more.complete ?? true,
  };
}

function after(events: readonly ReelEvent[], from: Reel = EMPTY_REEL): Reel {
  return events.reduce(reduceReel, from);
}

const ids = (reel: Reel): string[] => shown(reel).map((card) => card.person.userId);
const forward: ReelEvent = { type: 'moved', by: 1 };
const back: ReelEvent = { type: 'moved', by: -1 };
const three = [candidate('a'), candidate('b'), candidate('c')];

describe('the order', () => {
  test('the first answer puts its first person in front', () => {
    const reel = after([snapshot(three)]);

    expect(ids(reel)).toEqual(['a', 'b', 'c']);
    expect(reel.front).toBe('a');
    expect(place(reel)).toEqual({ index: 0, count: 3 });
  });

  test('a later answer refreshes people and moves nobody', () => {
    const reel = after([
      snapshot(three),
      forward,
      snapshot([candidate('d'), candidate('c', { name: 'New' }), candidate('b'), candidate('a')]),
    ]);

    expect(ids(reel)).toEqual(['a', 'b', 'c', 'd']);
    expect(reel.front).toBe('b');
    expect(shown(reel)[2]?.person.name).toBe('New');
  });

  test('who is named twice is shown once', () => {
    expect(ids(after([snapshot([candidate('a'), candidate('a')])]))).toEqual(['a']);
  });

  test('people introduced to the viewer who come later are the next ones, in their order', () => {
    const reel = after([
      snapshot(three),
      snapshot([
        candidate('x', { wasIntroducedToMe: true, introducedBy: 'Eve' }),
        candidate('y', { wasIntroducedToMe: true, introducedBy: 'Eve' }),
        ...three,
        candidate('d'),
      ]),
    ]);

    expect(ids(reel)).toEqual(['a', 'x', 'y', 'b', 'c', 'd']);
    expect(reel.front).toBe('a');
  });
});

describe('somebody leaves', () => {
  test('above the one in front: who is in front stays the same', () => {
    const reel = after([snapshot(three), forward, { type: 'delta', delta: { remove: ['a'] } }]);

    expect(ids(reel)).toEqual(['b', 'c']);
    expect(reel.front).toBe('b');
    expect(place(reel)).toEqual({ index: 0, count: 2 });
  });

  test('in front: the card stays, marked, until the viewer moves on', () => {
    const left = after([snapshot(three), { type: 'delta', delta: { offline: ['a'] } }]);
    expect(left.front).toBe('a');
    expect(frontCard(left)?.here).toBe(false);

    const moved = after([forward], left);
    expect(ids(moved)).toEqual(['b', 'c']);
    expect(moved.front).toBe('b');
  });

  test('in front, and comes back: the card is as before', () => {
    const reel = after([
      snapshot(three),
      { type: 'delta', delta: { remove: ['a'] } },
      { type: 'delta', delta: { add: ['a'] } },
    ]);

    expect(frontCard(reel)?.here).toBe(true);
    expect(reel.total).toBe(3);
    expect(reel.stale).toBe(false);
  });

  test('a complete answer without the one in front marks him, a full page without him does not', () => {
    const all = after([snapshot(three), snapshot([candidate('b')])]);
    expect(frontCard(all)?.here).toBe(false);
    expect(ids(all)).toEqual(['a', 'b']);

    const page = after([snapshot(three), snapshot([candidate('b')], { complete: false })]);
    expect(frontCard(page)?.here).toBe(true);
  });

  test('the number of people counts those who were counted, once', () => {
    const reel = after([
      snapshot(three, { total: 50 }),
      { type: 'delta', delta: { remove: ['a', 'stranger'] } },
      { type: 'delta', delta: { offline: ['a'] } },
    ]);

    expect(reel.total).toBe(49);
  });
});

describe('somebody comes', () => {
  test('a name nobody knows makes the reel stale, an answer makes it fresh', () => {
    const stale = after([snapshot(three), { type: 'delta', delta: { add: ['d'] } }]);
    expect(stale.stale).toBe(true);

    expect(after([snapshot([...three, candidate('d')])], stale).stale).toBe(false);
  });

  test('to an empty lobby: he is shown', () => {
    const reel = after([snapshot([]), snapshot([candidate('a')])]);

    expect(reel.front).toBe('a');
  });

  test('while the viewer is past the last card: he is shown', () => {
    const end = after([snapshot(three), forward, forward, forward]);
    expect(end.atEnd).toBe(true);
    expect(frontCard(end)).toBeNull();

    const reel = after([snapshot([...three, candidate('d')])], end);
    expect(reel.front).toBe('d');
    expect(reel.atEnd).toBe(false);
  });

  test('of another gender than is asked for, while past the last card: the end stays', () => {
    const reel = after([
      snapshot([candidate('a', { gender: 'female' })]),
      { type: 'filtered', genders: ['female'] },
      forward,
      snapshot([candidate('a', { gender: 'female' }), candidate('b', { gender: 'male' })]),
    ]);

    expect(reel.atEnd).toBe(true);
  });

  test('with a page of the reel: behind the others, known ones once, and a full page keeps him', () => {
    const reel = after([
      snapshot(three, { complete: false }),
      { type: 'more', people: [candidate('b'), candidate('z')] },
      snapshot([candidate('a'), candidate('b'), candidate('c'), candidate('d')], {
        complete: false,
      }),
    ]);

    expect(ids(reel)).toEqual(['a', 'b', 'c', 'z', 'd']);
  });
});

describe('moving', () => {
  test('goes forward and back, and stops at both ends', () => {
    const start = after([snapshot(three)]);
    expect(after([back], start).front).toBe('a');

    const end = after([forward, forward, forward, forward], start);
    expect(place(end)).toEqual({ index: 3, count: 3 });
    expect(after([back], end).front).toBe('c');
    expect(after([{ type: 'restarted' }], end).front).toBe('a');
  });

  test('names the next and the previous one', () => {
    const reel = after([snapshot(three), forward]);

    expect(neighbour(reel, 1)?.person.userId).toBe('c');
    expect(neighbour(reel, -1)?.person.userId).toBe('a');
  });

  test('an empty reel goes nowhere', () => {
    expect(after([forward, back, { type: 'restarted' }])).toEqual(EMPTY_REEL);
  });
});

describe('the filter', () => {
  const mixed = (['female', 'male', 'female', 'nonbinary'] as Gender[]).map((gender, index) =>
    candidate(`p${index}`, { gender }),
  );

  test('leaves only the genders asked for, and keeps the one in front if he is among them', () => {
    const reel = after([snapshot(mixed), { type: 'filtered', genders: ['female'] }]);

    expect(ids(reel)).toEqual(['p0', 'p2']);
    expect(reel.front).toBe('p0');
  });

  test('puts the next who fits in front, else the one before, else nobody', () => {
    const second = after([snapshot(mixed), forward]);

    expect(after([{ type: 'filtered', genders: ['nonbinary'] }], second).front).toBe('p3');
    const last = after([forward, forward], second);
    expect(after([{ type: 'filtered', genders: ['male'] }], last).front).toBe('p1');
    expect(after([{ type: 'filtered', genders: ['unspecified'] }], last).front).toBeNull();
  });

  test('taken away, everybody is there again in the old order', () => {
    const reel = after([
      snapshot(mixed),
      { type: 'filtered', genders: ['male'] },
      { type: 'filtered', genders: [] },
    ]);

    expect(ids(reel)).toEqual(['p0', 'p1', 'p2', 'p3']);
  });

  test('does not hide whom an invite waits for, nor somebody asked for by name', () => {
    const waiting = after([
      snapshot(mixed),
      { type: 'held', userId: 'p0' },
      { type: 'filtered', genders: ['male'] },
    ]);
    expect(ids(waiting)).toEqual(['p0', 'p1']);
    expect(waiting.front).toBe('p0');

    const named = after([
      snapshot(mixed),
      { type: 'filtered', genders: ['male'] },
      { type: 'pinned', person: mixed[0]!, here: true },
    ]);
    expect(named.front).toBe('p0');
    expect(named.genders).toEqual([]);
  });
});

describe('an invite waits', () => {
  test('nothing moves, and the person stays although he left', () => {
    const waiting = after([
      snapshot(three),
      { type: 'held', userId: 'a' },
      forward,
      { type: 'delta', delta: { remove: ['a'] } },
      snapshot([candidate('b')]),
    ]);
    expect(waiting.front).toBe('a');

    const over = after([{ type: 'held', userId: null }], waiting);
    expect(over.front).toBe('a');
    expect(frontCard(over)?.here).toBe(false);
    expect(ids(after([forward], over))).toEqual(['b']);
  });

  test('for somebody who is not in the reel holds nobody', () => {
    expect(after([snapshot(three), { type: 'held', userId: 'nobody' }]).held).toBeNull();
  });
});

describe('a cooldown', () => {
  test('is never shortened by what this page heard, and goes when it is over', () => {
    const reel = after([
      snapshot([candidate('a', { hasCooldown: true, cooldownExpiry: 5_000 })]),
      { type: 'cooldown', userId: 'a', until: 3_000 },
    ]);
    expect(frontCard(reel)?.cooldownUntil).toBe(5_000);
    expect(reel.stale).toBe(true);

    expect(after([{ type: 'passed', now: 4_999 }], reel)).toBe(reel);
    expect(frontCard(after([{ type: 'passed', now: 5_000 }], reel))?.cooldownUntil).toBeNull();
  });

  test('ends when the server says so, because both agreed to talk again', () => {
    const reel = after([
      snapshot([candidate('a', { hasCooldown: true, cooldownExpiry: 5_000 })]),
      snapshot([candidate('a')]),
    ]);

    expect(frontCard(reel)?.cooldownUntil).toBeNull();
  });
});

describe('somebody asked for by name', () => {
  test('comes first, once, and later answers know him', () => {
    const reel = after([
      { type: 'pinned', person: candidate('b'), here: true },
      snapshot(three),
    ]);

    expect(ids(reel)).toEqual(['b', 'a', 'c']);
    expect(reel.front).toBe('b');
  });
});

test('somebody blocked vanishes at once, and the next one is shown', () => {
  const reel = after([snapshot(three), { type: 'dropped', userId: 'a' }]);

  expect(ids(reel)).toEqual(['b', 'c']);
  expect(reel.front).toBe('b');
});
