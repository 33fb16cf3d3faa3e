import { describe, expect, it } from 'vitest';
import { type Chat, type ChatEvent, emptyChat, LONGEST_LINE, readSocials, reduceChat } from './chat';

const ME = 'me-id';

function after(...events: readonly ChatEvent[]): Chat {
  return events.reduce(reduceChat, emptyChat);
}

function said(payload: unknown): ChatEvent {
  return { type: 'said', payload, me: ME };
}

describe('chat', () => {
  it('counts what was not read, and nothing of its own', () => {
    const chat = after(
      said({ from: 'peer-id', text: 'hello', timestamp: 1, type: 'message' }),
      said({ from: ME, text: 'hi', timestamp: 2, type: 'message' }),
      said({ from: 'system', text: 'one minute', timestamp: 3, type: 'message' }),
    );

    expect(chat.lines.map((one) => [one.from, one.text])).toEqual([
      ['peer', 'hello'],
      ['me', 'hi'],
      ['system', 'one minute'],
    ]);
    expect(chat.unread).toBe(2);
    expect(reduceChat(chat, { type: 'opened' }).unread).toBe(0);
  });

  it('counts nothing while it is open', () => {
    expect(after({ type: 'opened' }, said({ from: 'peer-id', text: 'hello', timestamp: 1 })).unread).toBe(0);
  });

  it.each([
    undefined,
    null,
    7,
    'text',
    [],
    {},
    { from: 'peer-id' },
    { from: 'peer-id', text: 7 },
    { from: 'peer-id', text: {} },
    { from: 'peer-id', text: '  \n ' },
  ])('drops what is no line: %j', (payload) => {
    expect(after(said(payload))).toBe(emptyChat);
  });

  it('cuts 600 emoji between two of them', () => {
    const chat = after(said({ from: 'peer-id', text: '😀'.repeat(600), timestamp: 1 }));

    expect(chat.lines[0]?.text).toBe('😀'.repeat(LONGEST_LINE));
  });

  it('shows a line without a good time', () => {
    expect(after(said({ from: 'peer-id', text: 'x', timestamp: 'noon' })).lines[0]?.at).toBe(0);
  });

  it('stays bounded however much is said', () => {
    const events = Array.from({ length: 1000 }, (_, at) => said({ from: 'peer-id', text: String(at), timestamp: at }));
    const chat = after(...events);

    expect(chat.lines).toHaveLength(400);
    expect(chat.lines.at(-1)?.text).toBe('999');
    expect(new Set(chat.lines.map((one) => one.key)).size).toBe(400);
  });

  it('stops showing that somebody types when his line is there', () => {
    const typing = after({ type: 'typing', now: 1000 });
    expect(typing.typingUntil).toBeGreaterThan(1000);
    expect(reduceChat(typing, said({ from: 'peer-id', text: 'x', timestamp: 1 })).typingUntil).toBe(0);
  });

  it('shows of what was shared only names of known networks', () => {
    const chat = after({
      type: 'shared',
      me: ME,
      payload: { from: 'peer-id', timestamp: 1, socials: { instagram: ' ada ', discord: 7, bank: 'x', tiktok: {} } },
    });

    expect(chat.lines[0]?.socials).toEqual({ instagram: 'ada' });
    expect(readSocials({ bank: 'x' })).toBeNull();
    expect(readSocials('x')).toBeNull();
  });
});
