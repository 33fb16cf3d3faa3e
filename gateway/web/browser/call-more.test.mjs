// Calls at their edges: lost networks, odd devices, small screens, strangers, and peers that send nonsense.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { agree, chatOf, inCall, isShownMotion, openForCalls, post, received, seesAndHears, Wire, writes } from './calls.mjs';
import { gate } from './gate.mjs';
import { BASE, signUp, startBrowser, until } from './someone.mjs';

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
  return openAs(await signUp(name), options);
}

/** A page of an account that is there already. */
async function openAs({ name, token, userId, accountType }, options) {
  const person = await openForCalls(browser, { name, token, userId, accountType }, options);
  // The question before a page with a call is left.
  person.page.on('dialog', (dialog) => dialog.accept());
  people.push(person);
  return person;
}

/** One who is there by a socket only. */
async function wired(name) {
  const wire = await Wire.connect(await signUp(name));
  people.push(wire);
  await wire.inLobby();
  return wire;
}

async function endsCall(person) {
  await person.button('End the call').click();
  await person.page.getByText('You ended the call.').waitFor();
}


/** A camera that the user or the system does not give. */
const noCamera = () => {
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (wanted) =>
    wanted.video ? Promise.reject(new DOMException('denied', 'NotAllowedError')) : open(wanted);
};

describe('a call', () => {
  test('in which the network is lost for a while goes on when it is back', async () => {
    const wire = await gate(BASE);
    try {
      const ada = await arrive('Ada');
      const ben = await arrive('Ben', { base: wire.base });
      await inCall([ada, ben]);
      const network = await ben.context.newCDPSession(ben.page);
      const lose = (packetLoss) =>
        network.send('Network.emulateNetworkConditions', {
          offline: false,
          latency: 0,
          downloadThroughput: -1,
          uploadThroughput: -1,
          packetLoss,
        });
      await network.send('Network.enable');

      wire.cut();
      await lose(100);
      await ada.page.getByText(/Ben.* lost the connection and may come back/).first().waitFor();
      await ben.page.getByText('Connection lost').waitFor();
      await lose(0);
      wire.mend();
      await ben.page.getByText('Connected again.').waitFor();
      await ada.page.getByText(/Ben.* lost the connection/).waitFor({ state: 'detached' });
      await Promise.all([ada, ben].map(seesAndHears));
      await endsCall(ada);
    } finally {
      wire.close();
    }
  });

  test('whose ways between the two break finds new ones', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    const before = (await received(ada)).ways;

    await ben.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await until('other ways are in use', async () => (await received(ada)).ways !== before);
    await Promise.all([ada, ben].map(seesAndHears));
  });

  test('whose ways break on both sides at once finds new ones', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    const before = (await received(ada)).ways;

    await Promise.all([ada, ben].map(({ page }) => page.evaluate(() => window.dispatchEvent(new Event('online')))));
    await until('other ways are in use', async () => (await received(ada)).ways !== before);
    await Promise.all([ada, ben].map(seesAndHears));
  });

  test('that both load again at once comes back to both', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    await Promise.all([ada, ben].map(({ page }) => page.reload()));
    await Promise.all([ada, ben].map(seesAndHears));
    await endsCall(ben);
  });

  const refused = () => {
    window.WebSocket = class {
      constructor() {
        setTimeout(() => this.onerror?.(new Event('error')));
      }
      close() {}
    };
  };
  const swallowed = () => {
    window.WebSocket = class {
      close() {}
    };
  };
  for (const blocked of [refused, swallowed]) {
    test(`of one whose websocket is ${blocked.name} is held by polling`, async () => {
      const ada = await arrive('Ada', { before: [blocked] });
      const ben = await arrive('Ben');
      await agree(ben, ada);
      await Promise.all([ada, ben].map(seesAndHears));
      await writes(ada, 'By post');
      await ben.button('Chat, 1 unread').click();
      await chatOf(ben).getByText('By post').waitFor();
      await endsCall(ada);
      await ben.page.getByText(/Ada.* ended the call/).waitFor();
    });
  }

  test('is not for a third person', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    const roomId = await inCall([ada, ben]);

    const eve = await arrive('Eve', { path: `/call/${roomId}` });
    await eve.page.getByText('This call does not exist any more.').waitFor();
    assert.equal(await eve.page.evaluate(() => window.connections.length), 0);
    await Promise.all([ada, ben].map(seesAndHears));
  });

  test('that never was is over at once', async () => {
    const ada = await arrive('Ada', { path: '/call/6b1f7dd4-9a55-4f9c-9d0b-3d9b6b0f5f11' });
    await ada.page.getByText('This call does not exist any more.').waitFor();
    await ada.page.getByRole('link', { name: 'Meet somebody else' }).click();
    await ada.page.getByText('Nobody else is here right now').waitFor();
  });

  test('ends for both when one of them is banned', async () => {
    const eve = await arrive('Eve');
    const ben = await arrive('Ben');
    const before = await inCall([eve, ben]);
    await endsCall(eve);
    await ben.page.getByRole('link', { name: 'Meet somebody else' }).click();
    const ada = await arrive('Ada');
    await inCall([ada, ben]);

    await post(eve, '/report/user', { reportedUserId: ben.userId, roomId: before, reason: 'Was rude' });
    await ben.page.getByText('Your account is suspended').waitFor();
    await ada.page.getByText('The call was ended because an account was suspended.').waitFor();
    assert.equal(await ada.button('Talk again').count(), 0);
  });

  test('that one goes on to look at from afar goes on', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    const sent = await ben.hide(true);
    assert.doesNotMatch(sent.join(' '), /leave|end/);
    await Promise.all([ada, ben].map(seesAndHears));
    await ben.hide(false);
    await endsCall(ben);
  });

  test('ends when one of them blocks the other, and they do not meet again', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    await ada.button('More').click();
    await ada.button('Block').click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
    await ben.page.getByText('The call is over').first().waitFor();
    await ada.page.getByText('The call is over').first().waitFor();
    await ada.page.getByRole('link', { name: 'Meet somebody else' }).click();
    await ben.page.getByRole('link', { name: 'Meet somebody else' }).click();
    await ada.page.getByText('Nobody else is here right now').waitFor();
  });

  test('is left by the way back, and by a link', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    await ben.page.goBack();
    await ada.page.getByText(/Ben.* ended the call/).waitFor();
  });
});

