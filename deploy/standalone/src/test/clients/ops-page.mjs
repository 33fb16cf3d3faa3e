// The page for operators in a browser, at two sizes, while people come, invite each other and talk.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { Person, startCall } from './client.mjs';

const OPS = `${process.env.MANAGEMENT_URL}/ops`;
const SHOTS = process.env.SCREENSHOTS;
const SIZES = [
  { name: 'desk', viewport: { width: 1280, height: 800 } },
  { name: 'phone', viewport: { width: 390, height: 844 } },
];
const LIMIT_MS = 30_000;

const people = [];
let browser;

before(async () => {
  const executablePath = process.env.CHROMIUM;
  assert.ok(executablePath && existsSync(executablePath), 'CHROMIUM must say where Chromium is');
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
after(async () => {
  people.forEach((person) => person.leave());
  await browser?.close();
});

async function inTheLobby(name) {
  const person = await (await Person.signUp(name)).connect();
  people.push(person);
  await person.enterLobby();
  return person;
}

/** Waits until a chart shows a number within bounds; answers it. */
async function shows(page, chart, least, most = Infinity) {
  const handle = await page.waitForFunction(
    ([name, from, to]) => {
      const number = Number(document.querySelector(`[data-chart=${name}] output`).textContent.replace(/,/g, ''));
      return number >= from && number <= (to ?? Infinity) ? { number } : null;
    },
    [chart, least, most === Infinity ? null : most],
    { timeout: LIMIT_MS },
  );
  return (await handle.jsonValue()).number;
}

/** Whether a chart is drawn: a canvas that holds another colour than none. */
const drawn = (page, chart) =>
  page.locator(`[data-chart=${chart}] canvas`).evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.some((channel) => channel !== 0);
  });

for (const { name, viewport } of SIZES) {
  test(`numbers and charts move under load, ${name}`, async () => {
    const page = await browser.newPage({ viewport });
    const complaints = [];
    const foreign = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => request.url().startsWith(process.env.MANAGEMENT_URL) || foreign.push(request.url()));
    const answer = await page.goto(OPS);
    assert.match(answer.headers()['content-security-policy'], /default-src 'none'; script-src 'self';/);
    await shows(page, 'resident', 1);
    for (const chart of ['sockets', 'lobby', 'calls']) await shows(page, chart, 0, 0);

    const ada = await inTheLobby(`Ada ${name}`);
    const bob = await inTheLobby(`Bob ${name}`);
    await shows(page, 'lobby', 2);
    const { roomId } = await startCall(ada, bob);
    await Promise.all([ada.ask('room:join', { roomId }), bob.ask('room:join', { roomId })]);
    await shows(page, 'sockets', 2);
    await shows(page, 'calls', 1);
    // Below what one socket may send in the long run.
    const candidates = setInterval(
      () => ada.emit('rtc:ice', { roomId, candidate: { candidate: 'a=1', sdpMid: '0', sdpMLineIndex: 0 } }),
      80,
    );
    const load = await shows(page, 'messages', 10);
    await page.getByRole('cell', { name: 'signaling.v1.call' }).first().waitFor({ timeout: LIMIT_MS });
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/ops-${name}.png`, fullPage: true });
    clearInterval(candidates);
    await shows(page, 'messages', 0, load - 0.1);

    for (const chart of ['sockets', 'lobby', 'calls', 'messages', 'resident', 'heap']) {
      assert.ok(await drawn(page, chart), `${chart} is drawn`);
    }
    const { scrolled, width } = await page.evaluate(() => ({
      scrolled: document.documentElement.scrollWidth,
      width: window.innerWidth,
    }));
    assert.ok(scrolled <= width, `nothing sticks out: ${scrolled} of ${width}`);
    assert.ok((await page.getByRole('cell', { name: 'standalone' }).count()) > 0);
    assert.deepEqual(complaints, []);
    assert.deepEqual(foreign, [], 'the page works offline');
    ada.emit('call:end', { roomId });
    await ada.hears('session:finalized');
    await shows(page, 'calls', 0, 0);
    people.splice(0).forEach((person) => person.leave());
    await page.close();
  });
}
