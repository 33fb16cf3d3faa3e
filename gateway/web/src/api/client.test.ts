import { beforeEach, describe, expect, it, vi } from 'vitest';
import { session, signIn, signOut, standing } from '../session/session';
import { api, of } from './client';
import { ApiError } from './refusal';

function answers(status: number, body: unknown, headers: Record<string, string> = {}) {
  const network = vi.fn(
    async (_request: Request) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } }),
  );
  vi.stubGlobal('fetch', network);
  return network;
}

const ada = { token: 'secret', userId: 'ada', accountType: 'guest' } as const;

describe('the API client', () => {
  beforeEach(() => {
    signOut();
    signIn(ada);
  });

  it('sends the token of the session', async () => {
    const network = answers(200, { userId: 'ada', name: 'Ada', timerTotal: 0 });

    await of(api.GET('/room/me'));

    expect(network.mock.calls[0]?.[0].headers.get('authorization')).toBe('Bearer secret');
  });

  it('signs out when the session is no longer known', async () => {
    answers(401, { error: 'Invalid or expired session' });

    await expect(of(api.GET('/room/me'))).rejects.toMatchObject({ status: 401 });

    expect(session.get()).toBeNull();
    expect(standing.get().kind).toBe('good');
  });

  it('says that the session was ended elsewhere', async () => {
    answers(401, { error: 'Invalid or expired session', sessionInvalidated: true });

    await expect(of(api.GET('/room/me'))).rejects.toBeInstanceOf(ApiError);

    expect(standing.get().kind).toBe('displaced');
  });

  it('keeps the session of who is banned, for the appeal', async () => {
    answers(403, { error: 'Account suspended', banned: true, message: 'Under review' });

    await expect(of(api.GET('/room/me'))).rejects.toBeInstanceOf(ApiError);

    expect(session.get()).toEqual(ada);
    expect(standing.get()).toEqual({ kind: 'banned', message: 'Under review' });
  });

  it('leaves the session alone when the refusal is about something else', async () => {
    answers(403, { error: 'Admins only' });

    await expect(of(api.GET('/room/me'))).rejects.toBeInstanceOf(ApiError);

    expect(session.get()).toEqual(ada);
    expect(standing.get().kind).toBe('good');
  });

  it('tells when to try again', async () => {
    answers(429, { error: 'Too many requests' }, { 'retry-after': '7' });

    await expect(of(api.GET('/room/me'))).rejects.toMatchObject({ status: 429, retrySeconds: 7 });
  });

  it('tells an unreachable gateway from a refusal', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));

    await expect(of(api.GET('/room/me'))).rejects.toMatchObject({ status: 0 });
  });
});
