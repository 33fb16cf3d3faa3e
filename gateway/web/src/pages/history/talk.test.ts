import { expect, it } from 'vitest';
import { fits } from './talk';

const talk = {
  sessionId: 's',
  roomId: 'r',
  partnerId: 'p',
  partnerName: 'Zoë',
  startedAt: 1,
  duration: 60,
  messages: [
    { from: 'p', timestamp: 2, type: 'message' as const, text: 'See you at the Lake' },
    { from: 'p', timestamp: 3, type: 'social' as const, socials: { discord: 'zoe' } },
  ],
};

it.each([
  ['', true],
  [' zoë ', true],
  ['LAKE', true],
  ['discord', true],
  ['mountain', false],
])('looking for "%s" finds it: %s', (words, found) => {
  expect(fits(talk, words)).toBe(found);
});
