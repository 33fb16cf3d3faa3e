// Used around a restart: `before` leaves reports, a block, bans and a banned address behind and prints what all of it
// looked like; `after` compares.
import assert from 'node:assert/strict';
import { Person, admin, http, startCall, until } from './client.mjs';

const [, , phase, left] = process.argv;
const ADDRESS = '198.51.100.0/24';
const statusFrom = async (address) =>
  (await http('GET', '/health', { headers: { 'x-forwarded-for': address } })).status;

async function online(name) {
  return (await Person.signUp(name)).connect({ reconnection: false });
}

async function meet(one, other) {
  await Promise.all([one.enterLobby(), other.enterLobby()]);
  const { roomId } = await startCall(one, other);
  await Promise.all([one.ask('room:join', { roomId }), other.ask('room:join', { roomId })]);
  one.emit('call:end', { roomId });
  await Promise.all([one.hears('session:finalized'), other.hears('session:finalized')]);
  return roomId;
}

async function bannedPerson(name) {
  const person = await online(name);
  for (let i = 0; i < 4; i++) {
    const reporter = await online(`Reporter ${i} of ${name}`);
    const roomId = await meet(reporter, person);
    const { status } = await reporter.post('/report/user', { reportedUserId: person.id, roomId, reason: `No ${i}` });
    assert.equal(status, 200);
    reporter.leave();
  }
  return person;
}

/** Everything that must not change. */
async function state(root, { pending, permanent, ada }) {
  const get = async (path, token) => {
    const { status, json } = await http('GET', path, { token });
    assert.equal(status, 200, path);
    return json;
  };
  const { lastUpdated, ...blacklist } = await get('/report/blacklist');
  return {
    reports: await get('/report/all', root.token),
    pending: await get('/report/pending', root.token),
    stats: await get('/report/stats', root.token),
    ipBans: await get('/report/ip-bans', root.token),
    blacklist,
    own: [await get('/report/check-ban', pending), await get('/report/check-ban', permanent)],
    blocks: await get('/user/blocks', ada),
    shut: (await http('GET', '/user/me', { token: pending })).status,
    kept: await statusFrom('198.51.100.7'),
  };
}

const phases = {
  async before() {
    const root = await admin();
    const pending = await bannedPerson('Bob');
    const permanent = await bannedPerson('Carl');
    const decided = await root.post(`/report/review/${permanent.id}`, { decision: 'permanent', reason: 'Really' });
    assert.equal(decided.status, 200);
    const ada = await online('Ada');
    const dora = await online('Dora');
    assert.equal((await ada.post('/user/blocks', { userId: dora.id })).status, 200);
    const ban = await root.post('/report/ip-bans', { ip: ADDRESS, reason: 'Ads', until: Date.now() + 3600_000 });
    assert.equal(ban.status, 200);
    await until('the address is kept out', async () => (await statusFrom('198.51.100.7')) === 403);
    const people = { pending: pending.token, permanent: permanent.token, ada: ada.token, dora: dora.token };
    console.log(JSON.stringify({ people, was: await state(root, people) }));
  },

  async after() {
    const { people, was } = JSON.parse(left);
    const root = await admin();

    // The list of addresses is there before the first request is answered.
    assert.equal(await statusFrom('198.51.100.7'), 403);
    assert.deepEqual(await state(root, people), was);
    assert.equal(was.shut, 403);
    assert.equal(was.stats.totalReports, 8);

    const watcher = await online('Watcher');
    const [ada, dora] = await Promise.all(
      [people.ada, people.dora].map(async (sessionToken) => {
        const person = new Person('somebody', { sessionToken });
        person.id = (await person.get('/user/me')).json.userId;
        await person.connect();
        await person.enterLobby();
        return person;
      }),
    );
    await until('both are in the lobby', async () => {
      const seen = (await watcher.queue()).users.map((user) => user.userId);
      return seen.includes(ada.id) && seen.includes(dora.id);
    });
    for (const [viewer, other] of [[ada, dora], [dora, ada]]) {
      assert.equal((await viewer.queue()).users.some((user) => user.userId === other.id), false);
    }
  },
};

await phases[phase]();
console.log('kept');
process.exit(0);
