// What a browser loads and shows before a page can be used, held to a budget; times are told only.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BUDGET } from '../scripts/budget.mjs';
import { BASE, signUp, Someone, startBrowser } from './someone.mjs';

/** More than a tenth of the window that jumps is felt; the measure is that of the browser. */
const SHIFT = 0.1;
/** All requests of a page, those to the API and the socket's among them. */
const REQUESTS = 40;

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

// Runs in the page before anything else of it.
function watch() {
  window.shown = { shift: 0, shifted: [], largest: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      window.shown.shift += entry.value;
      window.shown.shifted.push(...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? String(node)));
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    window.shown.largest = list.getEntries().at(-1).startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
}

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

for (const [path, account, viewport, shows] of [
  ['/', false, PHONE, 'How it works'],
  ['/', false, DESK, 'How it works'],
  ['/onboarding', false, PHONE, 'Your name'],
  ['/home', true, PHONE, 'Hello'],
  ['/home', true, DESK, 'Hello'],
  ['/reel', true, PHONE, 'Nobody else is here right now'],
]) {
  test(`${path}, ${viewport.width} wide, loads no more than it may, and does not jump`, async (t) => {
    const person = await Someone.open(browser, account ? await signUp('Ada') : { name: 'a visitor' }, {
      path: '/nothing',
      keep: account,
      before: [watch],
      viewport,
      serviceWorkers: 'block',
    });
    t.after(() => person.leave());
    const { page, context } = person;
    const devtools = await context.newCDPSession(page);
    const answered = new Map();
    const bytes = { Script: 0, Stylesheet: 0 };
    devtools.on('Network.responseReceived', ({ requestId, type }) => answered.set(requestId, type));
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const type = answered.get(requestId);
      if (type in bytes) bytes[type] += encodedDataLength;
    });
    await devtools.send('Network.enable');
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await page.goto(BASE + path);
    await page.getByText(shows).first().waitFor();
    await page.waitForLoadState('networkidle');

    const { shift, shifted, largest } = await page.evaluate(() => window.shown);
    t.diagnostic(
      `${Math.round(bytes.Script / 1024)} KB of script, ${Math.round(bytes.Stylesheet / 1024)} KB of styles, ` +
        `${answered.size} requests, largest paint after ${Math.round(largest)} ms, layout shift ${shift.toFixed(3)}`,
    );
    assert.ok(bytes.Script > 10_000, 'the scripts were counted');
    assert.ok(bytes.Script <= BUDGET.scriptBytes, `${bytes.Script} bytes of script`);
    assert.ok(bytes.Stylesheet <= BUDGET.styleBytes, `${bytes.Stylesheet} bytes of styles`);
    assert.ok(answered.size <= REQUESTS, `${answered.size} requests`);
    assert.ok(shift <= SHIFT, `it jumps by ${shift}: ${shifted.join('\n')}`);
    assert.equal(await page.locator('script:not([src]), style, [style]').count(), 0, 'no script and no style in the page');
  });
}
