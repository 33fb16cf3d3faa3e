import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router';
import { beforeEach, describe, expect, it } from 'vitest';
import { paths } from '../../app/paths';
import { session } from '../../session/session';
import { gateway, refused, show } from '../../testing/gateway';
import { admin, enter, leave } from './admin';
import ConsoleLoginPage from './ConsoleLoginPage';
import { Desk } from './Desk';

const door = { token: 'of the door', username: 'root', door: true } as const;

function shown(path: string) {
  show(
    <Routes>
      <Route path={paths.consoleLogin} element={<ConsoleLoginPage />} />
      <Route path={paths.consoleTab} element={<Desk title="Reviews">what is behind</Desk>} />
    </Routes>,
    { path },
  );
  return userEvent.setup();
}

async function knock(user: ReturnType<typeof userEvent.setup>) {
  await user.type(screen.getByLabelText('Name'), ' root ');
  await user.type(screen.getByLabelText('Password'), 'right{Enter}');
}

const address = () => screen.getByLabelText('address').textContent;

describe('the console', () => {
  beforeEach(() => leave());

  it('leads who is not in to the door, and back to where he wanted to go', async () => {
    let sent: unknown;
    gateway({
      'POST /admin/login': ({ body }) => {
        sent = body;
        return { adminToken: 'of the door', username: 'root' };
      },
    });
    const user = shown('/console/reviews?appealed=true');
    expect(screen.queryByText('what is behind')).toBeNull();
    await knock(user);

    expect(await screen.findByText('what is behind')).toBeVisible();
    expect(sent).toEqual({ username: 'root', password: 'right' });
    expect(address()).toBe('/console/reviews?appealed=true');
  });

  it('says at the door that name and password do not belong together, and lets one try again', async () => {
    let times = 0;
    gateway({
      'POST /admin/login': () => {
        times += 1;
        return times === 1 ? refused(401, { error: 'Invalid credentials' }) : { adminToken: 'of the door', username: 'root' };
      },
    });
    const user = shown('/console/reviews');
    await knock(user);
    expect(await screen.findByRole('alert')).toHaveTextContent('do not belong together');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));

    expect(await screen.findByText('what is behind')).toBeVisible();
  });

  it('says how long a name is locked', async () => {
    gateway({
      'POST /admin/login': () => refused(429, { error: 'Too many wrong passwords' }, { 'retry-after': '540' }),
    });
    await knock(shown('/console/reviews'));

    expect(await screen.findByRole('alert')).toHaveTextContent('9 min');
  });

  it('takes the account one is signed in with, if it is one of an admin, and leaves it as it was', async () => {
    let verified = false;
    const asked = gateway({
      'GET /admin/verify': () => (verified ? { valid: true, username: 'Ada' } : refused(401, { valid: false })),
    });
    const user = shown('/console/reviews');
    await user.click(screen.getByRole('button', { name: 'Come in with my account' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('not one of an admin');
    expect(session.get()?.token).toBe('secret');

    verified = true;
    await user.click(screen.getByRole('button', { name: 'Come in with my account' }));
    await user.click(await screen.findByRole('button', { name: 'Leave the console' }));
    expect(address()).toContain(paths.consoleLogin);
    expect(session.get()?.token).toBe('secret');
    expect(asked).not.toContain('POST /admin/logout');
  });

  it('asks whether a session from before a reload holds before it asks for anything else', async () => {
    const asked = gateway({ 'GET /admin/verify': () => refused(401, { valid: false }) });
    admin.set({ ...door, verified: false });
    shown('/console/reviews');

    expect(await screen.findByText(/Your session is over/)).toBeVisible();
    expect(asked).toEqual(['GET /admin/verify']);
    expect(screen.queryByText('what is behind')).toBeNull();
  });

  it('ends the session of the door with the sign-out, also when the server cannot be told', async () => {
    const asked = gateway({ 'POST /admin/logout': () => refused(503, { error: 'away' }) });
    enter(door);
    const user = shown('/console/reviews');
    await user.click(screen.getByRole('button', { name: 'Sign out' }));

    await waitFor(() => expect(admin.get()).toBeNull());
    expect(asked).toEqual(['POST /admin/logout']);
    expect(screen.getByText(/ends by itself/)).toBeInTheDocument();
  });
});
