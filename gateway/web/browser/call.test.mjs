// Two people talk, from the invite to the histories, in real pages.
import { after, before, test } from 'node:test';
import { agree, chatOf, isShownMotion, openForCalls, seesAndHears, writes } from './calls.mjs';
import { signUp, startBrowser, until } from './someone.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

test('two people talk and write, one loads the page again, and both find the call in their histories', async () => {
  const ada = await openForCalls(browser, await signUp('Ada'));
  const ben = await openForCalls(browser, await signUp('Ben'));
  await agree(ada, ben);
  await Promise.all([ada, ben].map(seesAndHears));
  await Promise.all([ada, ben].map(isShownMotion));
  await ada.page.getByRole('timer').first().waitFor();

  await writes(ada, 'Is this 1 < 2 > 0?');
  await ben.button('Chat, 1 unread').click();
  await chatOf(ben).getByText('Is this 1 < 2 > 0?').waitFor();
  await ben.page.getByRole('textbox', { name: 'Message' }).pressSequentially('It is');
  await ada.page.getByText(/Ben.* is typing/).waitFor();
  await ben.page.keyboard.press('Enter');
  await chatOf(ada).getByText('It is').waitFor();

  ben.page.on('dialog', (dialog) => dialog.accept());
  await ben.page.reload();
  await Promise.all([ada, ben].map(seesAndHears));
  await ben.button('Chat').click();
  await chatOf(ben).getByText('Is this 1 < 2 > 0?').waitFor();

  await ben.button('End the call').click();
  await ben.page.getByText('You ended the call.').waitFor();
  await ada.page.getByText(/Ben.* ended the call/).waitFor();
  await ada.page.getByText(/You talked for/).waitFor();
  for (const [person, other] of [
    [ada, 'Ben'],
    [ben, 'Ada'],
  ]) {
    await person.page.getByRole('link', { name: 'See your history' }).click();
    const entry = person.page.getByRole('listitem').filter({ has: person.page.getByRole('heading', { name: other }) });
    const messages = entry.getByText('Messages (2)');
    await until(`the call is in the history of ${person.name}`, async () => {
      await person.page.getByRole('heading', { name: 'Your calls' }).waitFor();
      await messages.or(person.page.getByText('You have not talked')).first().waitFor();
      // The end of a call is written a moment after it is told.
      if (!(await messages.isVisible())) await person.page.reload();
      return messages.isVisible();
    });
    await messages.click();
    await entry.getByText('Is this 1 < 2 > 0?').waitFor();
    await person.leave();
  }
});
