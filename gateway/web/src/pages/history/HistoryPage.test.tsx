import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { gateway, refused, show } from '../../testing/gateway';
import HistoryPage from './HistoryPage';

const PART = 20;
/** Calls with people called P1, P2 … of whom the first is the newest. */
const talks = Array.from({ length: PART + 3 }, (_, index) => ({
  sessionId: `s${index + 1}`,
  roomId: `r${index + 1}`,
  partnerId: `p${index + 1}`,
  partnerName: `P${index + 1}`,
  startedAt: 1_700_000_000_000 - index * 1_000,
  duration: 61,
  messages: index === 0 ? [{ from: 'me', timestamp: 1, type: 'message', text: 'See you at the lake' }] : [],
}));

function opened(answers: Parameters<typeof gateway>[0] = {}) {
  let left = talks;
  const asked = gateway({
    'GET /room/history': ({ url }) => {
      const before = Number(url.searchParams.get('before') ?? Infinity);
      return { history: left.filter(({ startedAt }) => startedAt < before).slice(0, PART) };
    },
    'DELETE /room/history/r2': () => {
      left = left.filter(({ roomId }) => roomId !== 'r2');
      return { success: true, deleted: 1 };
    },
    'DELETE /room/history': () => {
      left = [];
      return { success: true, deleted: talks.length };
    },
    ...answers,
  });
  show(<HistoryPage />);
  return asked;
}

it('shows older calls when asked to, until there are no more', async () => {
  opened();
  expect(await screen.findByRole('heading', { name: 'P20' })).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'P21' })).not.toBeInTheDocument();

  await userEvent.click(screen.getByRole('button', { name: 'Show older calls' }));

  expect(await screen.findByRole('heading', { name: 'P23' })).toBeVisible();
  expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(PART + 3);
  expect(screen.queryByRole('button', { name: 'Show older calls' })).not.toBeInTheDocument();
});

it('keeps what is shown when older calls do not come', async () => {
  let fails = false;
  opened({
    'GET /room/history': () => (fails ? refused(503) : { history: talks.slice(0, PART) }),
  });
  await screen.findByRole('heading', { name: 'P1' });

  fails = true;
  await userEvent.click(screen.getByRole('button', { name: 'Show older calls' }));

  expect(await screen.findByRole('alert')).toHaveTextContent('The server is busy');
  expect(screen.getByRole('heading', { name: 'P1' })).toBeVisible();
});

it('finds a call by what was said, and says that it has not looked at all of them', async () => {
  opened();

  await userEvent.type(await screen.findByRole('searchbox'), 'LAKE');

  expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(1);
  expect(screen.getByText(/1 call fits. Older calls have not been loaded yet./)).toBeVisible();
});

it('deletes one call after asking, and goes on from where it was', async () => {
  const asked = opened();

  await userEvent.click(await screen.findByRole('button', { name: /^Delete the call with .*P2.,/ }));
  const dialog = screen.getByRole('dialog');
  expect(dialog).toHaveTextContent('The other person keeps their own view');
  expect(asked).toHaveLength(1);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));

  await waitFor(() => expect(screen.queryByRole('heading', { name: 'P2' })).not.toBeInTheDocument());
  await userEvent.click(screen.getByRole('button', { name: 'Show older calls' }));
  expect(await screen.findByRole('heading', { name: 'P21' })).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'P2' })).not.toBeInTheDocument();
});

it('deletes nothing when the question is put away, or the gateway refuses', async () => {
  const asked = opened({ 'DELETE /room/history': () => refused(503) });

  await userEvent.click(await screen.findByRole('button', { name: 'Delete all calls' }));
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(asked).toHaveLength(1);

  await userEvent.click(screen.getByRole('button', { name: 'Delete all calls' }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  expect(await screen.findByRole('alert')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'P1' })).toBeVisible();
});

it('deletes all calls', async () => {
  opened();

  await userEvent.click(await screen.findByRole('button', { name: 'Delete all calls' }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));

  expect(await screen.findByText(/You have not talked to anybody yet/)).toBeVisible();
  expect(screen.queryByRole('heading', { level: 2 })).not.toBeInTheDocument();
});
