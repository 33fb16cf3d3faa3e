// What members have besides the lobby and calls, where access is to be had by a code.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { post } from './calls.mjs';
import { BASE, LIMIT_MS, signUp, Someone, startBrowser } from './someone.mjs';

const ADMIN = { username: 'root', password: 'correct horse battery' };

let browser;
let code;
let people = [];
before(async () => {
  browser = await startBrowser();
  const login = await fetch(`${BASE}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const { adminToken } = await login.json();
  ({ code } = await post({ token: adminToken }, '/payment/admin/generate-code', { label: 'Flyer' }));
});
after(() => browser?.close());
afterEach(async () => {
  const leaving = people;
  people = [];
  for (const person of leaving) await person.leave();
});

async function open(account, options) {
  const person = await Someone.open(browser, account, options);
  people.push(person);
  return person;
}

test('everybody reads the rules, in the own language', async () => {
  const { page } = await open({ name: 'a visitor' }, { path: '/', keep: false });

  await page.getByRole('link', { name: 'Privacy' }).click();
  await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await page.getByRole('heading', { level: 1, name: 'Datenschutz' }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'öffentlichen Liste' }).click();
  await page.getByText('Niemand ist für immer gesperrt.').waitFor();
});

test('a code lets somebody in, by hand or by the address that its image holds', async () => {
  const ada = await open(await signUp('Ada'), { path: '/reel' });
  await ada.page.getByRole('link', { name: 'Get access' }).click();
  await ada.page.getByRole('button', { name: 'To the payment' }).click();
  await ada.page.getByText('Payments are not set up on this server.').waitFor();
  await ada.page.getByLabel('Access code').fill('AAAABBBBCCCCDDDD');
  await ada.button('Use it').click();
  await ada.page.getByText('This code is not known').waitFor();
  await ada.page.getByLabel('Access code').fill(code.toLowerCase());
  await ada.button('Use it').click();
  await ada.page.getByText('You came in with a code').waitFor();
  await ada.page.getByRole('main').getByRole('link', { name: 'Meet people' }).click();
  await ada.page.getByText('Nobody else is here right now').waitFor();

  const { page } = await open({ name: 'Ben' }, { path: `/onboarding?inviteCode=${code}`, keep: false });
  await page.getByText('Your access code lets you in.').waitFor();
  await page.getByLabel('Your name').fill('Ben');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'A photo of you' }).waitFor();
  await page.goto(`${BASE}/settings`);
  await page.getByText(/You have access on trial/).waitFor();
});

test('who was introduced is met and removed, and links are ended', async () => {
  const ada = await signUp('Ada', 'female', { inviteCode: code });
  const ben = await signUp('Ben', 'male', { inviteCode: code });
  const { referralCode } = await post(ada, '/referral/generate', { targetUserId: ben.userId });
  await signUp('Cem', 'male', { inviteCode: code, referralCode });

  const { page } = await open(ben, { path: '/introductions' });
  await page.getByText('Not here now').waitFor();
  await page.getByRole('button', { name: /^Remove .*Cem/ }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).press('Enter');
  await page.getByText('Nobody was introduced to you yet.').waitFor();

  await page.getByRole('button', { name: 'Show the link' }).click();
  assert.equal(await page.getByLabel('Link', { exact: true }).inputValue(), `${BASE}/onboarding?ref=${referralCode}`);
  await page.getByRole('button', { name: /End it: the link to you by .*Ada/ }).click();
  await page.getByText('There are no links that lead anywhere.').waitFor();
});

test('a block is taken back with the keyboard', async () => {
  const ada = await signUp('Ada', 'female', { inviteCode: code });
  const ben = await signUp('Ben <b>', 'male', { inviteCode: code });
  await post(ada, '/user/blocks', { userId: ben.userId });

  const { page } = await open(ada, { path: '/blocked' });
  await page.getByText('Ben <b>').waitFor();
  await page.getByRole('button', { name: /^Unblock/ }).press('Enter');
  await page.getByText('You can see each other again.').waitFor();
  await page.reload();
  await page.getByText('You have blocked nobody.').waitFor();
});
