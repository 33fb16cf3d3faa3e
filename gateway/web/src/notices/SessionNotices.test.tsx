import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import LoginPage from '../pages/login/LoginPage';
import { banned, displaced, session, signOut, standing } from '../session/session';
import { connection } from '../socket/connection';
import { gateway, refused, show } from '../testing/gateway';
import { SessionNotices } from './SessionNotices';

const record = {
  userId: 'me',
  userName: 'Ada',
  banStatus: 'temporary',
  bannedAt: 1_700_000_000_000,
  bannedReason: 'Reported by several people',
  reportCount: 4,
  reviewStatus: 'pending',
};
const ban = (more = {}) => ({ isBanned: true, banStatus: 'temporary', banRecord: { ...record, ...more } });

function suspended(answers: Parameters<typeof gateway>[0], options = {}): string[] {
  const asked = gateway(answers);
  show(<SessionNotices />, options);
  act(() => banned('Account suspended'));
  return asked;
}

beforeEach(() => {
  vi.spyOn(connection, 'open').mockResolvedValue(undefined);
});

describe('a suspended account', () => {
  it('is told why and how long, and appeals once', async () => {
    const texts: unknown[] = [];
    let appealed = {};
    suspended({
      'GET /report/check-ban': () => ban(appealed),
      'POST /report/appeal': ({ body }) => {
        texts.push(body);
        appealed = { appeal: 'It was not me', appealedAt: 1_700_000_100_000 };
        return { success: true, message: 'ok' };
      },
    });

    expect(await screen.findByText('Reported by several people')).toBeVisible();
    expect(screen.getByText(/until one of us has looked/)).toBeVisible();
    expect(screen.getByText(/4 reports/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Send the appeal' }));
    expect(screen.getByText('Write something first.')).toBeVisible();
    await userEvent.type(screen.getByLabelText('Your side of it'), ' It was not me ');
    await userEvent.click(screen.getByRole('button', { name: 'Send the appeal' }));

    expect(await screen.findByText(/^You appealed on/)).toBeVisible();
    expect(screen.queryByLabelText('Your side of it')).not.toBeInTheDocument();
    expect(texts).toEqual([{ text: 'It was not me' }]);
  });

  it('keeps what was written when it could not be sent', async () => {
    suspended({ 'GET /report/check-ban': () => ban(), 'POST /report/appeal': () => refused(503) });

    await userEvent.type(await screen.findByLabelText('Your side of it'), 'Sorry');
    await userEvent.click(screen.getByRole('button', { name: 'Send the appeal' }));

    expect(await screen.findByText(/The server is busy/)).toBeVisible();
    expect(screen.getByLabelText('Your side of it')).toHaveValue('Sorry');
  });

  it('is told of a ban for good, and of what was said about the decision', async () => {
    const decided = { banStatus: 'permanent', reviewStatus: 'reviewed_ban', reviewedAt: 1, reviewReason: 'Seen on video' };
    suspended({ 'GET /report/check-ban': () => ban(decided) });

    expect(await screen.findByText('It is suspended for good.')).toBeVisible();
    expect(screen.getByText('Seen on video')).toBeVisible();
  });

  it('goes on when the suspension has ended', async () => {
    let isBanned = true;
    suspended({ 'GET /report/check-ban': () => ({ ...ban(), isBanned }) });
    await screen.findByText('Reported by several people');

    isBanned = false;
    await userEvent.click(screen.getByRole('button', { name: 'Look again' }));

    expect(await screen.findByText('Your account is not suspended any more.')).toBeVisible();
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    expect(connection.open).toHaveBeenCalledWith('secret');
    expect(session.get()).not.toBeNull();
  });

  it('may read the rules, and a guest is warned before he logs out', async () => {
    suspended({ 'GET /report/check-ban': () => ban() }, { path: '/legal/community' });
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();

    act(() => standing.set({ kind: 'good' }));
    suspended({ 'GET /report/check-ban': () => ban() }, { path: '/home' });
    expect(await screen.findByText(/cannot come back to it and cannot appeal/)).toBeVisible();

    await userEvent.click(screen.getByRole('button', { name: 'Log out' }));
    expect(session.get()).toBeNull();
  });

  it('that is logged out appeals with address and password', async () => {
    const sent: unknown[] = [];
    gateway({
      'POST /auth/login': () => refused(403, { error: 'Account suspended', banned: true, banStatus: 'permanent', message: 'no' }),
      'POST /auth/appeal': ({ body }) => {
        sent.push(body);
        return { success: true, message: 'ok' };
      },
    });
    show(<LoginPage />, { path: '/login' });
    act(() => signOut());

    await userEvent.type(screen.getByLabelText('E-mail address'), 'ada@example.org');
    await userEvent.type(screen.getByLabelText('Password'), 'a password{Enter}');
    await userEvent.type(await screen.findByLabelText('Your side of it'), 'Please look again');
    await userEvent.click(screen.getByRole('button', { name: 'Send the appeal' }));

    expect(await screen.findByText(/Your appeal has been sent/)).toBeVisible();
    expect(sent).toEqual([{ email: 'ada@example.org', password: 'a password', text: 'Please look again' }]);
  });
});

it('somebody who was logged in elsewhere is told so, and may log in here', async () => {
  gateway({});
  show(<SessionNotices />);
  act(() => displaced());

  expect(await screen.findByRole('alertdialog', { name: 'You are logged in elsewhere' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Log in here' }));

  await waitFor(() => expect(screen.getByLabelText('address')).toHaveTextContent('/login'));
  expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
});
