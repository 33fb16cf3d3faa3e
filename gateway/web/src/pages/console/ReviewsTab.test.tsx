import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { language } from '../../i18n/language';
import { enter } from './admin';
import { ReviewsTab } from './ReviewsTab';

const BOB = '1b4e28ba-2fa1-4d2f-883f-0016d3cca427';
const pending = {
  userId: BOB,
  userName: 'Bob',
  banStatus: 'temporary',
  bannedAt: 1_000,
  bannedReason: 'Reported by 4 people',
  reportCount: 4,
  reviewStatus: 'pending',
  appeal: 'It was not me',
  appealedAt: 2_000,
  ipAddresses: ['192.0.2.7'],
  reports: [
    {
      reportId: '2b4e28ba-2fa1-4d2f-883f-0016d3cca427',
      reportedUserId: BOB,
      reportedUserName: 'Bob',
      reporterUserId: '3b4e28ba-2fa1-4d2f-883f-0016d3cca427',
      reporterName: 'Ada',
      reporterIp: null,
      reason: '',
      timestamp: 500,
    },
  ],
};

type Answer = { readonly status: number; readonly body: unknown };

/** A gateway with one open case, which answers decisions as it is told. */
function gateway(...decided: Answer[]) {
  const asked: { url: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'GET') return Response.json({ pending: [pending], count: 1, next: null });
    asked.push({ url: new URL(request.url).pathname, body: await request.json() });
    const { status, body } = decided[asked.length - 1] ?? { status: 200, body: { success: true } };
    return Response.json(body, { status });
  });
  return asked;
}

async function shown() {
  render(
    <MemoryRouter>
      <ReviewsTab />
    </MemoryRouter>,
  );
  await screen.findByRole('link', { name: 'Bob' });
  return userEvent.setup();
}

describe('the queue of reviews', () => {
  beforeEach(() => {
    language.set('en');
    enter({ token: 'of the door', username: 'root', door: true });
  });

  it('shows what was reported and what the banned says to it', async () => {
    gateway();
    await shown();

    expect(screen.getByText('It was not me')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Ada' })).toBeInTheDocument();
    expect(screen.getByText('No reason given')).toBeInTheDocument();
  });

  it('decides only after asking, with the reason, and the case is gone', async () => {
    const asked = gateway();
    const user = await shown();
    await user.click(screen.getByRole('button', { name: 'Ban for good' }));
    const dialog = screen.getByRole('dialog');
    expect(asked).toEqual([]);
    await user.type(within(dialog).getByLabelText('Reason'), ' Was rude ');
    await user.click(within(dialog).getByRole('button', { name: 'Ban for good' }));

    await screen.findByText('No ban waits for a decision.');
    expect(asked).toEqual([{ url: `/report/review/${BOB}`, body: { decision: 'permanent', reason: 'Was rude' } }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('changes nothing when it is cancelled', async () => {
    const asked = gateway();
    const user = await shown();
    await user.click(screen.getByRole('button', { name: 'Lift the ban' }));
    await user.click(screen.getByRole('button', { name: 'Cancel' }));

    expect(asked).toEqual([]);
    expect(screen.getByRole('link', { name: 'Bob' })).toBeInTheDocument();
  });

  it('says in the dialog why the server refused, and lets one try again', async () => {
    const asked = gateway({ status: 409, body: { error: 'This user is not banned' } });
    const user = await shown();
    await user.click(screen.getByRole('button', { name: 'Lift the ban' }));
    const dialog = screen.getByRole('dialog');
    const lift = within(dialog).getByRole('button', { name: 'Lift the ban' });
    await user.click(lift);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('This user is not banned');
    expect(screen.getByRole('link', { name: 'Bob' })).toBeInTheDocument();

    await user.click(lift);
    await waitFor(() => expect(asked.map(({ url }) => url)).toEqual(Array(2).fill(`/report/unban/${BOB}`)));
  });

  it('takes a ban for some days with a number of days only', async () => {
    const asked = gateway();
    const user = await shown();
    await user.click(screen.getByRole('button', { name: 'Ban for some days' }));
    const dialog = screen.getByRole('dialog');
    const days = within(dialog).getByLabelText('For how many days');
    const ban = within(dialog).getByRole('button', { name: 'Ban for some days' });
    await user.clear(days);
    await user.type(days, 'a week');
    expect(ban).toBeDisabled();
    expect(days).toBeInvalid();

    await user.clear(days);
    await user.type(days, '2{Enter}');
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]?.body).toMatchObject({ decision: 'temporary', until: expect.any(Number) });
  });
});
