import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { session, signOut } from '../../session/session';
import { gateway, refused, show } from '../../testing/gateway';
import { AccessCode } from './AccessCode';
import { arrives, leaveToPay, leftToPay } from './payment';
import PaymentReturnPage from './PaymentReturnPage';
import PaywallPage from './PaywallPage';

const CODE = 'ABCD1234EFGH5678';
const status = (paidStatus: string, more = {}) => ({
  paidStatus,
  inviteCodeUsesRemaining: 0,
  myCodeInfo: null,
  qrUnlocked: false,
  successfulSessions: 2,
  ...more,
});

describe('the paywall', () => {
  it('leads to the page that one pays on', async () => {
    const away = vi.spyOn(location, 'assign').mockImplementation(() => undefined);
    gateway({
      'GET /payment/status': () => status('unpaid'),
      'POST /payment/create-checkout': () => ({ checkoutUrl: 'https://pay.example/1', sessionId: 's' }),
    });
    show(<PaywallPage />);

    await userEvent.click(await screen.findByRole('button', { name: 'To the payment' }));

    await waitFor(() => expect(away).toHaveBeenCalledWith('https://pay.example/1'));
    expect(leftToPay()).toBe(true);
  });

  it('tells whoever comes back without paying that nothing was taken, once', async () => {
    leaveToPay();
    gateway({ 'GET /payment/status': () => status('unpaid') });
    show(<PaywallPage />);

    expect(await screen.findByText(/You came back without paying/)).toBeVisible();
    expect(leftToPay()).toBe(false);
  });

  it('says that there are no payments here, and otherwise to come again', async () => {
    let retry = {};
    gateway({
      'GET /payment/status': () => status('unpaid'),
      'POST /payment/create-checkout': () => refused(503, { error: 'away' }, retry),
    });
    show(<PaywallPage />);

    await userEvent.click(await screen.findByRole('button', { name: 'To the payment' }));
    expect(await screen.findByText(/Payments are not set up/)).toBeVisible();

    retry = { 'retry-after': '5' };
    await userEvent.click(screen.getByRole('button', { name: 'To the payment' }));
    expect(await screen.findByText(/The server is busy/)).toBeVisible();
  });

  it('lets somebody in by a code, written as people write it', async () => {
    let paid = 'unpaid';
    const codes: unknown[] = [];
    gateway({
      'GET /payment/status': () => status(paid),
      'POST /payment/apply-code': ({ body }) => {
        codes.push((body as { inviteCode: string }).inviteCode);
        paid = 'qr_grace_period';
        return { success: true, paidStatus: paid, qrUnlocked: false, sessionsNeeded: 4 };
      },
    });
    show(<PaywallPage />);

    await userEvent.type(await screen.findByLabelText('Access code'), 'abcd-1234 efgh-5678{Enter}');

    expect(await screen.findByText(/access on trial/)).toBeVisible();
    expect(codes).toEqual([CODE]);
  });

  it('tries nothing that cannot be a code, and tells how often one may still try', async () => {
    const asked = gateway({
      'GET /payment/status': () => status('unpaid'),
      'POST /payment/apply-code': () => refused(403, { error: 'unknown', attemptsRemaining: 1 }),
    });
    show(<PaywallPage />, { path: `/paywall?code=${CODE}x` });

    await userEvent.click(await screen.findByRole('button', { name: 'Use it' }));
    expect(screen.getByText('An access code has 16 letters and digits.')).toBeVisible();
    expect(asked).toHaveLength(1);

    await userEvent.type(screen.getByLabelText('Access code'), '{Backspace}{Enter}');
    expect(await screen.findByText(/You may try once more/)).toBeVisible();
  });

  it('has nothing to sell to those who have access', async () => {
    gateway({ 'GET /payment/status': () => status('paid') });
    show(<PaywallPage />);

    expect(await screen.findByText('You have access.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'To the payment' })).not.toBeInTheDocument();
  });
});

describe('a payment', () => {
  const answers = (...paid: (boolean | 'fails')[]) => {
    const left = [...paid];
    return async () => {
      const next = left.shift() ?? false;
      if (next === 'fails') throw new Error('no network');
      return next;
    };
  };

  it('is waited for through failures', async () => {
    const pause = vi.fn(async () => undefined);

    expect(await arrives(answers('fails', false, true), pause, 5)).toBe(true);
    expect(pause).toHaveBeenCalledTimes(2);
  });

  it('that does not arrive is not taken for one that has', async () => {
    const pause = vi.fn(async () => undefined);

    expect(await arrives(answers(false, 'fails', false, true), pause, 3)).toBe(false);
    expect(pause).toHaveBeenCalledTimes(2);
  });

  it('that has arrived opens the door and shows the own code', async () => {
    const code = { code: CODE, usesRemaining: 4, maxUses: 4, totalUsed: 0, type: 'user' };
    gateway({ 'GET /payment/status': () => status('paid', { myInviteCode: CODE, myCodeInfo: code }) });
    show(<PaymentReturnPage />);

    expect(await screen.findByText(/Your payment has arrived/)).toBeVisible();
    expect(await screen.findByRole('img')).toHaveAttribute('src', `/payment/qr/${CODE}`);
    expect(screen.getByText('4 of 4 uses are left.')).toBeVisible();
    expect(screen.getByDisplayValue(`${location.origin}/onboarding?inviteCode=${CODE}`)).toBeVisible();
  });

  it('in another browser asks to log in, and comes back', async () => {
    gateway({});
    show(<PaymentReturnPage />, { path: '/payment-success?session_id=x' });
    expect(session.get()).not.toBeNull();
    await waitFor(() => signOut());

    expect(await screen.findByRole('link', { name: 'Log in' })).toHaveAttribute(
      'href',
      '/login?next=%2Fpayment-success%3Fsession_id%3Dx',
    );
  });
});

it('on trial there is no code yet', async () => {
  gateway({ 'GET /payment/status': () => status('qr_grace_period') });
  show(<AccessCode />);

  expect(await screen.findByText(/you have had 2 such calls/)).toBeVisible();
  expect(screen.queryByRole('img')).not.toBeInTheDocument();
});
