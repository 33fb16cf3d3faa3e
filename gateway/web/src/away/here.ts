import { api, of } from '../api/client';
import { ApiError } from '../api/refusal';
import { serverNow } from '../app/clock';
import { Inviting, type CallStart } from '../invite/inviting';
import { CooldownReasons } from '../invite/reasons';
import { Lobby } from '../lobby/lobby';
import { session, signIn } from '../session/session';
import { keepRemembered } from '../session/storage';
import { connection } from '../socket/connection';
import { Availability } from './availability';
import { thisPage, watchPage } from './pageSignals';

const JOIN_AGAIN_MS = 3_000;
/** The server's rule for a pair's next answer: events of an end follow its acknowledgement. */
const COOLDOWN_KNOWN_MS = 1_000;
const PAYMENT_REQUIRED = 402;

/** The lobby as this page sees it. */
export const lobby = new Lobby(
  {
    queue: (limit) => of(api.GET('/room/queue', { params: { query: { limit } } })),
    more: (cursor) => of(api.GET('/room/reel', { params: { query: { limit: 50, ...(cursor === null ? {} : { cursor }) } } })),
  },
  (cause) => cause instanceof ApiError && cause.status === PAYMENT_REQUIRED,
);

export const cooldownReasons = new CooldownReasons();

let begin: (call: CallStart) => void = () => {};

export const inviting = new Inviting({
  link: connection,
  reasons: cooldownReasons,
  now: serverNow,
  cooled: (userId, until) => {
    if (until !== null) lobby.tell({ type: 'cooldown', userId, until });
    else setTimeout(() => void lobby.refresh(), COOLDOWN_KNOWN_MS);
  },
  started: (call) => {
    availability.inCall(true);
    begin(call);
  },
});

let back: () => void = () => {};
// Which attempt to enter the lobby is the last one; leaving ends all of them.
let entering = 0;

/** Whether this user is seen in the lobby. */
export const availability = new Availability(
  {
    enter: () => {
      entering += 1;
      void enter(entering);
    },
    leave: () => {
      entering += 1;
      lobby.left();
      connection.send('queue:leave');
    },
    hide: () => {
      entering += 1;
      lobby.left();
      connection.send('presence:leave');
    },
    withdraw: () => void inviting.withdraw(),
  },
  () => back(),
);

async function enter(attempt: number): Promise<void> {
  connection.send('presence:join');
  // Who is there is asked after the server knows of it: from then on it tells of those it answered with.
  const joined = await connection.ask('queue:join');
  if (attempt !== entering) return;
  lobby.entered();
  if (!joined.ok && lobby.state.get() !== 'closed') {
    setTimeout(() => {
      if (attempt === entering && lobby.state.get() !== 'closed') void enter(attempt);
    }, JOIN_AGAIN_MS);
  }
}

/** Asks the server whether the session still stands; what it says is heard where all answers are. */
function revalidate(): void {
  if (session.get() !== null) void of(api.GET('/user/me')).catch(() => {});
}

/**
 * Keeps the lobby, the invites and the user's availability in step with the connection, the session
 * and the page. Once in the program; answers how to stop.
 *
 * @param to to the page of a call that begins
 * @param returned the user was away and is in the lobby again
 */
export function follow(to: (call: CallStart) => void, returned: () => void): () => void {
  begin = to;
  back = returned;
  const connected = (): void => {
    const open = connection.state.get() === 'open';
    inviting.connected(open);
    if (open) availability.connected();
    else {
      lobby.left();
      availability.disconnected();
    }
  };
  let userId = session.get()?.userId;
  const signedIn = (): void => {
    const next = session.get()?.userId;
    if (next === userId) return;
    userId = next;
    lobby.forget();
    inviting.forget();
    cooldownReasons.forget();
  };
  let waiting = false;
  const unload = (event: BeforeUnloadEvent): void => event.preventDefault();
  const invites = (): void => {
    const { outgoing } = inviting.invites.get();
    lobby.tell({ type: 'held', userId: outgoing?.to.userId ?? null });
    if (waiting === (outgoing !== null)) return;
    waiting = outgoing !== null;
    availability.waiting(waiting);
    // Leaving the page takes the invite back, and costs an hour.
    if (waiting) window.addEventListener('beforeunload', unload);
    else window.removeEventListener('beforeunload', unload);
  };
  const stops = [
    connection.state.subscribe(connected),
    connection.on('lobby:delta', (delta) => lobby.tell({ type: 'delta', delta })),
    connection.on('auth:failed', revalidate),
    session.subscribe(signedIn),
    keepRemembered((next) => (next === null ? session.set(null) : signIn(next))),
    inviting.listen(),
    inviting.invites.subscribe(invites),
    watchPage(thisPage(), {
      hidden: (hidden) => availability.hidden(hidden),
      stopped: () => availability.stopped(),
      woke: () => connection.check(),
    }),
  ];
  connected();
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('beforeunload', unload);
  };
}
