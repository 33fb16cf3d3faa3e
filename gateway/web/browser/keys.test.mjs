// The whole way with keys alone: from the first page through a call to what comes after it.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { chatOf, openForCalls, seesAndHears } from './calls.mjs';
import { press, tabTo } from './keys.mjs';
import { signUp, startBrowser, until } from './someone.mjs';

let browser;
let people = [];
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());
afterEach(async () => {
  const leaving = people;
  people = [];
  for (const person of leaving) await person.leave();
});

test('keys alone lead from the first page through a call', async () => {
  const bob = await openForCalls(browser, await signUp('Bob'));
  people.push(bob);
  const visitor = await openForCalls(browser, { name: 'a visitor' }, { path: '/', keep: false });
  people.push(visitor);
  const { page } = visitor;
  const { keyboard } = page;

  await page.getByText('How it works').waitFor();
  await keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to content', 'what is first');
  await press(page, /^Meet somebody/);

  await page.getByLabel('Your name').waitFor();
  await tabTo(page, /^Your name/);
  await keyboard.type('Ada');
  await tabTo(page, /^Gender/);
  await keyboard.press('ArrowDown');
  await press(page, /^I am 18 or older/, 'Space');
  await press(page, /^Go on/);

  await page.getByText('Turn the camera on').waitFor();
  await press(page, /^Turn the camera on/);
  await page.getByText('Take the photo').waitFor();
  await tabTo(page, /^Take the photo/);
  await until('the photo is taken', async () => {
    await keyboard.press('Enter');
    return page.getByAltText('Your photo').isVisible();
  });
  await press(page, /^Use this one/);

  await page.getByText('Say hello').first().waitFor();
  await press(page, /^Turn the camera on/);
  await page.getByText('Start filming').waitFor();
  await press(page, /^Start filming/);
  const stop = page.getByRole('button', { name: 'Stop filming' });
  await until('it has filmed long enough', async () => (await stop.isVisible()) && (await stop.isEnabled()));
  await press(page, /^Stop filming/);
  await page.getByText('Use this one').waitFor();
  await press(page, /^Use this one/);

  await page.getByLabel('Password').waitFor();
  await press(page, /^Not now/);
  await page.getByText('Hello').waitFor();
  await press(page, /^Meet people/);
  await visitor.sees(bob);
  await press(page, /^Length of the call/);
  await keyboard.press('Shift+Tab');
  await keyboard.press('ArrowRight');
  await press(page, /^Invite/);

  await bob.page.getByRole('alertdialog').waitFor();
  await until('the focus is on Accept', () =>
    bob.page.evaluate(() => document.activeElement?.textContent?.includes('Accept')),
  );
  await bob.page.keyboard.press('Enter');
  for (const person of people) {
    await until(`${person.name} is in the call`, () => person.page.url().includes('/call/'));
  }

  await Promise.all(people.map(seesAndHears));
  await press(page, /^Mute your microphone/);
  await page.getByRole('button', { name: 'Unmute your microphone' }).waitFor();
  await press(page, /^Chat/);
  await until('the message can be written', () => page.evaluate(() => document.activeElement?.matches('input, textarea')));
  await keyboard.type('Without a mouse');
  await keyboard.press('Enter');
  await chatOf(visitor).getByText('Without a mouse').waitFor();
  await press(page, /^Close the chat/);
  await press(page, /^End the call/);
  await page.getByText('You ended the call.').waitFor();
  await press(page, /^See your history/);
  await page.getByRole('heading', { name: 'Your calls' }).waitFor();
});
