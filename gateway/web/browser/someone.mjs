// People in Chromium: each with a window of his own, at the running program.
import { chromium } from 'playwright-core';
import { chromiumPath } from '../scripts/chromium.mjs';

export const BASE = process.env.BASE_URL ?? 'http://127.0.0.1:3001';
export const LIMIT_MS = Number(process.env.LIMIT_MS ?? 60_000);

export async function startBrowser() {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: [
      '--no-sandbox',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}

/** A new account. */
export async function signUp(name, gender = 'unspecified', more = {}) {
  const answer = await fetch(`${BASE}/auth/guest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, gender, ...more }),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(`sign-up of ${name}: ${answer.status} ${JSON.stringify(json)}`);
  return { name, token: json.sessionToken, userId: json.userId, accountType: 'guest' };
}

/** Waits until a condition holds, with a name for the failure. */
export async function until(name, condition) {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${name}`);
    await new Promise((resume) => setTimeout(resume, 25));
  }
}

// Runs in the page before anything else of it.
function observe() {
  window.sent = [];
  window.failures = [];
  window.addEventListener('error', (event) => window.failures.push(String(event.message)));
  window.addEventListener('unhandledrejection', (event) => window.failures.push(String(event.reason)));
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (typeof data === 'string' && data.startsWith('42')) window.sent.push(data);
    return send.call(this, data);
  };
  let hidden = false;
  Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
  Object.defineProperty(document, 'hidden', { get: () => hidden });
  // Answers what was sent before the event was over.
  window.hide = (now) => {
    hidden = now;
    const before = window.sent.length;
    document.dispatchEvent(new Event('visibilitychange'));
    return window.sent.slice(before);
  };
}

/** Somebody at a page. */
export class Someone {
  constructor(account, context, page) {
    Object.assign(this, account, { context, page });
  }

  /**
   * @param options `path`, `base`, of Playwright's contexts, and `before`: what runs in the page first, each a
   *   function or a function with what it is given
   */
  static async open(browser, account, { path = '/reel', base = BASE, before = [], keep = true, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'en-GB', ...options });
    context.setDefaultTimeout(LIMIT_MS);
    const page = await context.newPage();
    await page.addInitScript(observe);
    for (const script of before) await page.addInitScript(...[script].flat());
    if (keep) {
      const { token, userId, accountType } = account;
      await page.addInitScript(
        (text) => {
          if (sessionStorage.getItem('given') === null) {
            sessionStorage.setItem('given', 'yes');
            localStorage.setItem('napalmsky.session', text);
          }
        },
        JSON.stringify({ change: 1, token, userId, accountType }),
      );
    }
    await page.goto(base + path);
    return new Someone(account, context, page);
  }

  static async arrive(browser, name, { gender, ...options } = {}) {
    return Someone.open(browser, await signUp(name, gender), options);
  }

  /** Whose card is in front; null when there is none. */
  front() {
    return this.page.evaluate(() => document.querySelector('article[data-user]:not([inert])')?.dataset.user ?? null);
  }

  async sees(other) {
    await until(`${this.name} sees ${other.name}`, async () => (await this.front()) === other.userId);
  }

  button(name) {
    return this.page.getByRole('button', { name });
  }

  /** Goes through the reel until somebody is in front. */
  async goTo(other) {
    await until(`${this.name} finds ${other.name}`, async () => {
      const front = await this.front();
      if (front === other.userId) return true;
      await this.page.evaluate(() => document.body.focus());
      await this.page.keyboard.press('ArrowDown');
      const again = this.page.getByRole('button', { name: 'Start over' });
      if (await again.isVisible()) await again.click({ timeout: 1_000 }).catch(() => {});
      return false;
    });
  }

  async invites(other) {
    await this.goTo(other);
    await this.button(/^Invite/).click();
    await this.page.getByText('Waiting for').waitFor();
  }

  /** What this page sent, by name, since `from`. */
  async said(from = 0) {
    const sent = await this.page.evaluate((start) => window.sent.slice(start), from);
    return sent.map((packet) => JSON.parse(packet.replace(/^42\d*/, ''))[0]);
  }

  hide(hidden) {
    return this.page.evaluate((now) => window.hide(now), hidden);
  }

  async leave() {
    const failures = await this.page.evaluate(() => window.failures ?? []).catch(() => []);
    await this.context.close();
    if (failures.length > 0) throw new Error(`the page of ${this.name} failed: ${failures.join('; ')}`);
  }
}
