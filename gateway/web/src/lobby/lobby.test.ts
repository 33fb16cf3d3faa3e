import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Lobby, VIEW_PEOPLE, type People } from './lobby';
import { shown, type Candidate } from './reel';

const candidate = (userId: string): Candidate => ({
  userId,
  name: userId,
  gender: 'female',
  hasCooldown: false,
  cooldownExpiry: null,
  wasIntroducedToMe: false,
  introducedBy: null,
});

class Unpaid extends Error {}

let answer: () => Promise<{ users: Candidate[]; totalAvailable: number }>;
let asked: number;
let lobby: Lobby;
const people: People = {
  queue: () => {
    asked++;
    return answer();
  },
  more: async (cursor) =>
    cursor === null
      ? { items: [candidate('far')], cursor: 'c', hasMore: true }
      : { items: [candidate('farther')], cursor: 'd', hasMore: false },
};

function answers(...ids: string[]): void {
  answer = async () => ({ users: ids.map(candidate), totalAvailable: ids.length });
}

const ids = (): string[] => shown(lobby.reel.get()).map((card) => card.person.userId);
const pass = (millis: number) => vi.advanceTimersByTimeAsync(millis);

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  answers('a', 'b');
  lobby = new Lobby(people, (cause) => cause instanceof Unpaid);
});
afterEach(() => {
  lobby.left();
  vi.useRealTimers();
});

test('who enters sees who is there, and now and then asks again', async () => {
  expect(lobby.state.get()).toBe('loading');
  lobby.entered();
  await pass(0);
  expect(lobby.state.get()).toBe('ready');
  expect(ids()).toEqual(['a', 'b']);

  answers('a', 'b', 'c');
  await pass(30_000);
  expect(ids()).toEqual(['a', 'b', 'c']);
  expect(asked).toBe(2);
});

test('many newcomers are asked for together', async () => {
  lobby.entered();
  await pass(0);
  answers('a', 'b', 'c', 'd');

  lobby.tell({ type: 'delta', delta: { add: ['c'] } });
  await pass(100);
  lobby.tell({ type: 'delta', delta: { add: ['d'] } });
  await pass(300);
  expect(asked).toBe(2);
  expect(ids()).toEqual(['a', 'b', 'c', 'd']);
});

test('a lobby in which something is told all the time is asked for all the same', async () => {
  lobby.entered();
  await pass(0);
  answers('a', 'b', 'c');
  for (let i = 0; i < 20; i++) {
    lobby.tell({ type: 'delta', delta: { add: ['c'] } });
    await pass(50);
  }

  expect(ids()).toEqual(['a', 'b', 'c']);
});

test('who comes while an answer is under way is asked for once more', async () => {
  let give = (_: { users: Candidate[]; totalAvailable: number }): void => {};
  answer = () => new Promise((resolve) => (give = resolve));
  lobby.entered();
  await pass(0);
  lobby.tell({ type: 'delta', delta: { add: ['c'] } });
  await pass(5_000);
  expect(asked).toBe(1);
  answers('a', 'c');
  give({ users: [candidate('a')], totalAvailable: 1 });
  await pass(300);

  expect(asked).toBe(2);
  expect(ids()).toEqual(['a', 'c']);
});

test('who leaves and enters again while an answer is under way asks anew', async () => {
  let give = (_: { users: Candidate[]; totalAvailable: number }): void => {};
  answer = () => new Promise((resolve) => (give = resolve));
  lobby.entered();
  lobby.left();
  lobby.entered();
  answers('a');
  give({ users: [], totalAvailable: 0 });
  await pass(300);

  expect(ids()).toEqual(['a']);
});

test('nobody asks outside of the lobby', async () => {
  lobby.entered();
  await pass(0);
  lobby.left();
  lobby.tell({ type: 'delta', delta: { add: ['c'] } });
  await pass(60_000);

  expect(asked).toBe(1);
});

describe('an answer fails', () => {
  test('at first: that is said, and it is tried again', async () => {
    answer = async () => {
      throw new Error('no network');
    };
    lobby.entered();
    await pass(0);
    expect(lobby.state.get()).toBe('failed');

    answers('a');
    await pass(3_000);
    expect(lobby.state.get()).toBe('ready');
  });

  test('later: what is known stays', async () => {
    lobby.entered();
    await pass(0);
    answer = async () => {
      throw new Error('no network');
    };
    await pass(30_000);

    expect(lobby.state.get()).toBe('ready');
    expect(ids()).toEqual(['a', 'b']);
  });

  test('for want of access: it is not tried again', async () => {
    answer = async () => {
      throw new Unpaid();
    };
    lobby.entered();
    await pass(120_000);

    expect(lobby.state.get()).toBe('closed');
    expect(asked).toBe(1);
  });
});

test('an answer for somebody who signed out meanwhile is dropped', async () => {
  let give = (_: { users: Candidate[]; totalAvailable: number }): void => {};
  answer = () => new Promise((resolve) => (give = resolve));
  lobby.entered();
  lobby.forget();
  give({ users: [candidate('secret')], totalAvailable: 1 });
  await pass(0);

  expect(ids()).toEqual([]);
});

test('a lobby larger than one answer goes on with pages of the reel near its end', async () => {
  const many = Array.from({ length: VIEW_PEOPLE }, (_, index) => candidate(`p${index}`));
  answer = async () => ({ users: many, totalAvailable: 1_000 });
  lobby.entered();
  await pass(0);
  expect(ids()).toHaveLength(VIEW_PEOPLE);

  for (let i = 0; i < VIEW_PEOPLE; i++) {
    lobby.tell({ type: 'moved', by: 1 });
    await pass(0);
  }
  expect(ids().slice(-2)).toEqual(['far', 'farther']);
});

test('the chosen genders are there after a reload, and a blocked storage harms nothing', () => {
  lobby.tell({ type: 'filtered', genders: ['male', 'female'] });
  expect(new Lobby(people, () => false).reel.get().genders).toEqual(['female', 'male']);

  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  const other = new Lobby(people, () => false);
  other.tell({ type: 'filtered', genders: ['male'] });
  expect(other.reel.get().genders).toEqual(['male']);
});
