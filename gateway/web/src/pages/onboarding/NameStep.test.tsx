import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { session, signOut } from '../../session/session';
import { gateway, refused, show } from '../../testing/gateway';
import { NameStep } from './NameStep';

it('lets whoever came with a code that is not good begin without it', async () => {
  const codes: unknown[] = [];
  gateway({
    'POST /auth/guest': ({ body }) => {
      const { inviteCode } = body as { inviteCode: string | null };
      codes.push(inviteCode);
      return inviteCode === null
        ? { sessionToken: 't', userId: 'ada' }
        : refused(403, { error: 'Invalid invite code', requiresPayment: true });
    },
  });
  show(<NameStep />, { path: '/onboarding?inviteCode=OLD' });
  signOut();

  await userEvent.type(screen.getByLabelText('Your name'), 'Ada');
  await userEvent.click(screen.getByRole('checkbox'));
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Begin without it' }));
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }));

  await waitFor(() => expect(session.get()?.userId).toBe('ada'));
  expect(codes).toEqual(['OLD', null]);
});
