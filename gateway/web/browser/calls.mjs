// Calls between people in Chromium: how they come about, and what arrives in them.
import { Someone, until } from './someone.mjs';

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
export function arriveForCalls(browser, name, { before = [], ...options } = {}) {
  return Someone.arrive(browser, name, { ...options, before: [watchConnections, ...before] });
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
