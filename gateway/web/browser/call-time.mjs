// Measures how long it takes from an accepted invite until the first picture of the other one is decoded, in calls
// between pages of one browser, one after the other, each between two new accounts:
//   BASE_URL=http://localhost:3001 node browser/call-time.mjs [calls]
import { Someone, signUp, startBrowser, until } from './someone.mjs';

const calls = Number(process.argv[2] ?? 20);

// Runs in the page before anything else of it.
function watchFirstPicture() {
  document.addEventListener(
    'click',
    (event) => {
      if (event.target.closest?.('button')?.textContent === 'Accept') window.acceptedAt = Date.now();
    },
    true,
  );
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(...given) {
      super(...given);
      const look = async () => {
        if (this.connectionState === 'closed') return;
        for (const one of (await this.getStats()).values()) {
          if (one.type === 'inbound-rtp' && one.kind === 'video' && one.framesDecoded > 0) window.firstPictureAt ??= Date.now();
        }
        if (window.firstPictureAt === undefined) setTimeout(look, 10);
      };
      void look();
    }
  };
}

function share(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
}

const browser = await startBrowser();
const took = [];
try {
  for (let call = 1; call <= calls; call++) {
    const [caller, callee] = await Promise.all(
      ['Ada', 'Ben'].map(async (name) => Someone.open(browser, await signUp(name), { before: [watchFirstPicture] })),
    );
    await caller.invites(callee);
    await callee.button('Accept').click();
    const firsts = await Promise.all(
      [caller, callee].map((person) =>
        until(`${person.name} sees the first picture`, () => person.page.evaluate(() => window.firstPictureAt)),
      ),
    );
    const acceptedAt = await callee.page.evaluate(() => window.acceptedAt);
    const [atCaller, atCallee] = firsts.map((first) => first - acceptedAt);
    took.push(atCaller, atCallee);
    console.log(`call ${call}: caller ${atCaller} ms, callee ${atCallee} ms`);
    await callee.button('End the call').click();
    await caller.page.getByText('The call is over').first().waitFor();
    for (const person of [caller, callee]) await person.leave();
  }
} finally {
  await browser.close();
}
took.sort((one, other) => one - other);
console.log(`${calls} calls, both sides: p50 ${share(took, 0.5)} ms, p95 ${share(took, 0.95)} ms, most ${took.at(-1)} ms`);