describe('two who have talked', () => {
  test('talk again at once when both want it', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    const first = await inCall([ada, ben]);
    await endsCall(ada);

    await ada.button('Talk again').click();
    await ada.page.getByText(/Waiting for .*Ben/).waitFor();
    await ben.page.getByText(/Ada.* would like to talk again/).waitFor();
    await ben.button('Talk again').click();
    for (const person of [ada, ben]) {
      await until(`${person.name} is in the next call`, () => /\/call\//.test(person.page.url()) && !person.page.url().includes(first));
    }
    await Promise.all([ada, ben].map(seesAndHears));
    await Promise.all([ada, ben].map(isShownMotion));
    await endsCall(ben);
  });
});

describe('devices', () => {
  test('a camera that is denied: the call is held by voice, and both are told', async () => {
    const ada = await arrive('Ada', { before: [noCamera] });
    const ben = await arrive('Ben');
    await agree(ben, ada);
    await ben.page.getByText(/Ada.* has the camera off/).waitFor();
    await ada.page.getByText(/does not let this page use your camera/).waitFor();
    await isShownMotion(ada);
    await until('Ben hears Ada', async () => (await received(ben)).audioEnergy > 0);
    assert.equal((await received(ben)).frames, 0);
    await endsCall(ben);
  });

  test('no device at all: the other one is seen and heard all the same', async () => {
    const none = () => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
    };
    const ada = await arrive('Ada', { before: [none] });
    const ben = await arrive('Ben');
    await agree(ada, ben);
    await ada.page.getByText(/No microphone was found/).waitFor();
    await seesAndHears(ada);
    await ben.page.getByText(/Ada.* is muted/).waitFor();
    await writes(ada, 'I can see you');
    await ben.button('Chat, 1 unread').waitFor();
  });

  test('a camera that is unplugged is replaced, or missed without harm', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    const unplug = (gone) =>
      ada.page.evaluate((none) => {
        if (none) navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
        const [track] = document.querySelector('[role=group] video').srcObject.getVideoTracks();
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }, gone);

    await unplug(false);
    await seesAndHears(ben);
    await unplug(true);
    await ada.page.getByText('No camera was found. You can still talk.').waitFor();
    await ben.page.getByText(/Ada.* has the camera off/).waitFor();
    await seesAndHears(ada);
    await endsCall(ada);
  });

  test('camera and microphone are turned off and on again', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    await ada.button('Turn your camera off').click();
    await ada.button('Mute your microphone').click();
    await ben.page.getByText(/Ada.* has the camera off/).waitFor();
    await ben.page.getByText(/Ada.* is muted/).waitFor();
    await ada.button('Turn your camera on').click();
    await ada.button('Unmute your microphone').click();
    await ben.page.getByText(/Ada.* has the camera off/).waitFor({ state: 'detached' });
    await seesAndHears(ben);
    await ada.button('React', { exact: true }).first().click();
    await ada.button('React with 🔥').click();
    await ben.page.getByText('🔥').first().waitFor();
  });
});

describe('the chat', () => {
  test('carries emoji whole, and says before it is sent when there are too many', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    const many = '🎉'.repeat(250);
    await writes(ada, many.repeat(2));
    await ada.page.getByText('500 characters too many').waitFor();
    assert.equal(await ada.button('Send').isDisabled(), true);
    await writes(ada, many);
    await ben.button('Chat, 1 unread').click();
    await chatOf(ben).getByText(many).waitFor();
    await chatOf(ada).getByText(many).waitFor();
    assert.equal(await chatOf(ben).locator('[data-from]').count(), 1);
    await endsCall(ada);
  });

  test('shows what is written, markup and other directions as well', async () => {
    const ada = await arrive('Ada');
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    const text = '<img src=x onerror=alert(1)> مرحبا';
    await writes(ada, text);
    await ben.button('Chat, 1 unread').click();
    await chatOf(ben).getByText(text).waitFor();
    assert.equal(await ben.page.locator('img[src="x"]').count(), 0);
  });
});

