import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { gateway, refused, show } from '../../testing/gateway';
import { enter } from './admin';
import { AuditTab } from './AuditTab';
import { CodesTab } from './CodesTab';
import { ReportsTab } from './ReportsTab';
import { UsersTab } from './UsersTab';

const ADA = '1b4e28ba-2fa1-4d2f-883f-0016d3cca427';
const BOB = '2b4e28ba-2fa1-4d2f-883f-0016d3cca427';

const user = (userId: string, name: string) => ({
  userId,
  name,
  gender: 'unspecified',
  email: null,
  accountType: 'guest',
  role: 'user',
  paidStatus: 'unpaid',
  banStatus: 'none',
  createdAt: 1_000,
});

const entry = (id: number, action: string) => ({
  id,
  at: id,
  actor: ADA,
  action,
  subject: BOB,
  ip: null,
  details: {},
});

const address = () => screen.getByLabelText('address').textContent;

describe('lists of the console', () => {
  beforeEach(() => enter({ token: 'of the door', username: 'root', door: true }));

  it('read on where the next page begins', async () => {
    const asked = gateway({
      'GET /admin/audit': ({ url }) =>
        url.searchParams.has('before')
          ? { entries: [entry(1, 'ban.applied')], next: null }
          : { entries: [entry(3, 'ban.lifted'), entry(2, 'something.new')], next: 'place-2' },
    });
    show(<AuditTab />);
    await screen.findByRole('heading', { name: 'Lifted a ban' });
    expect(screen.getByRole('heading', { name: 'something.new' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show older ones' }));

    const added = await screen.findByRole('heading', { name: 'Reports banned somebody' });
    expect(added.closest('li')).toHaveFocus();
    expect(screen.getAllByRole('heading')).toHaveLength(3);
    expect(screen.queryByRole('button', { name: 'Show older ones' })).toBeNull();
    expect(asked[1]).toContain('before=place-2');
  });

  it('say why the next page did not come, and keep what there is', async () => {
    let times = 0;
    gateway({
      'GET /admin/audit': ({ url }) => {
        if (!url.searchParams.has('before')) return { entries: [entry(3, 'ban.lifted')], next: '3' };
        times += 1;
        return times === 1 ? refused(400, { error: 'before: is no place' }) : { entries: [entry(1, 'ban.applied')], next: null };
      },
    });
    show(<AuditTab />);
    await userEvent.click(await screen.findByRole('button', { name: 'Show older ones' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('before: is no place');
    expect(screen.getByRole('heading', { name: 'Lifted a ban' })).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Show older ones' }));
    expect(await screen.findByRole('heading', { name: 'Reports banned somebody' })).toBeInTheDocument();
  });

  it('of the audit log ask for no id that is none', async () => {
    const asked = gateway({ 'GET /admin/audit': () => ({ entries: [], next: null }) });
    show(<AuditTab />);
    await screen.findByText('No entry fits.');
    const actor = screen.getByLabelText('Who (id)');
    await userEvent.type(actor, 'Ada{Enter}');
    expect(actor).toBeInvalid();
    expect(asked).toHaveLength(1);

    await userEvent.clear(actor);
    await userEvent.type(actor, `${ADA}{Enter}`);
    await waitFor(() => expect(asked.at(-1)).toContain(`actor=${ADA}`));
    expect(address()).toContain(`actor=${ADA}`);
  });

  it('of people are found again by their address', async () => {
    const asked = gateway({ 'GET /admin/users': () => ({ users: [user(ADA, 'Ada')], next: null }) });
    show(<UsersTab />, { path: '/console/users?query=ad&ban=permanent' });
    await screen.findByRole('link', { name: 'Ada' });
    expect(asked[0]).toMatch(/query=ad&ban=permanent/);
    await userEvent.selectOptions(screen.getByLabelText('Ban'), 'All');

    await waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[1]).not.toContain('ban=');
    expect(address()).toBe('/console/users?query=ad');
  });

  it('of reports are those of the one person who is called so', async () => {
    const asked = gateway({
      'GET /report/all': () => ({ reports: [], count: 0, next: null }),
      'GET /admin/users': () => ({ users: [user(BOB, 'Bob')], next: null }),
    });
    show(<ReportsTab />);
    await userEvent.type(screen.getByLabelText('Person'), 'Bob{Enter}');

    await waitFor(() => expect(asked.at(-1)).toContain(`reported=${BOB}`));
    expect(address()).toContain(`reported=${BOB}`);
    await userEvent.click(screen.getByRole('button', { name: 'Show all reports' }));
    await waitFor(() => expect(asked.at(-1)).not.toContain('reported='));
  });

  it('of reports let one pick when several are called so', async () => {
    const asked = gateway({
      'GET /report/all': () => ({ reports: [], count: 0, next: null }),
      'GET /admin/users': () => ({ users: [user(ADA, 'Ada'), user(BOB, 'Adam')], next: null }),
    });
    show(<ReportsTab />);
    await userEvent.selectOptions(screen.getByLabelText('Reports'), 'by this person');
    await userEvent.type(screen.getByLabelText('Person'), 'Ada{Enter}');
    await userEvent.click(await screen.findByRole('button', { name: /^Adam/ }));

    await waitFor(() => expect(asked.at(-1)).toContain(`reporter=${BOB}`));
  });
});

describe('access codes', () => {
  beforeEach(() => enter({ token: 'of the door', username: 'root', door: true }));

  const code = { type: 'admin', createdBy: 'Poster', createdAt: 1, maxUses: -1, usesRemaining: -1, totalUsed: 3 };

  it('are made with a label and an end, and shown at once', async () => {
    let made: unknown;
    gateway({
      'GET /payment/admin/codes': () => ({ codes: [], total: 0, next: null }),
      'POST /payment/admin/generate-code': ({ body }) => {
        made = body;
        return { code: 'ABCDEFGH12345678', qrCodeUrl: '/payment/qr/ABCDEFGH12345678' };
      },
    });
    show(<CodesTab />);
    await userEvent.type(screen.getByLabelText('Label'), 'Poster');
    await userEvent.type(screen.getByLabelText('For how many days'), '7{Enter}');

    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole('img')).toHaveAttribute('src', '/payment/qr/ABCDEFGH12345678');
    expect(made).toEqual({ label: 'Poster', expiresAt: expect.any(Number) });
  });

  it('are deactivated after a question, and then let nobody in', async () => {
    const asked = gateway({
      'GET /payment/admin/codes': () => ({
        codes: [{ ...code, code: 'ABCDEFGH12345678', isActive: true }],
        total: 1,
        next: null,
      }),
      'POST /payment/admin/deactivate-code': ({ body }) => ({ success: true, message: JSON.stringify(body) }),
    });
    show(<CodesTab />);
    await userEvent.click(await screen.findByRole('button', { name: 'Deactivate' }));
    expect(asked).toHaveLength(1);
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Deactivate' }));

    const item = await screen.findByRole('listitem');
    await within(item).findByText('lets nobody in');
    expect(within(item).queryByRole('button')).toBeNull();
    expect(asked[1]).toBe('POST /payment/admin/deactivate-code');
  });
});
