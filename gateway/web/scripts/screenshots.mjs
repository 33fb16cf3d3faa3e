// Takes the pictures of docs/images: the client as it is, with people who do not exist.
//
// Against a program of its own from deploy/standalone/target, or the one at BASE_URL.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { web } from './inputs.mjs';
import { installed } from './install.mjs';
import { PEOPLE, sitFor } from './portraits.mjs';

const images = join(web, '..', '..', 'docs', 'images');
const MOST_BYTES = 1_500_000;
const QUALITY = 82;
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 780 };

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Starts the program; answers its address, and how to stop it. */
async function program() {
  if (process.env.BASE_URL) return { base: process.env.BASE_URL, stop: async () => {} };
  const data = await mkdtemp(join(tmpdir(), 'screenshots-'));
  const port = await freePort();
  const jar = join(web, '..', '..', 'deploy', 'standalone', 'target', 'standalone.jar');
  const env = {
    ...process.env,
    PORT: port,
    MANAGEMENT_PORT: await freePort(),
    DATA_DIR: data,
    GATEWAY_GUESTS_PER_HOUR: '0',
    USER_HISTORY_MIN_SECONDS: '0',
  };
  const child = spawn('java', ['-Xmx400m', '-jar', jar], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.on('exit', done));
  await new Promise((ready, failed) => {
    let said = '';
    child.stdout.on('data', (part) => {
      said += part;
      if (said.includes('Ready after')) ready();
    });
    ended.then(() => failed(new Error(`the program does not start; build it first (mvn package)\n${said}`)));
  });
  return {
    base: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill();
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

await installed();
const { base, stop } = await program();
process.env.BASE_URL = base;
// They read the address when they are loaded.
const { signUp, Someone, startBrowser, until } = await import('../browser/someone.mjs');
const { agree, openForCalls, seesAndHears, writes } = await import('../browser/calls.mjs');

let bytes = 0;

/** Keeps what a page shows now. */
async function take({ page, context }, name) {
  await page.evaluate(() => document.fonts.ready);
  const devtools = await context.newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await devtools.detach();
  const file = join(images, `${name}.webp`);
  await writeFile(file, Buffer.from(data, 'base64'));
  const { size } = await stat(file);
  bytes += size;
  console.log(`${name}.webp ${Math.round(size / 1024)} KB`);
}

const looks = {
  desk: { viewport: DESK, colorScheme: 'dark' },
  phone: { viewport: PHONE, deviceScaleFactor: 1.5, hasTouch: true, isMobile: true },
};

/** Gives an account its photo or video; a busy machine films some that hold no pictures. */
async function send(account, kind, type, make, attempts = 8) {
  const form = new FormData();
  form.append(kind, new Blob([Buffer.from(await make(), 'base64')], { type }), kind);
  const answer = await fetch(`${base}/media/${kind}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${account.token}` },
    body: form,
  });
  if (answer.ok) return;
  if (attempts === 1) throw new Error(`${kind} of ${account.name}: ${answer.status} ${await answer.text()}`);
  await send(account, kind, type, make, attempts - 1);
}

/** Somebody with a face, a photo and a video. */
async function arrive(browser, name, gender, options) {
  const account = await signUp(name, gender);
  const { width, height } = options.viewport;
  const wide = width > height;
  const person = await openForCalls(browser, account, {
    path: '/home',
    ...options,
    before: [[sitFor, { look: PEOPLE[name], width: wide ? 1280 : 720, height: wide ? 720 : 1280 }]],
  });
  await send(account, 'selfie', 'image/jpeg', () => person.page.evaluate(() => window.portrait.photo()));
  await send(account, 'video', 'video/webm', () => person.page.evaluate(() => window.portrait.film(4)));
  return person;
}

async function goTo(person, path) {
  await person.page.goto(base + path);
  await person.page.locator('h1').first().waitFor({ state: 'attached' });
  await person.page.waitForLoadState('networkidle');
}

/** Until the video of the card in front has pictures. */
function plays(person) {
  return until(`${person.name} sees a video`, () =>
    person.page.evaluate(() => {
      const video = document.querySelector('article:not([inert]) video');
      return video !== null && video.readyState >= 2 && video.currentTime > 0.3;
    }),
  );
}

const browser = await startBrowser();
try {
  await mkdir(images, { recursive: true });
  const mira = await arrive(browser, 'Mira', 'female', { ...looks.phone, colorScheme: 'dark' });
  const jonas = await arrive(browser, 'Jonas', 'male', looks.desk);
  const aiko = await arrive(browser, 'Aiko', 'female', { ...looks.phone, colorScheme: 'light' });
  const zuri = await arrive(browser, 'Zuri', 'nonbinary', { ...looks.phone, colorScheme: 'dark' });
  for (const person of [mira, aiko, zuri]) await goTo(person, '/reel');
  await goTo(jonas, '/reel');

  const visitor = await Someone.open(browser, { name: 'a visitor' }, { path: '/', keep: false, ...looks.desk });
  await visitor.page.getByText('here now').waitFor();
  await take(visitor, 'landing');
  await visitor.leave();

  await jonas.goTo(zuri);
  await plays(jonas);
  await take(jonas, 'reel');
  await mira.goTo(aiko);
  await plays(mira);
  await take(mira, 'reel-phone');
  await mira.button(/^Invite/).click();
  await aiko.page.getByRole('alertdialog').waitFor();
  await aiko.page.locator('dialog video, dialog img').first().waitFor();
  await take(aiko, 'invite-phone');
  await aiko.button('Decline').click();

  await agree(jonas, zuri);
  await Promise.all([jonas, zuri].map(seesAndHears));
  await writes(zuri, 'You have the sea behind you!');
  await jonas.button(/^Chat/).click();
  await writes(jonas, 'Only a poster of it. Where are you?');
  await writes(zuri, 'Under a very patchy roof 🌧️');
  await jonas.page.getByText('patchy roof').waitFor();
  await take(jonas, 'call');
  await zuri.button('Close the chat').click();
  await zuri.page.getByRole('log').waitFor({ state: 'hidden' });
  await take(zuri, 'call-phone');
  await jonas.button('End the call').click();
  await zuri.page.getByText(/ended the call/).waitFor();
  await take(zuri, 'ended-phone');

  await goTo(aiko, '/home');
  await aiko.page.getByText('Hello').waitFor();
  await take(aiko, 'home-phone');
  for (const person of [mira, jonas, aiko, zuri]) await person.context.close();
} finally {
  await browser.close();
  await stop();
}
console.log(`${Math.round(bytes / 1024)} KB in all, in docs/images`);
if (bytes > MOST_BYTES) throw new Error(`the pictures are too large: ${bytes} bytes, and may be ${MOST_BYTES}`);
