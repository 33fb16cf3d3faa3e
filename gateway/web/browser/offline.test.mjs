// The client on a device: installed, without a network, and when there is a newer one.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { gate } from './gate.mjs';
import { releases } from './release.mjs';
import { BASE, signUp, Someone, startBrowser, until } from './someone.mjs';

let browser;
let wire;
let people = [];
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());
afterEach(async () => {
  const leaving = people;
  people = [];
  for (const person of leaving) await person.leave();
  wire?.close();
  wire = undefined;
});

/** Somebody whose client is kept on the device; all it hears comes through `before`. */
async function arrive(name, path = '/home', before = gate) {
  wire = await before(BASE);
  const person = await Someone.open(browser, await signUp(name), { path, base: wire.base });
  people.push(person);
  await until('the client is kept', () =>
    person.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'),
  );
  return person;
}

describe('without a network', () => {
  test('the client starts, says so, and goes on when there is one again', async () => {
    const { page } = await arrive('Ada');
    await page.getByText(/^Hello.*Ada/).waitFor();

    wire.cut();
    await page.reload();
    await page.getByRole('heading', { name: 'You are offline' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'You are offline' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Napalm Sky' }).count(), 1);
    // A page of it that was never opened with a network.
    await page.goto(`${wire.base}/`);
    await page.getByRole('heading', { name: 'How it works' }).waitFor();
    await page.goto(`${wire.base}/settings`);
    await page.getByRole('heading', { name: 'You are offline' }).waitFor();

    wire.mend();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.getByText('Connected again.').waitFor();
    await page.goto(`${wire.base}/home`);
    await page.getByText(/^Hello.*Ada/).waitFor();
  });

  test('nothing is kept but files of the build, and addresses of the API are not answered for', async () => {
    const { page } = await arrive('Ada', '/reel');
    await page.getByText('Nobody else is here right now').waitFor();
    await page.reload();
    await page.getByText('Nobody else is here right now').waitFor();

    const kept = await page.evaluate(async () => {
      const addresses = [];
      for (const name of await caches.keys()) {
        for (const { url } of await (await caches.open(name)).keys()) addresses.push(new URL(url).pathname);
      }
      return addresses;
    });
    assert.ok(kept.length > 10, `${kept}`);
    for (const path of kept) assert.match(path, /^\/$|^\/assets\/|^\/icons\/|^\/app\.webmanifest$/);
    wire.cut();
    const answers = await page.evaluate(() =>
      Promise.all(['/user/me', '/stats/live', '/room/queue'].map((path) => fetch(path).then(() => path, () => 'failed'))),
    );
    assert.deepEqual(answers, ['failed', 'failed', 'failed']);
  });
});

describe('the client on a device', () => {
  test('can be installed', async () => {
    const { page, context } = await arrive('Ada');
    const devtools = await context.newCDPSession(page);

    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    const { errors, data } = await devtools.send('Page.getAppManifest');
    // A window without a trace installs nothing.
    assert.deepEqual(
      installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'),
      [],
    );
    assert.deepEqual(errors, []);
    for (const { src, sizes, type } of JSON.parse(data).icons) {
      const size = await page.evaluate(async (path) => {
        const answer = await fetch(path);
        const type = answer.headers.get('content-type');
        const image = new Image();
        image.src = path;
        await image.decode();
        return [type, `${image.naturalWidth}x${image.naturalHeight}`];
      }, src);
      assert.deepEqual(size, [type, sizes === 'any' ? size[1] : sizes], src);
    }
  });

  test('is told of a newer one, and loads it when it is asked to', async () => {
    const { page } = await arrive('Ada', '/home', releases);
    await page.getByText(/^Hello.*Ada/).waitFor();
    assert.equal(await page.getByText('There is a new version').count(), 0);

    const own = await page.evaluate(() => document.querySelector('script[type="module"]').getAttribute('src'));
    const next = own.replace('.js', '-next.js');
    wire.next();
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await page.getByText('There is a new version').waitFor();
    await page.getByRole('button', { name: 'Load it' }).click();

    await until('the new one is there', () =>
      page
        .evaluate(() => document.querySelector('script[type="module"]')?.getAttribute('src') ?? '')
        .then((src) => src === next, () => false),
    );
    await page.getByText(/^Hello.*Ada/).waitFor();
    assert.equal(await page.getByText('There is a new version').count(), 0);
    const kept = await page.evaluate(() => caches.keys());
    assert.deepEqual(kept, [`release ${own}`, `release ${next}`]);
  });
});
