import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { session } from '../../session/session';
import { gateway, refused, show } from '../../testing/gateway';
import SettingsPage from './SettingsPage';

const here = { id: 'a', device: 'This browser', lastActiveAt: 1, ip: '192.0.2.1', current: true };
const there = { id: 'b', device: 'Old phone', lastActiveAt: 1, ip: '192.0.2.2', current: false };

function opened(accountType: 'guest' | 'permanent', answers: Parameters<typeof gateway>[0] = {}): string[] {
  let sessions = [here, there];
  const asked = gateway({
    'GET /payment/status': () => ({ paidStatus: 'unpaid', myCodeInfo: null, successfulSessions: 0 }),
    'GET /user/me/sessions': () => ({ sessions }),
    'DELETE /user/me/sessions/b': () => {
      sessions = [here];
      return { success: true };
    },
    'POST /auth/logout': () => ({ success: true }),
    ...answers,
  });
  show(<SettingsPage />, { accountType });
  return asked;
}

it('ends a session elsewhere', async () => {
  opened('permanent');

  await userEvent.click(await screen.findByRole('button', { name: /^Log out there: .*Old phone/ }));

  await waitFor(() => expect(screen.queryByText('Old phone')).not.toBeInTheDocument());
  expect(screen.getByText('This browser')).toBeVisible();
});

it('warns a guest that there is no way back, and logs him out only then', async () => {
  const asked = opened('guest');

  await userEvent.click(screen.getByRole('button', { name: 'Log out' }));
  expect(asked).not.toContain('POST /auth/logout');
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Log out' }));

  await waitFor(() => expect(session.get()).toBeNull());
});

it('deletes an account with the password it has, and says when that was wrong', async () => {
  const sent: unknown[] = [];
  opened('permanent', {
    'DELETE /user/me': ({ body }) => {
      sent.push(body);
      return (body as { currentPassword: string }).currentPassword === 'right'
        ? { success: true }
        : refused(403, { error: 'The current password is wrong' });
    },
  });

  await userEvent.click(screen.getByRole('button', { name: 'Delete the account' }));
  const dialog = within(screen.getByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('Current password'), 'wrong');
  await userEvent.click(dialog.getByRole('button', { name: 'Delete it for good' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('The current password is wrong');
  expect(session.get()).not.toBeNull();

  await userEvent.clear(dialog.getByLabelText('Current password'));
  await userEvent.type(dialog.getByLabelText('Current password'), 'right');
  await userEvent.click(dialog.getByRole('button', { name: 'Delete it for good' }));
  await waitFor(() => expect(session.get()).toBeNull());
  expect(sent).toHaveLength(2);
});

it('makes a guest permanent', async () => {
  opened('guest', { 'POST /auth/link': () => ({ success: true, accountType: 'permanent' }) });

  await userEvent.type(screen.getByLabelText('E-mail address'), 'ada@example.org');
  await userEvent.type(screen.getByLabelText('Password'), 'a good password{Enter}');

  expect(await screen.findByText('Your account has an e-mail address and a password now.')).toBeVisible();
  expect(session.get()?.accountType).toBe('permanent');
});
