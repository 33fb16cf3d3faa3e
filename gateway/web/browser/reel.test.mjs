// Two and more people look through the reel and invite each other, in real pages.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { Someone, startBrowser, until } from './someone.mjs';

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

async function arrive(name, options) {
  const person = await Someone.arrive(browser, name, options);
  people.push(person);
  return person;
}

const banner = (person, status) => person.page.locator(`[data-status="${status}"]`);

describe('the reel', () => {
  test('two people see each other come and go', async () => {
    const ada = await arrive('Ada');
    await ada.page.getByText('Nobody else is here right now').waitFor();

    const bob = await arrive('Bob');
    await ada.sees(bob);
    await bob.sees(ada);

    // He goes home, and is out of the lobby; his card stays under her finger until she moves on.
    await bob.page.getByRole('link', { name: 'Home' }).click();
    await ada.page.getByText('has left').waitFor();
    assert.equal(await ada.front(), bob.userId);
    await ada.page.keyboard.press('ArrowDown');
    await ada.page.getByText('That was everybody').waitFor();
    await bob.page.getByRole('link', { name: 'Meet people' }).first().click();
    await ada.sees(bob);
  });

  test('an invite is accepted, and both are led to the call', async () => {
    const ada = await arrive('Ada');
    const bob = await arrive('Bob');
    await ada.invites(bob);

    const dialog = bob.page.getByRole('alertdialog');
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /Ada.* invites you/);
    assert.match(await bob.page.title(), /invites you|Meet people/);
    assert.match(await dialog.innerText(), /You would talk for 5:00/);
    await dialog.getByRole('slider').fill('60');
    assert.match(await dialog.innerText(), /You would talk for 3:00/);
    await dialog.getByRole('button', { name: 'Accept' }).click();

    for (const person of [ada, bob]) {
      await until(`${person.name} is in the call`, () => /\/call\/[0-9a-f-]{36}$/.test(person.page.url()));
    }
    assert.equal(new URL(ada.page.url()).pathname, new URL(bob.page.url()).pathname);
  });

  test('an invite is declined: the caller is told so, and why he cannot ask again', async () => {
    const ada = await arrive('Ada');
    const bob = await arrive('Bob');
    await ada.invites(bob);
    await bob.button('Decline').click();

    const declined = banner(ada, 'declined');
    await declined.waitFor();
    await declined.hover({ force: true });
    await until('the banner is large and says why', async () =>
      /Declined[\s\S]*(23h 59m|24h 0m) left[\s\S]*would rather not talk/.test(await declined.innerText()),
    );
    assert.equal(await ada.page.getByRole('button', { name: 'Not now' }).isDisabled(), true);
    const cooldown = banner(bob, 'cooldown');
    await cooldown.waitFor();
    await until('it says so', async () => /Try again later/.test(await cooldown.innerText()));
  });

  test('a hidden page is out of the lobby before its event is over, and back with a toast', async () => {
    const ada = await arrive('Ada');
    const bob = await arrive('Bob');
    await ada.sees(bob);

    const sent = await bob.hide(true);
    assert.match(sent.join(' '), /presence:leave/);
    await ada.page.getByText('has left').waitFor();

    await bob.hide(false);
    await bob.page.getByText('You can be seen again.').waitFor();
    await ada.page.getByText('Here now').waitFor();
    assert.equal(await ada.front(), bob.userId);
  });
});
