// Every page, and what opens on it, by axe: dark and light, on a phone and on a desk.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { Inspector } from './axe.mjs';
import { chatOf, inCall, openForCalls, writes } from './calls.mjs';
import { gate } from './gate.mjs';
import { routes } from './routes.mjs';
import { BASE, signUp, Someone, startBrowser, until } from './someone.mjs';

/** What to put into the addresses that hold a name; a page with such an address needs a line here. */
const NAMED = {
  legal: ['terms', 'privacy', 'conduct', 'cookies', 'community', 'content'],
  // A call that does not exist any more; those that do are below.
  call: ['7c9e6679-7425-40de-944b-e07fc1f90ae7'],
  // Without an admin, which is the way in; all behind it is seen in console-axe.test.mjs.
  consoleTab: ['live'],
  consoleUser: ['7c9e6679-7425-40de-944b-e07fc1f90ae7'],
};

let browser;
let people = [];
let inspector;
beforeEach(() => {
  inspector = new Inspector();
});
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());
afterEach(async () => {
  const leaving = people;
  people = [];
  for (const person of leaving) await person.leave();
  assert.deepEqual(inspector.faults, []);
});

async function arrive(name, options) {
  const person = await Someone.arrive(browser, name, options);
  people.push(person);
  return person;
}

/** Somebody without an account. */
async function visitor(path) {
  const person = await Someone.open(browser, { name: 'a visitor' }, { path, keep: false });
  people.push(person);
  return person;
}

async function settled(page) {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
}

function addressesOf({ name, path }) {
  if (!path.includes(':')) return [path];
  const names = NAMED[name];
  assert.ok(names, `${name}: say in NAMED with which names ${path} is to be seen`);
  return names.map((one) => path.replace(/:\w+/, one));
}

test('what is wrong with a page is found', async () => {
  const { page } = await visitor('/login');
  await page.locator('h1').evaluate((heading) => {
    heading.after(document.createElement('img'));
    heading.style.color = 'var(--surface)';
  });
  await inspector.see(page, 'a page with faults');

  const found = inspector.faults.splice(0);
  for (const rule of ['image-alt', 'color-contrast']) {
    assert.equal(found.filter((fault) => fault.includes(`: ${rule} `)).length, 4, `${rule} in each look: ${found}`);
  }
});

