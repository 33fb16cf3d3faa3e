// Looking away and coming back, as browsers do it to pages: hidden, covered, frozen, kept for the way back.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { inCall, openForCalls, seesAndHears } from './calls.mjs';
import { signUp, Someone, startBrowser, until } from './someone.mjs';

/** The most that may pass until somebody who looks away is out of the lobby. */
const OUT_MS = 100;

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

/** Two people in the lobby who see each other. */
async function two(options) {
  const ada = await arrive('Ada', options);
  const bob = await arrive('Bob');
  await ada.sees(bob);
  await bob.sees(ada);
  return [ada, bob];
}

const told = (packets) => packets.map((packet) => JSON.parse(packet.replace(/^42\d*/, ''))[0]);

describe('somebody who looks away', () => {
  test('is out of the lobby at once, and back with a word about it', async () => {
    const [ada, bob] = await two();

    // The page's own clock: how busy this machine is does not count.
    const { packets, millis } = await ada.page.evaluate(() => {
      const start = performance.now();
      const packets = window.hide(true);
      return { packets, millis: performance.now() - start };
    });
    assert.deepEqual(told(packets), ['presence:leave']);
    assert.ok(millis <= OUT_MS, `${millis} ms`);
    await bob.page.getByText(/has left/).waitFor();

    await ada.hide(false);
    await ada.page.getByText('You can be seen again.').waitFor();
    await bob.page.getByText('Here now').waitFor();
    await ada.sees(bob);
  });

  test('stays in the lobby while the system’s sheet for sharing covers the page', async () => {
    const sheet = () => {
      navigator.share = () =>
        new Promise((done) => {
          window.shared = done;
        });
    };
    const [ada, bob] = await two({ before: [sheet] });
    await ada.button(/^Introduce/).click();
    await ada.button('Share').click();

    const from = (await ada.said()).length;
    await ada.hide(true);
    await ada.hide(false);
    await ada.page.evaluate(() => window.shared());
    await ada.button('Close').click();
    assert.deepEqual((await ada.said(from)).filter((event) => /^(presence|queue):/.test(event)), []);

    // Put away while the page is hidden: then it counts.
    await ada.button(/^Introduce/).click();
    await ada.button('Share').click();
    await ada.hide(true);
    await ada.page.evaluate(() => window.shared());
    await bob.page.getByText(/has left/).waitFor();
  });

  test('in a call says nothing of it, and the call goes on', async () => {
    const ada = await openForCalls(browser, await signUp('Ada'));
    const bob = await openForCalls(browser, await signUp('Bob'));
    people.push(ada, bob);
    await inCall([ada, bob]);

    const from = (await ada.said()).length;
    await ada.hide(true);
    await ada.page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await Promise.all([ada, bob].map(seesAndHears));
    await ada.hide(false);
    assert.deepEqual((await ada.said(from)).filter((event) => /^(presence|queue):/.test(event)), []);
    await ada.button('End the call').click();
    await bob.page.getByText(/ended the call/).waitFor();
  });
});

describe('a page', () => {
  test('that the browser freezes is out of the lobby, keeps its session, and comes back', async () => {
    const [ada, bob] = await two();
    await ada.page.evaluate(() => localStorage.removeItem('napalmsky.session'));
    const happens = (type) => ada.page.evaluate((name) => void document.dispatchEvent(new Event(name)), type);

    await happens('freeze');
    await bob.page.getByText(/has left/).waitFor();
    await happens('resume');
    await ada.page.getByText('You can be seen again.').waitFor();
    await bob.page.getByText('Here now').waitFor();
    assert.ok(await ada.page.evaluate(() => localStorage.getItem('napalmsky.session')), 'the session is kept again');
  });

  test('that is kept for the way back is out of the lobby meanwhile, and asks whether the session still holds', async () => {
    const [ada, bob] = await two();
    const kept = (type) => ada.page.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);

    await kept('pagehide');
    await bob.page.getByText(/has left/).waitFor();
    const from = (await ada.said()).length;
    await kept('pageshow');
    await ada.page.getByText('You can be seen again.').waitFor();
    await bob.page.getByText('Here now').waitFor();
    assert.ok((await ada.said(from)).includes('auth'), 'the connection was looked at');
  });

  test('covered by another program on a phone of one maker is out of the lobby', async () => {
    const covered = () => {
      let focus = true;
      Document.prototype.hasFocus = () => focus;
      window.cover = (now) => {
        focus = !now;
        dispatchEvent(new Event(now ? 'blur' : 'focus'));
      };
    };
    const [ada, bob] = await two({
      before: [covered],
      userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
    });

    await ada.page.evaluate(() => window.cover(true));
    await bob.page.getByText(/has left/).waitFor();
    await ada.page.evaluate(() => window.cover(false));
    await bob.page.getByText('Here now').waitFor();
  });

  test('whose session ended while it was away says so when it is back', async () => {
    const ada = await arrive('Ada');
    await ada.page.getByText('Nobody else is here right now').waitFor();
    await ada.hide(true);
    // Another tab logs out.
    await ada.page.evaluate(() => {
      const { change } = JSON.parse(localStorage.getItem('napalmsky.session'));
      localStorage.setItem('napalmsky.session', JSON.stringify({ change: change + 10 }));
    });

    await ada.hide(false);
    await until('she is asked to begin', () => new URL(ada.page.url()).pathname === '/onboarding');
  });
});
