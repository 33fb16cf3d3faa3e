// Real pages of the client in a real browser, with a camera and a microphone that are made up.
import { accessSync, constants } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const BASE = process.env.BASE_URL ?? 'http://127.0.0.1:3001';

/** How long anything may take on a machine that is busy with other things. */
export const LIMIT_MS = 30_000;

function executable() {
  const found = PLACES.find((place) => {
    try {
      if (place) accessSync(place, constants.X_OK);
      return Boolean(place);
    } catch {
      return false;
    }
  });
  if (found) return found;
  throw new Error(
    'The browser tests need Chromium or Chrome: install it (apt-get install chromium) or name it in CHROMIUM',
  );
}

/** Starts a browser whose pages may use a made-up camera and microphone. */
export function launch({ args = [] } = {}) {
  return chromium.launch({
    executablePath: executable(),
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      // Containers have neither a sandbox of their own nor much shared memory.
      '--no-sandbox',
      '--disable-dev-shm-usage',
      ...args,
    ],
  });
}

/** Waits until a condition holds, with a name for the failure. */
export async function until(name, condition, limit = LIMIT_MS) {
  const deadline = Date.now() + limit;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${name}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

// Runs in each page before anything else: keeps its connections where tests can ask them.
function watchConnections() {
  const Original = window.RTCPeerConnection;
  const all = [];
  window.napalmConnections = all;
  window.RTCPeerConnection = class extends Original {
    constructor(...given) {
      super(...given);
      all.push(this);
      const looking = setInterval(async () => {
        if (this.connectionState === 'closed') clearInterval(looking);
        const stats = await this.getStats().catch(() => new Map());
        for (const one of stats.values()) {
          if (one.type === 'inbound-rtp' && one.kind === 'video' && one.framesDecoded > 0) {
            window.napalmFirstFrameAt ??= Date.now();
            clearInterval(looking);
          }
        }
      }, 20);
    }
  };
}

/** One user's browser: a context of its own, signed in. */
export class Seat {
  /** @param person with `name`, `id` and `token` */
  static async take(browser, person, { path = '/', permissions, ...options } = {}) {
    const context = await browser.newContext({ baseURL: BASE, viewport: { width: 1000, height: 700 }, ...options });
    context.setDefaultTimeout(LIMIT_MS);
    if (permissions) await context.grantPermissions(permissions, { origin: BASE });
    await context.addInitScript(watchConnections);
    await context.addInitScript(
      (session) => localStorage.setItem('napalmsky.session', JSON.stringify(session)),
      { token: person.token, userId: person.id, accountType: 'guest' },
    );
    const seat = new Seat(context, await context.newPage(), person);
    await seat.page.goto(path);
    return seat;
  }

  constructor(context, page, person) {
    this.context = context;
    this.page = page;
    this.person = person;
    this.problems = [];
    page.on('pageerror', (error) => this.problems.push(`${person.name}: ${error.stack ?? error}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(`${person.name}: ${message.text()}`);
    });
    // The question before leaving a call.
    page.on('dialog', (dialog) => dialog.accept());
  }

  /** Goes to another page as a link does, without loading the client again. */
  navigate(path) {
    return this.page.evaluate((to) => {
      history.pushState({}, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
  }

  /** What has arrived over the connection that is in use. */
  received() {
    return this.page.evaluate(async () => {
      const sum = { frames: 0, audioBytes: 0, audioEnergy: 0, ufrag: '' };
      const connection = (window.napalmConnections ?? []).filter((one) => one.connectionState === 'connected').at(-1);
      if (!connection) return sum;
      sum.ufrag = /a=ice-ufrag:(\S+)/.exec(connection.localDescription?.sdp ?? '')?.[1] ?? '';
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

  /** Picture and sound arrive from now on, not only before. */
  async seesAndHears() {
    const before = await this.received();
    await until(`${this.person.name} gets picture and sound`, async () => {
      const now = await this.received();
      return now.frames > before.frames + 3 && now.audioBytes > before.audioBytes && now.audioEnergy > before.audioEnergy;
    });
  }

  async seesMotion() {
    const before = await this.received();
    await until(`${this.person.name} gets moving pictures`, async () => (await this.received()).frames > before.frames + 3);
  }

  close() {
    return this.context.close();
  }
}
