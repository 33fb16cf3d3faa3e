import type { Socket } from 'socket.io-client';
import { setServerTime } from '../app/clock';
import { Store } from '../app/store';
import { banned, displaced } from '../session/session';
import type { FromClient, ToClient } from './events.gen';

export type { FromClient, ToClient } from './events.gen';

/**
 * How it stands: `closed` without a session, `connecting` for the first time, `unreached` when that
 * failed for want of a network and is tried again, `open`, or `lost` and being connected again.
 */
export type ConnectionState = 'closed' | 'connecting' | 'unreached' | 'open' | 'lost';

/** What the gateway acknowledges an event with. */
export type Acknowledged = { readonly ok: boolean; readonly error?: string } & Readonly<Record<string, unknown>>;

type Payload<T> = T extends void ? [] : [payload: T];
type Listener = (payload: never) => void;

const ASK_LIMIT_MS = 10_000;
/** A way that brings no answer so long is taken for closed. */
const OPEN_LIMIT_MS = 10_000;
const CHECK_LIMIT_MS = 4_000;
const RETRY_FIRST_MS = 500;
const RETRY_MOST_MS = 5_000;

/**
 * The one connection to the gateway. Listeners belong to it and not to a socket, so they outlive
 * every reconnect and every new session.
 */
export class Connection {
  readonly state = new Store<ConnectionState>('closed');
  readonly #listeners = new Map<string, Set<Listener>>();
  #socket: Socket | null = null;
  #token: string | null = null;
  #checking: ReturnType<typeof setTimeout> | undefined;

  /** Connects as whoever has the token; a connection of somebody else is closed first. */
  async open(token: string): Promise<void> {
    if (this.#token === token) return;
    this.close();
    this.#token = token;
    this.state.set('connecting');
    await this.#connect(token);
  }

  async #connect(token: string): Promise<void> {
    let io: typeof import('socket.io-client').io | undefined;
    try {
      ({ io } = await import('socket.io-client'));
    } catch {
      // Neither the network has it nor this device.
    }
    // Closed, or opened with another token, while the library was loaded.
    if (this.#token !== token || this.#socket !== null) return;
    if (io === undefined) {
      this.state.set('unreached');
      setTimeout(() => this.#token === token && this.#socket === null && void this.#connect(token), RETRY_MOST_MS);
      return;
    }
    const socket = io({
      auth: { token, deltas: 1 },
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      timeout: OPEN_LIMIT_MS,
      reconnectionDelay: RETRY_FIRST_MS,
      reconnectionDelayMax: RETRY_MOST_MS,
      forceNew: true,
    });
    this.#socket = socket;
    socket.on('connect_error', (error) => this.#refused(socket, error));
    socket.on('disconnect', (reason) => {
      if (this.#socket !== socket) return;
      // The server closed it and says nothing of coming back; only a new handshake tells why.
      if (reason === 'io server disconnect' && this.#token !== null) socket.connect();
      this.state.set('lost');
    });
    socket.onAny((event: string, payload: unknown) => this.#heard(socket, event, payload));
  }

  close(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#token = null;
    clearTimeout(this.#checking);
    socket?.disconnect();
    this.state.set('closed');
  }

  /** Tries at once instead of at the next attempt, for a page that was asleep or without network. */
  retryNow(): void {
    const socket = this.#socket;
    if (socket !== null && !socket.connected) socket.disconnect().connect();
    // Some browsers never ask again for a script that did not arrive.
    else if (socket === null && this.state.get() === 'unreached') location.reload();
  }

  /**
   * Makes sure that an open connection is alive, for a page that was asleep: the socket of a device
   * that slept looks open until a heartbeat is missed, which takes more than a minute.
   */
  check(): void {
    const socket = this.#socket;
    const token = this.#token;
    if (socket === null || token === null) return;
    if (!socket.connected) {
      this.retryNow();
      return;
    }
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => {
      // As if the network had said so, so that what was missed is asked for.
      if (this.#socket === socket && socket.connected) socket.io.engine.close();
    }, CHECK_LIMIT_MS);
    socket.once('auth:success', () => clearTimeout(this.#checking));
    socket.emit('auth', { sessionToken: token });
  }

  /** Answers how to stop listening. */
  on<E extends keyof ToClient>(event: E, listener: (payload: ToClient[E]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set<Listener>();
    this.#listeners.set(event, listeners);
    listeners.add(listener as Listener);
    return () => listeners.delete(listener as Listener);
  }

  /** Sends at once, or not at all when there is no connection. */
  send<E extends keyof FromClient>(event: E, ...payload: Payload<FromClient[E]>): void {
    if (this.#socket?.connected) this.#socket.emit(event, ...payload);
  }

  /** Sends and waits for the acknowledgement; without a connection it is refused at once. */
  async ask<E extends keyof FromClient>(event: E, ...payload: Payload<FromClient[E]>): Promise<Acknowledged> {
    const socket = this.#socket;
    if (!socket?.connected) return { ok: false, error: 'not connected' };
    try {
      return (await socket.timeout(ASK_LIMIT_MS).emitWithAck(event, ...payload)) as Acknowledged;
    } catch {
      return { ok: false, error: 'no answer' };
    }
  }

  #heard(socket: Socket, event: string, payload: unknown): void {
    if (this.#socket !== socket) return;
    if (event === 'auth:success') {
      const { serverTime } = (payload ?? {}) as Partial<ToClient['auth:success']>;
      if (typeof serverTime === 'number') setServerTime(serverTime);
      this.state.set('open');
    } else if (event === 'auth:banned') {
      banned((payload as ToClient['auth:banned'] | undefined)?.message);
    } else if (event === 'session:invalidated') {
      displaced();
    }
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(payload as never);
  }

  #refused(socket: Socket, error: Error): void {
    if (this.#socket !== socket) return;
    if (/suspended|banned/i.test(error.message)) {
      banned();
      this.close();
    } else {
      // Some networks swallow what they do not let through: then not the same way first again.
      if (error.message === 'timeout') socket.io.opts.transports = ['polling', 'websocket'];
      if (this.state.get() === 'open') this.state.set('lost');
      else if (this.state.get() === 'connecting' && socket.active) this.state.set('unreached');
      // Refused by the server: the library tries again only after failures of the network.
      if (!socket.active) setTimeout(() => this.#socket === socket && socket.connect(), RETRY_MOST_MS);
    }
  }
}

/** The one of this page. */
export const connection = new Connection();
