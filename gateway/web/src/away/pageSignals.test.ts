import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchPage } from './pageSignals';

class FakeDocument extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  focused = true;
  hasFocus = () => this.focused;
}

let document: FakeDocument;
let window: EventTarget;
let said: string[];
let stop: () => void;

function watch(losesFocusWhenCovered = false): void {
  stop = watchPage(
    { document, window, losesFocusWhenCovered },
    {
      hidden: (hidden) => void said.push(hidden ? 'hidden' : 'seen'),
      stopped: () => void said.push('stopped'),
      woke: () => void said.push('woke'),
    },
  );
}

function heard(): string[] {
  return said.splice(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  document = new FakeDocument();
  window = new EventTarget();
  said = [];
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('the page', () => {
  test('says how it is at first', () => {
    document.visibilityState = 'hidden';
    watch();

    expect(heard()).toEqual(['hidden']);
  });

  test('is hidden, and is seen again and awake', () => {
    watch();
    heard();

    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(heard()).toEqual(['hidden']);
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(heard()).toEqual(['seen', 'woke']);
  });

  test('is stopped when it is frozen or put away', () => {
    watch();
    heard();

    document.dispatchEvent(new Event('freeze'));
    window.dispatchEvent(new Event('pagehide'));
    expect(heard()).toEqual(['stopped', 'stopped']);
  });

  test('wakes when it is taken out of the memory of pages, not at its first appearance', () => {
    watch();
    heard();

    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
    expect(heard()).toEqual(['seen']);
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(heard()).toEqual(['seen', 'woke']);
  });

  test('wakes when the network is there again', () => {
    watch();
    heard();

    window.dispatchEvent(new Event('online'));
    expect(heard()).toEqual(['woke']);
  });

  test('wakes after a sleep of which the browser says nothing', () => {
    watch();
    heard();

    vi.advanceTimersByTime(60_000);
    expect(heard()).toEqual([]);
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(5_000);
    expect(heard()).toEqual(['woke']);
  });

  test('covered by another program counts as hidden where focus tells, and nowhere else', () => {
    watch(true);
    heard();
    document.focused = false;
    window.dispatchEvent(new Event('blur'));
    expect(heard()).toEqual(['hidden']);
    document.focused = true;
    window.dispatchEvent(new Event('focus'));
    expect(heard()).toEqual(['seen']);
    stop();

    watch(false);
    heard();
    document.focused = false;
    window.dispatchEvent(new Event('blur'));
    expect(heard()).toEqual([]);
  });
});
