// People of the running program, by its API and sockets: what stands before a call.
import { io } from 'socket.io-client';
import { BASE, LIMIT_MS, until } from './chromium.mjs';

export async function http(method, path, { token, body } = {}) {
  const answer = await fetch(BASE + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
}

export class Person {
  static async signUp(name, gender = 'unspecified') {
    const { status, json } = await http('POST', '/auth/guest', { body: { name, gender } });
    if (status !== 200) throw new Error(`sign-up of ${name}: ${status} ${JSON.stringify(json)}`);
    return new Person(name, json.userId, json.sessionToken);
  }

  constructor(name, id, token) {
    this.name = name;
    this.id = id;
    this.token = token;
    this.heard = [];
  }

  get(path) {
    return http('GET', path, { token: this.token });
  }

  post(path, body) {
    return http('POST', path, { token: this.token, body });
  }

  /** A socket beside that of the page, in the lobby. */
  async enterLobby() {
    this.socket = io(BASE, { auth: { token: this.token }, transports: ['websocket'], forceNew: true });
    this.socket.onAny((event, payload) => this.heard.push({ event, payload }));
    await until(`${this.name} is signed in`, () => this.heard.some(({ event }) => event === 'auth:success'));
    await this.ask('presence:join');
    await this.ask('queue:join');
  }

  ask(event, ...payload) {
    return this.socket.timeout(LIMIT_MS).emitWithAck(event, ...payload);
  }

  /** The next event of that name that was not taken before. */
  async hears(name) {
    const entry = await until(`${this.name} hears ${name}`, () =>
      this.heard.find(({ event, taken }) => event === name && !taken),
    );
    entry.taken = true;
    return entry.payload;
  }

  leave() {
    this.socket?.disconnect();
  }
}

/** Invites and accepts; answers the room, and when it was accepted. */
export async function agree(caller, callee, seconds = 300) {
  const invited = await until(`${caller.name} invites ${callee.name}`, async () => {
    const answer = await caller.ask('call:invite', { toUserId: callee.id, requestedSeconds: seconds });
    if (answer.outcome === 'sent') return answer;
    if (answer.reason !== 'offline') throw new Error(`invite: ${JSON.stringify(answer)}`);
    return undefined;
  });
  const acceptedAt = Date.now();
  const accepted = await callee.ask('call:accept', { inviteId: invited.inviteId, requestedSeconds: seconds });
  if (!accepted.ok) throw new Error(`accept: ${JSON.stringify(accepted)}`);
  return { roomId: accepted.roomId, acceptedAt };
}