describe('axe finds nothing', () => {
  test('on any page', async () => {
    const guest = await visitor('/');
    const ada = await arrive('Ada', { path: '/home' });
    for (const route of routes) {
      for (const address of addressesOf(route)) {
        const { page } = route.session ? ada : guest;
        await page.goto(new URL(address, page.url()).href);
        await settled(page);
        assert.equal(await page.getByText('There is nothing here').count(), 0, `${address} has no page`);
        await inspector.see(page, address);
      }
    }
    await guest.page.goto(new URL('/nothing', guest.page.url()).href);
    await guest.page.getByText('There is nothing here').waitFor();
    await inspector.see(guest.page, 'an address without a page');
  });

  test('on the way in', async () => {
    const { page } = await visitor('/onboarding');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Please').first().waitFor();
    await inspector.see(page, 'a name that is missing');
    await page.getByLabel('Your name').fill('Ada');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Go on' }).click();

    await page.getByRole('button', { name: 'Turn the camera on' }).click();
    const photo = page.getByRole('button', { name: 'Take the photo' });
    await photo.waitFor();
    await inspector.see(page, 'the camera for the photo');
    const use = page.getByRole('button', { name: 'Use this one' });
    await until('a photo is taken', async () => {
      if (await photo.isVisible()) await photo.click();
      return use.isVisible();
    });
    await inspector.see(page, 'the photo');
    await use.click();

    await page.getByRole('button', { name: 'Turn the camera on' }).click();
    await page.getByRole('button', { name: 'Start filming' }).click();
    await page.getByRole('button', { name: 'Stop filming' }).waitFor();
    await inspector.see(page, 'the camera while it films');
    await page.getByRole('button', { name: 'Stop filming' }).click();
    await use.waitFor();
    await inspector.see(page, 'the video');
    await use.click();
    await page.getByLabel('Password').waitFor();
    await inspector.see(page, 'the way to keep an account');
  });

  test('on the reel, and on what opens there', async () => {
    const ada = await arrive('Ada');
    const bob = await arrive('Bob');
    await ada.sees(bob);
    await inspector.see(ada.page, 'the reel');
    for (const [button, what] of [
      ['Filter', 'the filter'],
      [/^Introduce/, 'an introduction'],
      [/^Block/, 'the question before blocking'],
    ]) {
      await ada.button(button).click();
      await ada.page.getByRole('dialog').waitFor();
      await inspector.see(ada.page, what);
      await ada.page.keyboard.press('Escape');
    }
    await ada.button(/^Length of the call/).click();
    await inspector.see(ada.page, 'the length of a call');

    await ada.invites(bob);
    await bob.page.getByRole('alertdialog').waitFor();
    await Promise.all([inspector.see(ada.page, 'an invite that waits'), inspector.see(bob.page, 'an invite')]);
    // It may have ended by itself meanwhile.
    const ended = ada.page.locator('[data-status="declined"], [data-status="no-response"]');
    await bob.button('Decline').click({ timeout: 2_000 }).catch(() => {});
    await ended.waitFor();
    await inspector.see(ada.page, 'the answer to an invite');
    await bob.page.locator('[data-status]').first().waitFor();
    await inspector.see(bob.page, 'a cooldown');
  });

  test('in a call, and on what opens there', async () => {
    const ada = await openForCalls(browser, await signUp('Ada'));
    const bob = await openForCalls(browser, await signUp('Bob'));
    people.push(ada, bob);
    await inCall([ada, bob]);
    const { page } = ada;
    await inspector.see(page, 'a call');
    for (const tray of ['React', 'More']) {
      await ada.button(tray).click();
      await inspector.see(page, `a call with ${tray}`);
    }
    for (const name of ['Camera, microphone and speaker', 'Share your socials', 'Block', 'Report']) {
      const button = page.getByRole('button', { name, exact: true }).first();
      await button.click();
      await page.getByRole('dialog').waitFor();
      await inspector.see(page, name);
      await page.keyboard.press('Escape');
    }
    await writes(ada, 'Hello there');
    await chatOf(ada).getByText('Hello there').waitFor();
    await inspector.see(page, 'the chat of a call');
    await bob.button('End the call').click();
    await page.getByText(/ended the call/).waitFor();
    await inspector.see(page, 'the end of a call');
    await until('the call is in the history', async () => {
      await page.goto(`${BASE}/history`);
      await page.getByRole('heading', { name: 'Your calls' }).waitFor();
      await page.getByRole('heading', { name: 'Bob' }).or(page.getByText('You have not talked')).first().waitFor();
      return page.getByRole('heading', { name: 'Bob' }).isVisible();
    });
    await inspector.see(page, 'the history of a call');
  });

  test('on the check of devices', async () => {
    const { page } = await arrive('Ada', { path: '/device-check' });
    await page.getByRole('button', { name: 'Turn on camera and microphone' }).click();
    await page.locator('video').first().waitFor();
    await inspector.see(page, 'the check of devices');
  });

  test('on what is told about the session and the connection', async () => {
    const wire = await gate(BASE);
    try {
      const ada = await arrive('Ada', { base: wire.base, path: '/home' });
      await ada.page.getByText('Hello').waitFor();
      wire.cut();
      await ada.page.getByText('Connection lost').waitFor();
      await inspector.see(ada.page, 'a connection that is lost');
    } finally {
      wire.close();
    }
    const banned = await arrive('Eve', { path: '/nothing' });
    await banned.page.route('**/user/me', (route) =>
      route.fulfill({ status: 403, json: { error: 'Your account is suspended', banned: true } }),
    );
    const banRecord = {
      userId: banned.userId,
      userName: 'Eve',
      banStatus: 'temporary',
      bannedAt: Date.now(),
      bannedReason: 'Reported by several people',
      reportCount: 4,
      reviewStatus: 'pending',
    };
    await banned.page.route('**/report/check-ban', (route) =>
      route.fulfill({ json: { isBanned: true, banStatus: 'temporary', banRecord } }),
    );
    await banned.page.goto(`${BASE}/home`);
    await banned.page.getByLabel('Your side of it').waitFor();
    await inspector.see(banned.page, 'a ban');
    const displaced = await arrive('Bob', { path: '/nothing' });
    await displaced.page.route('**/user/me', (route) =>
      route.fulfill({ status: 401, json: { error: 'Session invalidated', sessionInvalidated: true } }),
    );
    await displaced.page.goto(`${BASE}/home`);
    await displaced.page.getByRole('alertdialog').waitFor();
    await inspector.see(displaced.page, 'a session that ended elsewhere');
  });
});
