// A person with the original browser client's habits: signs up over HTTP, talks over Socket.IO.
import { io } from 'socket.io-client';

export const BASE = process.env.BASE_URL ?? 'http://127.0.0.1:3001';
const LIMIT_MS = 20_000;

export async function http(method, path, { token, body, headers = {} } = {}) {
  const answer = await fetch(BASE + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body !== undefined ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const text = await answer.text();
  let json;
  try {
    json = text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new Error(`${method} ${path} answered ${answer.status} with no JSON: ${text.slice(0, 200)}`);
  }
  return { status: answer.status, json, headers: answer.headers };
}

/** Waits until a condition holds, with a name for the failure. */
export async function until(name, condition) {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${name}`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

export class Person {
  constructor(name, account) {
    this.name = name;
    this.token = account.sessionToken;
    this.id = account.userId;
    this.heard = [];
    this.waiting = [];
  }

  /** @param more further fields of the sign-up, such as `referralCode` */
  static async signUp(name, gender = 'unspecified', more = {}) {
    const { status, json } = await http('POST', '/auth/guest', { body: { name, gender, ...more } });
    if (status !== 200) throw new Error(`sign-up of ${name}: ${status} ${JSON.stringify(json)}`);
    return new Person(name, json);
  }

  async connect(options = {}) {
    this.socket = io(options.url ?? BASE, {
      auth: { token: this.token, ...(options.auth ?? {}) },
      transports: options.transports ?? ['websocket', 'polling'],
      reconnection: options.reconnection ?? true,
      reconnectionDelay: 200,
      extraHeaders: options.headers,
      forceNew: true,
    });
    this.socket.onAny((event, payload) => {
      const entry = { event, payload };
      this.heard.push(entry);
      this.waiting = this.waiting.filter((waiter) => !waiter(entry));
    });
    await this.hears('auth:success');
    return this;
  }

  /** Out of the past or the future: the first event of that name (and kind) not yet taken. */
  async hears(event, matches = () => true) {
    const fits = (entry) => entry.event === event && !entry.taken && matches(entry.payload);
    const past = this.heard.find(fits);
    if (past) {
      past.taken = true;
      return past.payload;
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(
            new Error(
              `${this.name} waited in vain for ${event}; heard ${this.heard.map((entry) => entry.event).join(' ')}`,
            ),
          ),
        LIMIT_MS,
      );
      this.waiting.push((entry) => {
        if (!fits(entry)) return false;
        clearTimeout(timer);
        entry.taken = true;
        resolve(entry.payload);
        return true;
      });
    });
  }

  all(event) {
    return this.heard.filter((entry) => entry.event === event).map((entry) => entry.payload);
  }

  emit(event, payload) {
    if (payload === undefined) this.socket.emit(event);
    else this.socket.emit(event, payload);
  }

  /** Emits and waits until the server has carried it out. */
  ask(event, ...payload) {
    return this.socket.timeout(LIMIT_MS).emitWithAck(event, ...payload);
  }

  async enterLobby() {
    await this.ask('presence:join');
    await this.ask('queue:join');
  }

  get(path) {
    return http('GET', path, { token: this.token });
  }

  post(path, body) {
    return http('POST', path, { token: this.token, body });
  }

  remove(path) {
    return http('DELETE', path, { token: this.token });
  }

  /** A new link that leads to somebody. */
  async link(target) {
    const { status, json } = await this.post('/referral/generate', { targetUserId: target.id });
    if (status !== 200) throw new Error(`link of ${this.name}: ${status} ${JSON.stringify(json)}`);
    return json.referralCode;
  }

  async queue() {
    const { status, json } = await this.get('/room/queue');
    if (status !== 200) throw new Error(`queue of ${this.name}: ${status} ${JSON.stringify(json)}`);
    return json;
  }

  async history() {
    return (await this.get('/room/history')).json.history;
  }

  leave() {
    this.socket?.disconnect();
  }
}

/** What comes of a handshake that is not let in. */
export function refused(token, options = {}) {
  const socket = io(BASE, {
    auth: { token },
    transports: options.transports ?? ['websocket'],
    reconnection: false,
    extraHeaders: options.headers,
    forceNew: true,
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('a handshake was neither refused nor accepted')), LIMIT_MS);
    const done = (settle, value) => {
      clearTimeout(timer);
      socket.disconnect();
      settle(value);
    };
    socket.on('connect', () => done(reject, new Error('a handshake was accepted')));
    socket.on('connect_error', (error) => done(resolve, error));
  });
}

/** An admin who came in by the admin's door. */
export async function admin() {
  const { status, json } = await http('POST', '/admin/login', {
    body: { username: process.env.ADMIN_USERNAME, password: process.env.ADMIN_PASSWORD },
  });
  if (status !== 200) throw new Error(`log-in of the admin: ${status} ${JSON.stringify(json)}`);
  return new Person('the admin', { sessionToken: json.adminToken });
}

/** Both in the lobby, invited, accepted; answers the room. */
export async function startCall(caller, callee, { callerSeconds = 300, calleeSeconds = 101 } = {}) {
  await until(`${caller.name} can invite ${callee.name}`, async () =>
    (await caller.queue()).users.some((user) => user.userId === callee.id),
  );
  caller.emit('call:invite', { toUserId: callee.id, requestedSeconds: callerSeconds });
  const notice = await callee.hears('call:notify');
  callee.emit('call:accept', { inviteId: notice.inviteId, requestedSeconds: calleeSeconds });
  const [start, other] = await Promise.all([caller.hears('call:start'), callee.hears('call:start')]);
  if (start.roomId !== other.roomId) throw new Error('two rooms for one call');
  return { roomId: start.roomId, notice, start, other };
}
