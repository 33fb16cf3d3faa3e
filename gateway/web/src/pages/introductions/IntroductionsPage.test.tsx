import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { lobby } from '../../away/here';
import { gateway, show } from '../../testing/gateway';
import IntroductionsPage from './IntroductionsPage';

const bob = {
  userId: 'b',
  name: 'Bob',
  gender: 'male',
  introducedBy: 'Ada',
  timestamp: 1_700_000_000_000,
  isOnline: true,
  isAvailable: true,
};
const cem = { ...bob, userId: 'c', name: 'Cem', isAvailable: false };
const note = { id: 'n', forUserId: 'me', referredUserId: 'b', referredName: 'Bob', introducedBy: 'a', introducedByName: 'Ada' };
const link = {
  referralCode: 'ABCDEF1234',
  targetUserId: 'z',
  targetUserName: 'Zoe',
  introducedBy: 'Me',
  madeByMe: true,
  createdAt: 1,
  expiresAt: 1_800_000_000_000,
};

function opened(answers = {}) {
  const asked = gateway({
    'GET /referral/my-introductions': () => ({ introductions: [bob, cem], count: 2 }),
    'GET /referral/notifications': () => ({
      notifications: [{ ...note, timestamp: 1, read: false }],
      unreadCount: 1,
    }),
    'PUT /referral/notifications/n/read': () => ({ success: true }),
    'GET /referral/links': () => ({ links: [link, { ...link, referralCode: 'TOME567890', madeByMe: false, introducedBy: 'Eve' }], count: 2 }),
    ...answers,
  });
  show(<IntroductionsPage />);
  return asked;
}

it('marks who is new, and notes that he was seen', async () => {
  const asked = opened();

  expect(await screen.findByText('New')).toBeVisible();
  expect(screen.getAllByText('New')).toHaveLength(1);
  await waitFor(() => expect(asked).toContain('PUT /referral/notifications/n/read'));
});

it('leads to somebody who is free, and offers that of nobody else', async () => {
  opened();

  await userEvent.click(await screen.findByRole('button', { name: /^Meet .*Bob/ }));

  expect(screen.queryByRole('button', { name: /^Meet .*Cem/ })).not.toBeInTheDocument();
  expect(lobby.reel.get().front).toBe('b');
  expect(screen.getByLabelText('address')).toHaveTextContent('/reel');
});

it('removes somebody only after asking', async () => {
  const asked = opened({ 'DELETE /referral/introductions/c': () => ({ success: true }) });

  await userEvent.click(await screen.findByRole('button', { name: /^Remove .*Cem/ }));
  expect(asked.some((one) => one.startsWith('DELETE'))).toBe(false);
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));

  await waitFor(() => expect(screen.queryByText('Cem')).not.toBeInTheDocument());
  expect(screen.getByText('Bob')).toBeVisible();
});

it('shows a link to be shared, and ends links of both kinds', async () => {
  const asked = opened({
    'DELETE /referral/links/ABCDEF1234': () => ({ success: true }),
    'DELETE /referral/links/TOME567890': () => ({ success: true }),
  });

  await userEvent.click((await screen.findAllByRole('button', { name: 'Show the link' }))[0]!);
  expect(screen.getByDisplayValue(`${location.origin}/onboarding?ref=ABCDEF1234`)).toBeVisible();

  await userEvent.click(screen.getByRole('button', { name: /the link to .*Zoe/ }));
  await userEvent.click(screen.getByRole('button', { name: /the link to you by .*Eve/ }));

  expect(await screen.findByText('There are no links that lead anywhere.')).toBeVisible();
  expect(asked.filter((one) => one.startsWith('DELETE'))).toHaveLength(2);
});

it('follows a code that was typed in', async () => {
  opened({
    'POST /referral/direct-match': ({ body }: { body: unknown }) => ({
      success: true,
      targetUser: { ...cem, name: (body as { referralCode: string }).referralCode },
      canCall: false,
    }),
  });

  await userEvent.type(screen.getByLabelText('Introduction code'), 'abc{Enter}');

  expect(await screen.findByText(/ABC.* is not here right now/)).toBeVisible();
});
