// All of it, from the first page to the next call, by what stands on the pages only.
import { after, before, test } from 'node:test';
import { agree, chatOf, isShownMotion, openForCalls, seesAndHears, writes } from './calls.mjs';
import { gate } from './gate.mjs';
import { BASE, startBrowser, until } from './someone.mjs';

/** The shortest call there is, and some time to come back to its page. */
const WHOLE_CALL_MS = 180_000;

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** Somebody who opens the first page for the first time, and films himself. */
async function begins(name, gender, options) {
  const person = await openForCalls(browser, { name }, { path: '/', keep: false, ...options });
  const { page } = person;
  page.on('dialog', (dialog) => dialog.accept());
  await page.getByRole('link', { name: 'Start' }).first().click();
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await page.getByRole('combobox', { name: 'Gender' }).selectOption(gender);
  await page.getByRole('checkbox').check();
  await person.button('Go on').click();
  await person.button('Turn the camera on').click();
  await person.button('Take the photo').click();
  await person.button('Use this one').click();
  await person.button('Turn the camera on').click();
  await person.button('Start filming').click();
  await person.button('Stop filming').click();
  await page.getByLabel('Your video').waitFor();
  await person.button('Use this one').click();
  await person.button('Not now').click();
  await page.getByRole('link', { name: 'Meet people' }).first().click();
  person.userId = await page.evaluate(() => JSON.parse(localStorage.getItem('napalmsky.session')).userId);
  return person;
}

test('two people sign up, film themselves, meet, talk until the time is up, and talk again', async () => {
  const wire = await gate(BASE);
  try {
    const [ada, ben] = await Promise.all([begins('Ada', 'female'), begins('Ben', 'male', { base: wire.base })]);
    await ada.goTo(ben);
    await ada.page.locator('article:not([inert]) video').waitFor();
    for (const person of [ada, ben]) {
      await person.button(/^Length of the call/).click();
      await person.page.getByRole('slider').fill('60');
    }
    await agree(ada, ben);
    await Promise.all([ada, ben].map(seesAndHears));
    await Promise.all([ada, ben].map(isShownMotion));

    await writes(ada, 'Hello Ben');
    await ben.button('Chat, 1 unread').click();
    await chatOf(ben).getByText('Hello Ben').waitFor();
    await ada.page.reload();
    await Promise.all([ada, ben].map(seesAndHears));

    wire.cut();
    await ben.page.getByText('Connection lost').waitFor();
    wire.mend();
    await ben.page.getByText('Connected again.').waitFor();
    await Promise.all([ada, ben].map(seesAndHears));

    for (const person of [ada, ben]) {
      await person.page.getByText('Your time together is up.').waitFor({ timeout: WHOLE_CALL_MS });
      await person.page.getByText(/You talked for/).waitFor();
    }
    await ada.button('Talk again').click();
    await ben.page.getByText(/Ada.* would like to talk again/).waitFor();
    await ben.button('Talk again').click();
    for (const person of [ada, ben]) {
      await until(`${person.name} is in the next call`, async () =>
        (await person.button('End the call').count()) + (await person.button('Cancel the call').count()) > 0,
      );
    }
    await Promise.all([ada, ben].map(seesAndHears));
    await ben.button('End the call').click();
    await ben.page.getByRole('link', { name: 'See your history' }).click();
    await ben.page.getByRole('heading', { name: 'Ada' }).first().waitFor();
    await ben.page.getByText('Messages (1)').first().click();
    await ben.page.getByText('Hello Ben').first().waitFor();
    for (const person of [ada, ben]) await person.leave();
  } finally {
    wire.close();
  }
});
