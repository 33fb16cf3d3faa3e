import { expect, test } from 'vitest';
import { isLarge, LINGERS_MS, NEW_BANNER, reduceBanner, type BannerEvent, type BannerSize } from './bannerSize';

function after(events: readonly BannerEvent[], from: BannerSize = NEW_BANNER): BannerSize {
  return events.reduce(reduceBanner, from);
}

test('it is large when it appears, and small a moment later', () => {
  const size = after([{ type: 'appeared', now: 0 }]);

  expect(isLarge(size, 0)).toBe(true);
  expect(isLarge(size, LINGERS_MS)).toBe(false);
});

test('it is large while the pointer or the focus is at the card', () => {
  for (const type of ['hovered', 'focused'] as const) {
    const size = after([{ type, on: true }]);
    expect(isLarge(size, 9e9)).toBe(true);
    expect(isLarge(after([{ type, on: false }], size), 9e9)).toBe(false);
  }
});

test('a touch makes it large for a moment', () => {
  const size = after([{ type: 'touched', now: 5_000 }]);

  expect(isLarge(size, 5_999)).toBe(true);
  expect(isLarge(size, 6_000)).toBe(false);
});

test('made small by hand it stays small under the pointer, and large without it', () => {
  const small = after([
    { type: 'hovered', on: true },
    { type: 'pressed', now: 0 },
    { type: 'touched', now: 10 },
  ]);
  expect(isLarge(small, 20)).toBe(false);

  const large = after([{ type: 'pressed', now: 30 }, { type: 'hovered', on: false }], small);
  expect(isLarge(large, 9e9)).toBe(true);
});

test('the next status begins anew', () => {
  const small = after([
    { type: 'hovered', on: true },
    { type: 'pressed', now: 0 },
  ]);

  expect(isLarge(after([{ type: 'appeared', now: 50 }], small), 50)).toBe(true);
});
