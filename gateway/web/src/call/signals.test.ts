import { describe, expect, it } from 'vitest';
import { newName, readCandidate, readDescription } from './signals';
import { readSign } from './signs';
import { readServers } from './servers';
import { readReason, readTerms } from './readTerms';

const nonsense = [undefined, null, 7, 'x', [], {}, { offer: null }, { offer: 'x' }, { candidate: 7 }, { candidate: { candidate: 7 } }];

describe('what a peer sends', () => {
  it.each(nonsense)('is dropped when it is nothing: %j', (payload) => {
    expect(readDescription(payload, 'offer')).toBeNull();
    expect(readCandidate(payload)).toBeNull();
    expect(readSign(payload)).toBeNull();
  });

  it('is dropped when it says it is something else, or is too long', () => {
    expect(readDescription({ offer: { type: 'answer', sdp: 'x' } }, 'offer')).toBeNull();
    expect(readDescription({ offer: { type: 'offer', sdp: 'x'.repeat(100_000) } }, 'offer')).toBeNull();
    expect(readCandidate({ candidate: { candidate: 'x'.repeat(10_000), sdpMid: '0' } })).toBeNull();
    expect(readCandidate({ candidate: { candidate: 'x' } })).toBeNull();
  });

  it('is taken from clients that name neither page nor offer', () => {
    expect(readDescription({ offer: { type: 'offer', sdp: 'v=0' }, from: 'x' }, 'offer')).toEqual({
      type: 'offer',
      sdp: 'v=0',
      page: null,
      to: null,
      offerId: null,
    });
    expect(readCandidate({ candidate: { candidate: 'c', sdpMid: null, sdpMLineIndex: 1, usernameFragment: 'u' } })).toEqual({
      candidate: { candidate: 'c', sdpMid: null, sdpMLineIndex: 1, usernameFragment: 'u' },
      page: null,
      to: null,
    });
  });

  it('keeps the names of pages in bounds', () => {
    const read = readDescription({ offer: { type: 'offer', sdp: 'v=0', page: 'p'.repeat(100), to: 7 } }, 'offer');
    expect(read?.page).toBeNull();
    expect(read?.to).toBeNull();
  });

  it('has names that differ', () => {
    expect(newName()).toMatch(/^[0-9a-f]{16}$/);
    expect(newName()).not.toBe(newName());
  });
});

describe('signs', () => {
  it.each([
    ['{"sign":"typing","more":1}', { sign: 'typing' }],
    ['{"sign":"reaction","reaction":"🔥"}', { sign: 'reaction', reaction: '🔥' }],
    ['{"sign":"shows","camera":false,"microphone":true}', { sign: 'shows', camera: false, microphone: true }],
    ['{"sign":"reaction","reaction":"<img src=x>"}', null],
    ['{"sign":"shows","camera":1,"microphone":true}', null],
    ['{"sign":"other"}', null],
    ['[1]', null],
    ['{', null],
    ['"typing"', null],
    [`{"sign":"typing","x":"${'x'.repeat(1000)}"}`, null],
  ])('%s', (data, sign) => {
    expect(readSign(data)).toEqual(sign);
  });
});

describe('what the gateway says', () => {
  const call = { agreedSeconds: 120, isInitiator: true, peerUser: { userId: 'u', name: 'n' } };

  it('has terms without times before talk has begun', () => {
    expect(readTerms({ ok: true, call })).toEqual({
      agreedSeconds: 120,
      isInitiator: true,
      peer: { userId: 'u', name: 'n' },
      talkBeganAt: null,
      endsAt: null,
    });
    expect(readTerms({ ok: true, call: { ...call, talkBeganAt: 1, endsAt: 2 } })?.endsAt).toBe(2);
  });

  it('has none of a call that is over', () => {
    expect(readTerms({ ok: true })).toBeNull();
    expect(readTerms({ ok: true, call: { agreedSeconds: 'x' } })).toBeNull();
  });

  it('may have reasons that are not known here', () => {
    expect(readReason('peer_lost')).toBe('peer_lost');
    expect(readReason('rain')).toBe('left');
    expect(readReason(undefined)).toBe('left');
  });

  it('may name servers that a browser would refuse', () => {
    const servers = readServers({
      expiresAt: 5,
      iceServers: [
        { urls: ['stun:a', 'turn:b'] },
        { urls: 'turn:c' },
        { urls: ['turn:d'], username: 'u', credential: 'c' },
        {},
      ],
    });
    expect(servers.configuration.iceServers).toEqual([
      { urls: ['stun:a'] },
      { urls: ['turn:d'], username: 'u', credential: 'c' },
    ]);
    expect(servers.expiresAt).toBe(5);
  });
});
