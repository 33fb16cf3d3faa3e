import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { gateway, show } from '../../testing/gateway';
import BlacklistPage from './BlacklistPage';

const entry = (userName: string) => ({ userName, bannedAt: 1_700_000_000_000, bannedReason: 'Recorded calls', reportCount: 4 });

it('finds people by name', async () => {
  gateway({
    'GET /report/blacklist': () => ({ blacklist: [entry('Mallory'), entry('Trudy')], count: 2, lastUpdated: 1, next: null }),
  });
  show(<BlacklistPage />);
  expect(await screen.findByText('2 people')).toBeVisible();

  await userEvent.type(screen.getByRole('searchbox'), 'mall');
  expect(screen.getByText('1 person')).toBeVisible();
  expect(screen.queryByText('Trudy')).not.toBeInTheDocument();

  await userEvent.type(screen.getByRole('searchbox'), '?');
  expect(screen.getByText(/Nobody with this name/)).toBeVisible();
});

it('shows a video where the gateway tells of one', async () => {
  gateway({
    'GET /report/blacklist': () => ({
      blacklist: [{ ...entry('Mallory'), userVideo: '/uploads/mallory.webm' }, entry('Trudy')],
      count: 2,
      lastUpdated: 1,
      next: null,
    }),
  });
  show(<BlacklistPage />);
  await screen.findByText('Mallory');

  expect([...document.querySelectorAll('video')].map((video) => video.getAttribute('src'))).toEqual([
    '/uploads/mallory.webm',
  ]);
});
