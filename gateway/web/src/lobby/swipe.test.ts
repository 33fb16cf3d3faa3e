import { expect, test } from 'vitest';
import { swipeOf } from './swipe';

const from = { x: 100, y: 400 };

test('a swipe up is the next person, a swipe down the one before', () => {
  expect(swipeOf(from, { x: 110, y: 300 })).toBe(1);
  expect(swipeOf(from, { x: 90, y: 500 })).toBe(-1);
});

test('a tap, a short one, and one across are none', () => {
  expect(swipeOf(from, { x: 100, y: 400 })).toBeNull();
  expect(swipeOf(from, { x: 100, y: 330 })).toBeNull();
  expect(swipeOf(from, { x: 200, y: 250 })).toBeNull();
});
