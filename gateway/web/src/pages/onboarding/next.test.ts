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

it('a link of introduction leads to whoever it is about', () => {
  expect(nextOf(new URLSearchParams({ ref: 'A&B' }))).toBe('/home?ref=A%26B');
  expect(nextOf(new URLSearchParams({ ref: 'A', next: '/profile' }))).toBe('/profile');
});
