// The reel at its edges: filters, ends of invites, looking away, small screens, keys alone, odd devices.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { gate } from './gate.mjs';
import { tabTo } from './keys.mjs';
import { BASE, LIMIT_MS, Someone, signUp, startBrowser, until } from './someone.mjs';

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
const incoming = (person) => person.page.getByRole('alertdialog');

describe('the reel', () => {
  test('shows only whom one asked for, and remembers it', async () => {
    const ada = await arrive('Ada');
    const bob = await arrive('Bob', { gender: 'male' });
    const eve = await arrive('Eve', { gender: 'female' });
    await ada.goTo(bob);
    await ada.goTo(eve);

    await ada.button('Filter').click();
    await ada.page.getByRole('checkbox', { name: 'Men', exact: true }).check();
    await ada.button('Close').click();
    await ada.sees(bob);
    await ada.page.keyboard.press('ArrowDown');
    await ada.page.getByText('That was everybody').waitFor();
    await ada.page.reload();
    await ada.sees(bob);
    await ada.button('Filter (1)').waitFor();
  });

  test('keeps names as they are, with markup and from right to left', async () => {
    const ada = await arrive('Ada');
    const name = '<img src=x onerror=alert(1)> مرحبا';
    const bob = await arrive(name);
    await ada.sees(bob);

    assert.equal(await ada.page.getByRole('heading', { level: 2 }).innerText(), name);
    assert.equal(await ada.page.locator('article bdi').innerText(), name);
    assert.equal(await ada.page.locator('article img[src="x"]').count(), 0);
  });

  test('a person who is blocked vanishes on both sides', async () => {
    const ada = await arrive('Ada');
    const bob = await arrive('Bob');
    await ada.sees(bob);
    await bob.sees(ada);

    await ada.button(/^Block/).click();
    await ada.button('Block', { exact: true }).last().click();
    await ada.page.getByText('Nobody else is here right now').waitFor();
    await bob.page.getByText('has left').waitFor();
  });
});

describe('an invite', () => {
  test('is prolonged, and taken back by the caller', async () => {
    const ada = await arrive('Ada');
    const bob = await arrive('Bob');
    await ada.invites(bob);
    await incoming(bob).waitFor();

    await ada.button(/^\+20 s/).click();
    await ada.button(/^\+20 s \(2 left\)/).waitFor();
    await until('Bob has more time', async () => {
      const seconds = await incoming(bob).getByRole('timer').innerText();
      return Number.parseInt(seconds, 10) > 25;
    });
    await ada.button('Cancel invite').click();
    await incoming(bob).waitFor({ state: 'detached' });
    const cooldown = banner(ada, 'cooldown');
    await cooldown.waitFor();
    await until('the time that is left is told', async () => /(59m|1h 0m) left/.test(await cooldown.innerText()));
    // Small by hand, and large again, by keys.
    await ada.button('Make this notice smaller').or(ada.button('Make this notice larger')).waitFor();
    await cooldown.hover({ force: true });
    const smaller = ada.button('Make this notice smaller');
    await smaller.focus();
    await ada.page.keyboard.press('Enter');
    await ada.button('Make this notice larger').waitFor();
    await until('the banner is small', () =>
      cooldown.evaluate((element) => getComputedStyle(element).bottom === '96px' && getComputedStyle(element).fontSize === '14px'),
    );
    await ada.page.keyboard.press('Enter');
    await until('the banner is large', () =>
      cooldown.evaluate((element) => getComputedStyle(element).bottom === '176px' && getComputedStyle(element).fontSize === '18px'),
    );
  });

  test('that nobody answers ends by itself, on both sides', async () => {
    const ada = await arrive('Ada');
    const bob = await arrive('Bob');
    await ada.invites(bob);
    await incoming(bob).waitFor();

    await banner(ada, 'no-response').waitFor({ timeout: 2 * LIMIT_MS });
    await incoming(bob).waitFor({ state: 'detached' });
    await bob.page.getByText('has ended').waitFor();
  });

  test('outlives a glance away, and is taken back after three seconds', async () => {
    const ada = await arrive('Ada');
    const bob = await arrive('Bob');
    await ada.invites(bob);
    await incoming(bob).waitFor();

    assert.match((await ada.hide(true)).join(' '), /queue:leave/);
    await ada.hide(false);
    await ada.page.getByText('You can be seen again.').waitFor();
    assert.ok(await incoming(bob).isVisible());
    assert.ok(!(await ada.said()).includes('call:rescind'));

    await ada.hide(true);
    await incoming(bob).waitFor({ state: 'detached' });
    assert.ok((await ada.said()).includes('call:rescind'));
  });

  test('is shown with the server’s time on a device whose clock is off by an hour', async () => {
    const ahead = () => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + 3_600_000;
    };
    const ada = await arrive('Ada');
    const bob = await arrive('Bob', { before: [ahead] });
    await ada.invites(bob);

    await incoming(bob).waitFor();
    const seconds = Number.parseInt(await incoming(bob).getByRole('timer').innerText(), 10);
    assert.ok(seconds > 0 && seconds <= 23, `${seconds} s`);
    await bob.button('Decline').click();
    await until('the cooldown is a day', async () => /(24h 0m|23h 59m) left/.test(await banner(bob, 'cooldown').innerText()));
  });
});

