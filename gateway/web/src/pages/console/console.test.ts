import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { of } from '../../api/client';
import { session, signIn } from '../../session/session';
import { admin, ended, enter, leave } from './admin';
import { actions, detailsOf, toPerson } from './audit';
import { desk } from './client';
import { daysOf, inDays } from './days';
import { nextOf } from './next';

const root = { token: 'of the door', username: 'root', door: true } as const;
const ID = '1b4e28ba-2fa1-4d2f-883f-0016d3cca427';

function answers(status: number, body: unknown) {
  const network = vi.fn(async (_request: Request) =>
    Response.json(body, { status }),
  );
  vi.stubGlobal('fetch', network);
  return network;
}

async function kept() {
  vi.resetModules();
  return (await import('./admin')).admin.get();
}

describe('the session of an admin', () => {
  beforeEach(() => leave());

  it('is there after a reload of this tab, and to be verified', async () => {
    enter(root);

    expect(await kept()).toEqual({ ...root, verified: false });
  });

  it('that is the user’s own is not kept beside the one he has', async () => {
    enter({ ...root, door: false });

    expect(await kept()).toBeNull();
  });

  it('is asked with, and the user’s own is not', async () => {
    signIn({ token: 'of the user', userId: 'ada', accountType: 'permanent' });
    enter(root);
    const network = answers(200, { entries: [], next: null });

    await of(desk.GET('/admin/audit'));

    expect(network.mock.calls[0]?.[0].headers.get('authorization')).toBe('Bearer of the door');
  });

  it('is over when the gateway does not know it, and the user’s own goes on', async () => {
    signIn({ token: 'of the user', userId: 'ada', accountType: 'permanent' });
    enter(root);
    answers(401, { error: 'Invalid or expired session' });

    await expect(of(desk.GET('/admin/audit'))).rejects.toMatchObject({ status: 401 });

    expect(admin.get()).toBeNull();
    expect(ended.get()).toBe(true);
    expect(await kept()).toBeNull();
    expect(session.get()?.token).toBe('of the user');
  });

  it('stands when something else is refused', async () => {
    enter(root);
    answers(403, { error: 'This is for admins only' });

    await expect(of(desk.GET('/admin/audit'))).rejects.toMatchObject({ status: 403 });

    expect(admin.get()?.token).toBe(root.token);
  });
});

describe('the way back after the door', () => {
  it.each([
    ['/console/users?query=ada', '/console/users?query=ada'],
    ['/home', '/console/live'],
    ['/console-login', '/console/live'],
    ['//elsewhere.example/console/', '/console/live'],
    ['/console/\\elsewhere', '/console/live'],
    [null, '/console/live'],
  ])('from %s leads to %s', (next, to) => {
    expect(nextOf(new URLSearchParams(next === null ? {} : { next }))).toBe(to);
  });
});

describe('a number of days', () => {
  it.each([
    ['7', 7],
    [' 30 ', 30],
    ['0', undefined],
    ['31', undefined],
    ['1.5', undefined],
    ['', undefined],
    ['a week', undefined],
  ])('"%s" is %s', (typed, days) => {
    expect(daysOf(typed, 30)).toBe(days);
  });

  it('is never more than was meant', () => {
    expect(inDays(30)).toBeLessThan(Date.now() + 30 * 86_400_000);
  });
});

describe('the audit log', () => {
  it('knows each action of its contract', () => {
    const page = readFileSync('../../docs/contracts/admin.md', 'utf8');
    const named = [...page.matchAll(/^\| `([a-z-]+\.[a-z-]+)` \|/gm)].map(([, action]) => action);

    expect([...actions].sort()).toEqual(named.sort());
  });

  it('leads to people, and to nothing else that has an id', () => {
    expect(toPerson('ban.lifted', ID)).toBe(true);
    expect(toPerson('call.ended', ID)).toBe(false);
    expect(toPerson('admin.refused', 'GET /admin/users/{userId}')).toBe(false);
    expect(toPerson('admin.log-in-refused', null)).toBe(false);
  });

  it('shows moments as moments, all else as it is, and nothing of what is empty', () => {
    const details = { until: '1970-01-01T00:00:01Z', reason: '1000', label: '' };

    expect(detailsOf(details, (millis) => `at ${millis}`)).toEqual([
      ['until', 'at 1000'],
      ['reason', '1000'],
    ]);
  });
});
