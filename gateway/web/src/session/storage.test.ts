import { describe, expect, test } from 'vitest';
import { keepRemembered, recall, remember, forget, SessionKeeper, type Place } from './storage';
import type { Session } from './session';

const ada: Session = { token: 'token of Ada', userId: 'ada', accountType: 'guest' };
const bob: Session = { token: 'token of Bob', userId: 'bob', accountType: 'permanent' };

class Memory implements Place {
  text: string | null = null;
  read(): string | null {
    return this.text;
  }
  write(text: string): void {
    this.text = text;
  }
}

/** As in a private window: it reads, and refuses to write. */
class Full extends Memory {
  override write(): void {
    throw new DOMException('full', 'QuotaExceededError');
  }
}

const blocked: Place = {
  read: () => {
    throw new DOMException('blocked', 'SecurityError');
  },
  write: () => {
    throw new DOMException('blocked', 'SecurityError');
  },
};

describe('a session', () => {
  test('is there after a reload', () => {
    const storage = new Memory();
    new SessionKeeper([storage]).keep(ada);

    expect(new SessionKeeper([storage]).session).toEqual(ada);
  });

  test('is kept in the cookie when the storage is full or blocked', () => {
    for (const storage of [new Full(), blocked]) {
      const cookie = new Memory();
      new SessionKeeper([storage, cookie]).keep(ada);

      expect(new SessionKeeper([storage, cookie]).session).toEqual(ada);
    }
  });

  test('is not put into the cookie as long as there is a better place', () => {
    const cookie = new Memory();
    new SessionKeeper([new Memory(), cookie]).keep(ada);

    expect(cookie.text).toBeNull();
  });

  test('is kept by a storage that takes it and keeps nothing, in the next place', () => {
    const forgetful: Place = { read: () => null, write: () => {} };
    const cookie = new Memory();
    new SessionKeeper([forgetful, cookie]).keep(ada);

    expect(new SessionKeeper([forgetful, cookie]).session).toEqual(ada);
  });

  test('lasts as long as the page when nothing can be written', () => {
    const keeper = new SessionKeeper([blocked, blocked]);
    keeper.keep(ada);

    expect(keeper.settle()).toEqual(ada);
    expect(new SessionKeeper([blocked]).session).toBeNull();
  });

  test('whose storage was emptied is written again from memory', () => {
    const storage = new Memory();
    const keeper = new SessionKeeper([storage]);
    keeper.keep(ada);
    storage.text = null;

    expect(keeper.settle()).toEqual(ada);
    expect(new SessionKeeper([storage]).session).toEqual(ada);
  });

  test('that another tab ended is ended here, and the memory does not bring it back', () => {
    const storage = new Memory();
    const here = new SessionKeeper([storage]);
    here.keep(ada);
    new SessionKeeper([storage]).keep(null);

    expect(here.settle()).toBeNull();
    expect(new SessionKeeper([storage]).session).toBeNull();
  });

  test('of another tab is taken over', () => {
    const storage = new Memory();
    const here = new SessionKeeper([storage]);
    here.keep(ada);
    new SessionKeeper([storage]).keep(bob);

    expect(here.settle()).toEqual(bob);
  });

  test('that was ended does not come back from an older copy in the cookie', () => {
    const cookie = new Memory();
    new SessionKeeper([blocked, cookie]).keep(ada);
    const storage = new Memory();
    new SessionKeeper([storage, cookie]).keep(null);

    expect(new SessionKeeper([storage, cookie]).session).toBeNull();
  });

  test.each([
    '{',
    'null',
    '[]',
    '"text"',
    '{"token":1,"userId":"ada"}',
    '{"change":1e99,"token":5}',
    'x'.repeat(5_000),
  ])('that is garbled is none: %.20s', (text) => {
    const storage = new Memory();
    storage.text = text;
    const keeper = new SessionKeeper([storage]);
    expect(keeper.session).toBeNull();

    keeper.keep(bob);
    expect(new SessionKeeper([storage]).session).toEqual(bob);
  });
});

describe('in a browser', () => {
  test('what is remembered is written again before the page may go', () => {
    remember(ada);
    localStorage.clear();
    const stop = keepRemembered(() => {});

    window.dispatchEvent(new Event('pagehide'));
    expect(localStorage.length).toBe(1);
    localStorage.clear();
    document.dispatchEvent(new Event('freeze'));
    expect(localStorage.length).toBe(1);
    expect(recall()).toEqual(ada);
    stop();
  });

  test('what another tab did is told once', () => {
    remember(ada);
    const heard: (Session | null)[] = [];
    const stop = keepRemembered((session) => void heard.push(session));
    const other = new SessionKeeper([
      {
        read: () => localStorage.getItem('napalmsky.session'),
        write: (text) => localStorage.setItem('napalmsky.session', text),
      },
    ]);
    other.keep(null);

    window.dispatchEvent(new StorageEvent('storage', { key: 'napalmsky.session' }));
    window.dispatchEvent(new StorageEvent('storage', { key: 'napalmsky.session' }));
    window.dispatchEvent(new StorageEvent('storage', { key: 'something else' }));
    expect(heard).toEqual([null]);
    forget();
    stop();
  });
});
