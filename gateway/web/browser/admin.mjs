// Admins at the console in Chromium, and what they look after.
import { BASE, LIMIT_MS, Someone } from './someone.mjs';

const USERNAME = process.env.ADMIN_USERNAME ?? 'root';
const PASSWORD = process.env.ADMIN_PASSWORD ?? 'correct horse battery';

/** An admin who has come in by the door, and is led to where he wanted to go. */
export async function arriveAsAdmin(browser, path = '/console/live', options = {}) {
  const admin = await Someone.open(browser, { name: 'the admin' }, { path, keep: false, ...options });
  const { page } = admin;
  await page.getByLabel('Name').fill(USERNAME);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Password').press('Enter');
  await page.getByText(`Signed in as`).waitFor();
  return admin;
}

/** Says something to the API as somebody; throws when it is refused. */
export async function tell(account, path, body) {
  const answer = await fetch(BASE + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${account.token}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(`${path} of ${account.name}: ${answer.status} ${JSON.stringify(json)}`);
  return json;
}

/** The item of the list in front that is about somebody. */
export function itemOf(admin, name) {
  return admin.page.getByRole('main').getByRole('listitem').filter({ has: admin.page.getByRole('heading', { name }) }).first();
}

/** Decides on somebody's ban, and says yes when asked. */
export async function decides(admin, name, decision, reason) {
  await itemOf(admin, name).getByRole('button', { name: decision }).click();
  const dialog = admin.page.getByRole('dialog');
  if (reason !== undefined) await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: decision }).click();
  await dialog.waitFor({ state: 'detached' });
}
