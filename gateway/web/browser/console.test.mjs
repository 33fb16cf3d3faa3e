// From a report to the end of a ban, in the pages of all who have to do with it; one report bans here.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { arriveAsAdmin, decides, itemOf, tell } from './admin.mjs';
import { agree } from './calls.mjs';
import { LIMIT_MS, Someone, startBrowser, until } from './someone.mjs';

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

async function present(arriving) {
  const person = await arriving;
  people.push(person);
  return person;
}

test('a report bans, an admin decides for good and lifts it, and the pages of all say so', async () => {
  const ada = await present(Someone.arrive(browser, 'Ada'));
  const bob = await present(Someone.arrive(browser, 'Bob'));
  const admin = await present(arriveAsAdmin(browser, '/console/reviews'));
  await admin.page.getByText('No ban waits for a decision').waitFor();
  const visitor = await present(
    Someone.open(browser, { name: 'a visitor' }, { path: '/blacklist', keep: false }),
  );
  await visitor.page.getByText('Nobody is banned for good').waitFor();

  const roomId = await agree(ada, bob);
  const reported = await tell(ada, '/report/user', { reportedUserId: bob.userId, roomId, reason: 'Was <b>rude</b>' });
  assert.equal(reported.autoBanned, true);

  // He is told wherever he is.
  const notice = bob.page.getByRole('alertdialog');
  await notice.getByText('Your account is suspended').waitFor();

  await admin.page.reload();
  await itemOf(admin, 'Bob').getByText('Was <b>rude</b>').waitFor();
  await decides(admin, 'Bob', 'Ban for good', 'Seen on the recording');
  await admin.page.getByText('No ban waits for a decision').waitFor();
  await visitor.page.reload();
  await visitor.page.getByText('Bob').waitFor();

  await admin.page.getByRole('link', { name: 'Bans' }).click();
  await itemOf(admin, 'Bob').getByText('decided: banned').waitFor();
  await decides(admin, 'Bob', 'Lift the ban');
  await itemOf(admin, 'Bob').getByText('not banned any more').waitFor();
  await visitor.page.reload();
  await visitor.page.getByText('Nobody is banned for good').waitFor();

  // Who asks in the moment of the decision may be refused once more.
  await until('Bob is let in again', async () => {
    await bob.page.goto(new URL('/home', bob.page.url()).href);
    const heading = bob.page.getByRole('heading', { name: /Hello/ });
    return heading.waitFor({ timeout: LIMIT_MS / 6 }).then(() => true, () => false);
  });
  assert.equal(await notice.count(), 0);

  await admin.page.getByRole('link', { name: 'Audit log' }).click();
  await admin.page.getByRole('heading', { name: 'Lifted a ban' }).first().waitFor();
  await admin.page.getByRole('button', { name: 'Sign out' }).click();
  await admin.page.getByLabel('Password').waitFor();
  await admin.page.goBack();
  await admin.page.getByLabel('Password').waitFor();
});
