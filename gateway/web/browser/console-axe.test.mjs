// Each part of the console, with something in it and as an admin goes through it, by axe.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { arriveAsAdmin, itemOf, tell } from './admin.mjs';
import { Inspector } from './axe.mjs';
import { agree } from './calls.mjs';
import { press, tabTo } from './keys.mjs';
import { Someone, startBrowser } from './someone.mjs';

const TABS = ['live', 'reviews', 'reports', 'bans', 'users', 'codes', 'addresses', 'announcements', 'audit'];

let browser;
let people = [];
let inspector;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());
beforeEach(() => {
  inspector = new Inspector();
});
afterEach(async () => {
  const leaving = people;
  people = [];
  for (const person of leaving) await person.leave();
  assert.deepEqual(inspector.faults, []);
});

async function present(arriving) {
  const person = await arriving;
  people.push(person);
  return person;
}

/** Somebody who is banned because of a call, and appealed. */
async function banned(name) {
  const reporter = await present(Someone.arrive(browser, `${name}'s reporter`));
  const person = await present(Someone.arrive(browser, name));
  const roomId = await agree(reporter, person);
  await tell(reporter, '/report/user', { reportedUserId: person.userId, roomId, reason: 'Was rude' });
  await tell(person, '/report/appeal', { text: 'It was not me' });
  return person;
}

async function settled({ page }) {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

test('axe finds nothing on any part of the console, nor on what opens there', async () => {
  const mallory = await banned('Mallory');
  const admin = await present(arriveAsAdmin(browser));
  const { page } = admin;
  await page.goto(new URL('/console/codes', page.url()).href);
  await page.getByLabel('Label').fill('Poster');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('dialog').getByRole('img').waitFor();
  await inspector.see(page, 'a QR code');
  for (const tab of TABS) {
    await page.goto(new URL(`/console/${tab}`, page.url()).href);
    await settled(admin);
    await inspector.see(page, tab);
  }
  await page.goto(new URL(`/console/users/${mallory.userId}`, page.url()).href);
  await settled(admin);
  await inspector.see(page, 'a person');
  for (const decision of ['Ban for good', 'Ban for some days', 'Call the reports wrong', 'Lift the ban']) {
    await page.getByRole('button', { name: decision }).click();
    await page.getByRole('dialog').waitFor();
    await inspector.see(page, decision);
    await page.keyboard.press('Escape');
  }
});

test('keys alone lead an admin in, to a decision and out', async () => {
  await banned('Trudy');
  const admin = await present(
    Someone.open(browser, { name: 'the admin' }, { path: '/console/reviews', keep: false }),
  );
  const { page } = admin;
  const { keyboard } = page;
  await page.getByLabel('Name').waitFor();
  await tabTo(page, /^Name/);
  await keyboard.type(process.env.ADMIN_USERNAME ?? 'root');
  await tabTo(page, /^Password/);
  await keyboard.type(process.env.ADMIN_PASSWORD ?? 'correct horse battery');
  await keyboard.press('Enter');
  await itemOf(admin, 'Trudy').waitFor();
  await press(page, /^Lift the ban/);
  await page.getByRole('dialog').waitFor();
  await press(page, /^Lift the ban/);
  await itemOf(admin, 'Trudy').waitFor({ state: 'detached' });
  await press(page, /^Sign out/);
  await page.getByLabel('Password').waitFor();
});
