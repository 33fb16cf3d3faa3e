import { describe, expect, it } from 'vitest';
import { secondsLeft, untilNextSecond, warningBetween } from './countdown';

describe('countdown', () => {
  it('shows whole seconds and 0 only when the time is over', () => {
    expect(secondsLeft(10_000, 0)).toBe(10);
    expect(secondsLeft(10_000, 1)).toBe(10);
    expect(secondsLeft(10_000, 9_001)).toBe(1);
    expect(secondsLeft(10_000, 9_999)).toBe(1);
    expect(secondsLeft(10_000, 10_000)).toBe(0);
    expect(secondsLeft(10_000, 999_999)).toBe(0);
  });

  it('wakes when the shown number changes, and not before', () => {
    for (const now of [0, 1, 499, 999, 1_000]) {
      const later = now + untilNextSecond(10_000, now);
      expect(secondsLeft(10_000, later)).toBeLessThan(secondsLeft(10_000, now));
      expect(secondsLeft(10_000, later)).toBeGreaterThanOrEqual(secondsLeft(10_000, now) - 1);
    }
  });

  it('warns once at each mark', () => {
    const said: unknown[] = [];
    for (let left = 120; left > 0; left -= 1) said.push(warningBetween(left, left - 1, 300));
    expect(said.filter((one) => one !== null)).toEqual([60, 30, 10]);
  });

  it('says the nearest one only after a sleep', () => {
    expect(warningBetween(200, 8, 300)).toBe(10);
    expect(warningBetween(200, 25, 300)).toBe(30);
    expect(warningBetween(200, 0, 300)).toBeNull();
  });

  it('does not warn of what is most of the call', () => {
    expect(warningBetween(61, 60, 60)).toBeNull();
    expect(warningBetween(31, 30, 60)).toBe(30);
  });
});
