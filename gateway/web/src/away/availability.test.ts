import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Availability, LOOKED_AWAY_MS, SAID_AGAIN_MS } from './availability';

let said: string[];
let availability: Availability;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  const say = (word: string) => () => void said.push(word);
  availability = new Availability(
    { enter: say('enter'), leave: say('leave'), hide: say('hide'), withdraw: say('withdraw') },
    say('back'),
  );
});

afterEach(() => {
  vi.useRealTimers();
});

/** What was said since this was asked last. */
function heard(): string[] {
  return said.splice(0);
}

function inTheLobby(): void {
  availability.connected();
  availability.want(true);
  vi.advanceTimersByTime(SAID_AGAIN_MS);
  heard();
}

describe('the lobby', () => {
  test('is entered by a page that wants it, once there is a connection, and said twice', () => {
    availability.want(true);
    expect(heard()).toEqual([]);

    availability.connected();
    expect(heard()).toEqual(['enter']);
    vi.advanceTimersByTime(SAID_AGAIN_MS);
    expect(heard()).toEqual(['enter']);
    vi.advanceTimersByTime(60_000);
    expect(heard()).toEqual([]);
  });

  test('is left by a page that shows something else', () => {
    inTheLobby();

    availability.want(false);
    expect(heard()).toEqual(['leave']);
  });

  test('is entered again after each reconnect', () => {
    inTheLobby();

    availability.disconnected();
    availability.connected();
    expect(heard()).toEqual(['enter']);
  });

  test('left while there was no connection: it is left as soon as there is one', () => {
    inTheLobby();
    availability.disconnected();
    availability.want(false);
    expect(heard()).toEqual([]);

    availability.connected();
    expect(heard()).toEqual(['leave']);
    availability.connected();
    expect(heard()).toEqual([]);
  });

  test('a page that does not want it says nothing, hidden or not', () => {
    availability.connected();
    availability.hidden(true);
    availability.hidden(false);
    availability.stopped();

    expect(heard()).toEqual([]);
  });
});

describe('a hidden page', () => {
  test('is out of the lobby without any delay, and back at once', () => {
    inTheLobby();

    availability.hidden(true);
    expect(heard()).toEqual(['hide']);
    availability.hidden(false);
    expect(heard()).toEqual(['enter', 'back']);
  });

  test('does not enter when its connection comes back, but says again that it is hidden', () => {
    inTheLobby();
    availability.hidden(true);
    availability.disconnected();
    heard();

    availability.connected();
    expect(heard()).toEqual(['hide']);
    availability.hidden(false);
    expect(heard()).toEqual(['enter', 'back']);
  });

  test('hidden before there was a connection: it hides as soon as there is one', () => {
    availability.want(true);
    availability.hidden(true);

    availability.connected();
    expect(heard()).toEqual(['hide']);
  });

  test('in a call nothing is said', () => {
    inTheLobby();
    availability.inCall(true);
    heard();

    availability.hidden(true);
    availability.stopped();
    availability.hidden(false);
    expect(heard()).toEqual([]);
  });

  test('after the call the page is in the lobby again if it wants to be', () => {
    inTheLobby();
    availability.inCall(true);

    availability.inCall(false);
    expect(heard()).toEqual(['enter']);
  });

  test('while the browser asks something nothing is said; afterwards what holds then', () => {
    inTheLobby();
    const over = availability.prompting();
    availability.hidden(true);
    availability.hidden(false);
    availability.hidden(true);
    expect(heard()).toEqual([]);

    over();
    over();
    expect(heard()).toEqual(['hide']);
  });

  test('two questions at once: the second one still counts when the first is answered', () => {
    inTheLobby();
    const first = availability.prompting();
    const second = availability.prompting();
    availability.hidden(true);

    first();
    expect(heard()).toEqual([]);
    second();
    expect(heard()).toEqual(['hide']);
  });

  test('a page that is frozen, kept or closed is hidden at once', () => {
    inTheLobby();

    availability.stopped();
    expect(heard()).toEqual(['hide']);
    availability.hidden(false);
    expect(heard()).toEqual(['enter', 'back']);
  });
});

describe('an invite that waits', () => {
  beforeEach(() => {
    inTheLobby();
    availability.waiting(true);
  });

  test('outlives a glance away: the lobby is left, the invite stands', () => {
    availability.hidden(true);
    expect(heard()).toEqual(['leave']);

    vi.advanceTimersByTime(LOOKED_AWAY_MS - 1);
    availability.hidden(false);
    expect(heard()).toEqual(['enter', 'back']);
    vi.advanceTimersByTime(60_000);
    expect(heard()).toEqual(['enter']);
  });

  test('is taken back after three seconds', () => {
    availability.hidden(true);
    heard();

    vi.advanceTimersByTime(LOOKED_AWAY_MS);
    expect(heard()).toEqual(['withdraw', 'hide']);
    availability.hidden(false);
    expect(heard()).toEqual(['enter', 'back']);
  });

  test('ends meanwhile: the page hides, and nothing is taken back', () => {
    availability.hidden(true);
    heard();

    availability.waiting(false);
    expect(heard()).toEqual(['hide']);
    vi.advanceTimersByTime(60_000);
    expect(heard()).toEqual([]);
  });

  test('is answered meanwhile: the call goes on', () => {
    availability.hidden(true);
    heard();

    availability.inCall(true);
    availability.waiting(false);
    vi.advanceTimersByTime(60_000);
    expect(heard()).toEqual([]);
  });

  test('is taken back at once when the page is frozen or closed', () => {
    availability.stopped();

    expect(heard()).toEqual(['leave', 'withdraw', 'hide']);
  });
});
