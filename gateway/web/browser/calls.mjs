// Calls between people in Chromium: how they come about, and what arrives in them.
import { io } from 'socket.io-client';
import { BASE, LIMIT_MS, Someone, until } from './someone.mjs';

// Runs in the page before anything else of it: keeps its connections where tests can ask them.
function watchConnections() {
  const Original = window.RTCPeerConnection;
  window.connections = [];
  window.RTCPeerConnection = class extends Original {
    constructor(...given) {
      super(...given);
      window.connections.push(this);
    }
  };
}

/** Somebody at a page whose calls can be looked into. */
export function openForCalls(browser, account, { before = [], ...options } = {}) {
  return Someone.open(browser, account, { ...options, before: [watchConnections, ...before] });
}

/** One invites, the other accepts; answers the room in which both are. */
export async function agree(caller, callee) {
  await caller.invites(callee);
  await callee.button('Accept').click();
  for (const person of [caller, callee]) {
    await until(`${person.name} is led to the call`, () => person.page.url().includes('/call/'));
  }
  return new URL(caller.page.url()).pathname.split('/').at(-1);
}

/** What has arrived over the connection that is in use. */
export function received(person) {
  return person.page.evaluate(async () => {
    const sum = { frames: 0, audioBytes: 0, audioEnergy: 0, ways: '', connections: window.connections.length };
    const connection = window.connections.filter((one) => one.connectionState === 'connected').at(-1);
    if (!connection) return sum;
    sum.ways = /a=ice-ufrag:(\S+)/.exec(connection.localDescription?.sdp ?? '')?.[1] ?? '';
    for (const one of (await connection.getStats()).values()) {
      if (one.type !== 'inbound-rtp') continue;
      if (one.kind === 'video') sum.frames += one.framesDecoded ?? 0;
      else {
        sum.audioBytes += one.bytesReceived ?? 0;
        sum.audioEnergy += one.totalAudioEnergy ?? 0;
      }
    }
    return sum;
  });
}

/** Pictures are decoded and sound arrives from now on, not only before. */
export async function seesAndHears(person) {
  const before = await received(person);
  await until(`${person.name} gets moving pictures and sound`, async () => {
    const now = await received(person);
    // Another connection counts from zero.
    if (now.ways !== before.ways) Object.assign(before, now);
    return now.frames > before.frames + 3 && now.audioBytes > before.audioBytes && now.audioEnergy > before.audioEnergy;
  });
}

/** Pictures move in the page itself, where the user looks. */
export async function isShownMotion(person) {
  const shown = () => person.page.evaluate(() => document.querySelector('video[aria-label]')?.getVideoPlaybackQuality().totalVideoFrames ?? 0);
  const before = await shown();
  await until(`${person.name} is shown moving pictures`, async () => (await shown()) !== before);
}

export async function writes(person, text) {
  const message = person.page.getByRole('textbox', { name: 'Message' });
  if (!(await message.isVisible())) await person.button(/^Chat/).click();
  await message.fill(text);
  await person.page.keyboard.press('Enter');
}

export function chatOf(person) {
  return person.page.getByRole('log');
}

/** Two people in a call who see and hear each other. */
export async function inCall(people) {
  const roomId = await agree(...people);
  await Promise.all(people.map(seesAndHears));
  return roomId;
}

/** Somebody without a page: what a program can send that is not ours. */
export class Wire {
  static async connect(account, base = BASE) {
    const socket = io(base, { auth: { token: account.token }, transports: ['websocket'], forceNew: true });
    const wire = new Wire(account, socket);
    await until(`${account.name} is signed in`, () => wire.heard.some(({ event }) => event === 'auth:success'));
    return wire;
  }

  constructor(account, socket) {
    Object.assign(this, account, { socket, heard: [] });
    socket.onAny((event, payload) => this.heard.push({ event, payload }));
  }

  ask(event, ...payload) {
    return this.socket.timeout(LIMIT_MS).emitWithAck(event, ...payload);
  }

  send(event, ...payload) {
    this.socket.emit(event, ...payload);
  }

  async inLobby() {
    await this.ask('presence:join');
    await this.ask('queue:join');
  }

  /** Takes the next invite; answers the room. */
  async accepts(requestedSeconds = 300) {
    const invite = await until(`${this.name} is invited`, () => this.heard.find(({ event }) => event === 'call:notify'));
    const accepted = await this.ask('call:accept', { inviteId: invite.payload.inviteId, requestedSeconds });
    if (!accepted.ok) throw new Error(`accept: ${JSON.stringify(accepted)}`);
    return accepted.roomId;
  }

  leave() {
    this.socket.disconnect();
  }
}

/** What an account asks the program without a page. */
export async function post(account, path, body) {
  const answer = await fetch(BASE + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${account.token}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
