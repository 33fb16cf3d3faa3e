import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { gateway, refused, show } from '../../testing/gateway';
import BlockedPage from './BlockedPage';

const entry = (userId: string, name: string) => ({ userId, name, gender: 'unspecified', blockedAt: 1_700_000_000_000 });

it('frees somebody, and blocks him again after a slip of the finger', async () => {
  const asked = gateway({
    'GET /user/blocks': () => ({ blocks: [entry('b', 'Bob')], count: 1, next: null }),
    'DELETE /user/blocks/b': () => ({ success: true, found: true }),
    'POST /user/blocks': () => ({ success: true, userId: 'b', callEnded: false }),
  });
  show(<BlockedPage />);

  await userEvent.click(await screen.findByRole('button', { name: /^Unblock .*Bob/ }));
  expect(await screen.findByText('You can see each other again.')).toBeVisible();

  await userEvent.click(screen.getByRole('button', { name: /^Block again: .*Bob/ }));
  expect(await screen.findByText(/^Blocked on/)).toBeVisible();
  expect(asked.slice(1)).toEqual(['DELETE /user/blocks/b', 'POST /user/blocks']);
});

it('keeps somebody blocked when that did not work, and says so', async () => {
  gateway({
    'GET /user/blocks': () => ({ blocks: [entry('b', 'Bob')], count: 1, next: null }),
    'DELETE /user/blocks/b': () => refused(503),
  });
  show(<BlockedPage />);

  await userEvent.click(await screen.findByRole('button', { name: /^Unblock/ }));

  expect(await screen.findByRole('alert')).toHaveTextContent('The server is busy');
  expect(screen.getByText(/^Blocked on/)).toBeVisible();
});

it('goes on with a long list where it ended', async () => {
  const asked = gateway({
    'GET /user/blocks': ({ url }) =>
      url.searchParams.get('before') === 'x,1'
        ? { blocks: [entry('c', 'Cem')], count: 1, next: null }
        : { blocks: [entry('b', 'Bob')], count: 1, next: 'x,1' },
  });
  show(<BlockedPage />);

  await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));

  expect(await screen.findByText('Cem')).toBeVisible();
  expect(screen.getByText('Bob')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
  expect(asked).toHaveLength(2);
});

it('says that there is nobody, and what went wrong with a way to ask again', async () => {
  let fails = true;
  gateway({ 'GET /user/blocks': () => (fails ? refused(503) : { blocks: [], count: 0, next: null }) });
  show(<BlockedPage />);
  expect(await screen.findByRole('alert')).toBeVisible();

  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('You have blocked nobody.')).toBeVisible();
});