describe('a phone', () => {
  test('of 320 by 568 points has all of it on the screen, and is swiped', async () => {
    const ada = await arrive('Ada', { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true });
    const bob = await arrive('Bob');
    await ada.sees(bob);

    const size = await ada.page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.scrollHeight,
    ]);
    assert.deepEqual(size, [320, 568]);
    for (const name of [/^Invite/, /^Length of the call/, 'Next person', 'Filter']) {
      // The card may still be coming in.
      let box;
      const end = Date.now() + 20_000;
      do box = await ada.button(name).boundingBox();
      while (!(box && box.x >= 0 && box.x + box.width <= 320 && box.y + box.height <= 568) && Date.now() < end);
      assert.ok(Date.now() < end, `${name} stays at ${JSON.stringify(box)}`);
    }
    const touch = await ada.context.newCDPSession(ada.page);
    const at = (y) => [{ x: 150, y }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(380) });
    for (const y of [340, 300, 250]) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(y) });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await ada.page.getByText('That was everybody').waitFor();
  });
});

describe('keys alone', () => {
  test('lead from home to the invite and to its answer', async () => {
    const ada = await arrive('Ada', { path: '/home' });
    const bob = await arrive('Bob');
    await ada.page.getByText('Hello').waitFor();
    await tabTo(ada.page, /Meet people/);
    await ada.page.keyboard.press('Enter');
    await ada.sees(bob);
    await tabTo(ada.page, /^Length of the call/);
    await ada.page.keyboard.press('Enter');
    await ada.page.keyboard.press('Shift+Tab');
    await ada.page.keyboard.press('ArrowRight');
    assert.equal(await ada.front(), bob.userId, 'the keys of the slider are its own');
    await tabTo(ada.page, /^Invite/);
    await ada.page.keyboard.press('Enter');

    await incoming(bob).waitFor();
    await until('the focus is on Accept', () =>
      bob.page.evaluate(() => document.activeElement?.textContent?.includes('Accept')),
    );
    await bob.page.keyboard.press('Escape');
    assert.ok(await incoming(bob).isVisible(), 'Escape answers nothing');
    await bob.page.keyboard.press('Enter');
    for (const person of [ada, bob]) {
      await until(`${person.name} is in the call`, () => person.page.url().includes('/call/'));
    }
  });
});

describe('the session', () => {
  test('is there without storage, from the cookie, and the page works', async () => {
    const account = await signUp('Ada');
    const blocked = () => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('blocked', 'SecurityError');
          },
        });
      }
    };
    const text = JSON.stringify({ change: 1, ...account });
    const ada = await Someone.open(browser, account, {
      keep: false,
      before: [blocked],
      storageState: {
        cookies: [
          { name: 'napalmsky.session', value: encodeURIComponent(text), url: BASE, expires: -1 },
        ].map(({ url, ...cookie }) => ({
          ...cookie,
          domain: new URL(url).hostname,
          path: '/',
          httpOnly: false,
          secure: false,
          sameSite: 'Strict',
        })),
        origins: [],
      },
    });
    people.push(ada);
    const bob = await arrive('Bob');

    await ada.sees(bob);
    await ada.page.reload();
    await ada.sees(bob);
  });

  test('outlives storage that is emptied while the page is open, and a freeze', async () => {
    const ada = await arrive('Ada');
    await ada.page.getByText('Nobody else is here right now').waitFor();
    await ada.page.evaluate(() => localStorage.removeItem('napalmsky.session'));

    await ada.page.evaluate(() => document.dispatchEvent(new Event('freeze')));
    assert.ok(await ada.page.evaluate(() => localStorage.getItem('napalmsky.session')));
    await ada.page.evaluate(() => document.dispatchEvent(new Event('resume')));
    await ada.page.reload();
    await ada.page.getByText('Nobody else is here right now').waitFor();
  });
});

describe('the connection', () => {
  test('that is lost is said so, and the reel goes on when it is back', async () => {
    const wire = await gate(BASE);
    try {
      const ada = await arrive('Ada', { base: wire.base });
      const bob = await arrive('Bob');
      await ada.sees(bob);

      wire.cut();
      await ada.page.getByText('Connection lost').waitFor();
      await bob.page.getByText('has left').waitFor();
      wire.mend();
      await ada.page.getByText('Connected again.').waitFor();
      await bob.page.getByText('Here now').waitFor();
    } finally {
      wire.close();
    }
  });
});