describe('a peer', () => {
  test('that sends nonsense harms nothing, and can talk once it makes sense', async () => {
    const ada = await arrive('Ada');
    const bot = await wired('Bot');
    await ada.invites(bot);
    const roomId = await bot.accepts();
    await bot.ask('room:join', { roomId });
    await ada.page.getByText(/Connecting you with .*Bot/).waitFor();

    const odd = [
      null,
      7,
      'x',
      [],
      {},
      { roomId },
      { roomId, offer: null },
      { roomId, offer: { type: 'offer', sdp: 'v=0' } },
      { roomId, offer: { type: 'answer', sdp: 7 } },
      { roomId, answer: { type: 'answer', sdp: 'nonsense' } },
      { roomId, candidate: { candidate: 'nonsense', sdpMid: '0' } },
      { roomId, candidate: { candidate: '', sdpMid: {} } },
      { roomId, text: 7 },
      { roomId, text: '   ' },
      { roomId, socials: { instagram: { a: 1 } } },
      { roomId, socials: 'x' },
    ];
    for (const event of ['rtc:offer', 'rtc:answer', 'rtc:ice', 'room:chat', 'room:giveSocial']) {
      for (const payload of odd) bot.send(event, payload);
    }
    for (let page = 0; page < 30; page++) {
      bot.send('rtc:offer', { roomId, offer: { type: 'offer', sdp: 'v=0\r\n', page: `page-${page}`, offerId: 'x' } });
    }
    // All of it was heard: an acknowledged event follows it on the same socket.
    await bot.ask('room:join', { roomId });
    assert.equal(await ada.button('Cancel the call').isVisible(), true);
    bot.leave();

    const page = await openAs(bot, { path: `/call/${roomId}` });
    await Promise.all([ada, page].map(seesAndHears));
  });

  test('that never comes: what takes long is said, can be tried again, and given up', async () => {
    const ada = await arrive('Ada');
    const bot = await wired('Bot');
    await ada.invites(bot);
    await bot.accepts();
    await ada.page.getByText('This takes longer than it should.').waitFor();
    await ada.button('Try again').click();
    await ada.page.getByText('This takes longer than it should.').waitFor({ state: 'detached' });
    await ada.button('Cancel the call').click();
    await ada.page.getByText('You ended the call.').waitFor();
    assert.equal(await ada.button('Talk again').count(), 0);
  });
});

describe('odd surroundings', () => {
  test('a clock that is an hour ahead: the time that is left is the gateway’s', async () => {
    const ahead = () => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + 3_600_000;
    };
    const ada = await arrive('Ada', { before: [ahead] });
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    const left = (person) => person.page.locator('[class*=clock] [role=timer]').innerText();
    for (const person of [ada, ben]) {
      await until(`${person.name} has the right time left`, async () => /^4:[0-5]\d$/.test(await left(person)));
    }
    await endsCall(ada);
  });

  test('storage that is blocked: a call is held, and found again after a reload', async () => {
    const blocked = () => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('blocked', 'SecurityError');
          },
        });
      }
    };
    const account = await signUp('Ada');
    const { hostname } = new URL(BASE);
    const ada = await openAs(account, {
      keep: false,
      before: [blocked],
      storageState: {
        cookies: [
          {
            name: 'napalmsky.session',
            value: encodeURIComponent(JSON.stringify({ change: 1, ...account })),
            domain: hostname,
            path: '/',
            expires: -1,
            httpOnly: false,
            secure: false,
            sameSite: 'Strict',
          },
        ],
        origins: [],
      },
    });
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    await writes(ada, 'Still here');
    await ada.page.reload();
    await Promise.all([ada, ben].map(seesAndHears));
    await endsCall(ada);
  });

  test('a phone of 320 by 568 points has all of it on the screen', async () => {
    const ada = await arrive('Ada', { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true });
    const ben = await arrive('Ben');
    await inCall([ada, ben]);
    const fits = async (names) => {
      const size = await ada.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      assert.deepEqual(size, [320, 568]);
      for (const name of names) {
        const box = await ada.button(name).boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= 320 && box.y >= 0 && box.y + box.height <= 568, `${name}: ${JSON.stringify(box)}`);
        assert.ok(box.width >= 24 && box.height >= 24, `${name} is too small to touch`);
      }
    };
    const row = ['Mute your microphone', 'Turn your camera off', 'More', 'Report', 'End the call'];
    await fits(row);
    await ada.button('More').click();
    await fits(['Camera, microphone and speaker', 'Share your socials', 'Block', ...row]);
    await writes(ada, 'Hello from the train');
    await fits(['Close the chat', 'Send']);
    await ada.button('Close the chat').click();
    await ben.button('Chat, 1 unread').waitFor();
    await endsCall(ada);
    await ada.button('Talk again').waitFor();
    assert.equal(await ada.page.evaluate(() => document.documentElement.scrollWidth), 320);
  });
});
