import { expect, it } from 'vitest';
import { nextOf } from './next';

it.each([
  ['/reel?a=b', '/reel?a=b'],
  ['//evil.example/', '/home'],
  ['/\\evil.example/', '/home'],
  ['https://evil.example/', '/home'],
  ['javascript:alert(1)', '/home'],
])('a link to %s leads to %s', (next, where) => {
  expect(nextOf(new URLSearchParams({ next }))).toBe(where);
});
