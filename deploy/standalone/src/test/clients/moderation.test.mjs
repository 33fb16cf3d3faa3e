// Reports, blocks, bans, review and banned addresses: each line of docs/contracts/moderation.md that a client can see.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Person, admin, http, refused, startCall, until } from './client.mjs';

const people = [];
let root;
before(async () => {
  root = await admin();
});
after(() => people.forEach((person) => person.leave()));

async function online(name, options) {
  const person = await (await Person.signUp(name)).connect({ reconnection: false, ...options });
  people.push(person);
  return person;
}

async function inTheLobby(name, options) {
  const person = await online(name, options);
  await person.enterLobby();
  return person;
}

/** A call of the two that runs. */
async function call(one, other) {
  await Promise.all([one.enterLobby(), other.enterLobby()]);
  const { roomId } = await startCall(one, other);
  await Promise.all([one.ask('room:join', { roomId }), other.ask('room:join', { roomId })]);
  return roomId;
}

/** A call of the two that is over. */
async function meet(one, other) {
  const roomId = await call(one, other);
  one.emit('call:end', { roomId });
  await Promise.all(
    [one, other].map((person) => person.hears('session:finalized', (end) => end.roomId === roomId)),
  );
  return roomId;
}

const report = (reporter, reported, more = {}) =>
  reporter.post('/report/user', { reportedUserId: reported.id ?? reported, ...more });

async function reportOf(reporter, reported, more) {
  const { status, json } = await report(reporter, reported, more);
  assert.equal(status, 200, JSON.stringify(json));
  return json;
}

const PASSWORD = 'correct horse';

/** Gives a guest an e-mail address and a password. */
async function link(person) {
  person.email = `${person.id}@example.org`;
  const body = { sessionToken: person.token, email: person.email, password: PASSWORD };
  assert.equal((await http('POST', '/auth/link', { body })).status, 200);
}

const logIn = (email) => http('POST', '/auth/login', { body: { email, password: PASSWORD } });

/** A newcomer who has met the person and is ready to report him. */
async function witness(name, person) {
  const reporter = await online(name);
  return { reporter, roomId: await meet(reporter, person) };
}

/** Reports of newcomers, as many as it takes. */
async function banned(person) {
  for (let i = 0; i < 4; i++) {
    const { reporter, roomId } = await witness(`Witness ${i} of ${person.name}`, person);
    const { autoBanned } = await reportOf(reporter, person, { roomId, reason: 'Was rude' });
    assert.equal(autoBanned, i === 3 ? true : undefined);
    reporter.leave();
  }
  await closed(person);
  return person;
}

const closed = (person) => until(`the socket of ${person.name} is closed`, () => person.socket.disconnected);
const isSeenBy = async (person, viewer) => (await viewer.queue()).users.some((user) => user.userId === person.id);
const sees = (viewer, person) =>
  until(`${viewer.name} sees ${person.name}`, () => isSeenBy(person, viewer));
const vanishes = (person, viewer) =>
  until(`${person.name} is out of the queue of ${viewer.name}`, async () => !(await isSeenBy(person, viewer)));
const invites = async (caller, callee) => {
  caller.emit('call:invite', { toUserId: callee.id, requestedSeconds: 300 });
  return (await caller.hears('call:declined')).reason;
};
const checkBan = async (person) => {
  const { status, json } = await person.get('/report/check-ban');
  assert.equal(status, 200);
  return json;
};
const decide = (person, decision, more = {}) => root.post(`/report/review/${person.id}`, { decision, ...more });
const back = (person) =>
  until(`${person.name} is let in again`, async () => (await person.get('/user/me')).status === 200);
const pendingCase = async (person) =>
  (await root.get('/report/pending')).json.pending.find((one) => one.userId === person.id);
const reportsBy = async (person) => (await root.get(`/report/all?reporter=${person.id}`)).json.reports;
const audited = async (subject) =>
  (await root.get(`/admin/audit?subject=${encodeURIComponent(subject)}`)).json.entries.map((entry) => entry.action);

async function neitherSeesTheOther(one, other) {
  await Promise.all([one.enterLobby(), other.enterLobby()]);
  for (const [viewer, person] of [[one, other], [other, one]]) {
    await vanishes(person, viewer);
    const reel = (await viewer.get('/room/reel?limit=50')).json.items;
    assert.equal(reel.some((user) => user.userId === person.id), false, 'nor in the reel');
    assert.equal(await invites(viewer, person), 'offline', 'and an invite finds nobody');
  }
}

test('a report is refused unless the two met, and then nothing is stored', async () => {
  const ada = await online('Ada M');
  const bob = await online('Bob M');
  const eve = await online('Eve M');
  const roomId = await meet(ada, bob);

  const refusals = [
    [await report(eve, bob), 403, 'sharedCallRequired'],
    [await report(eve, bob, { roomId }), 403, 'sharedCallRequired'],
    [await report(ada, bob, { roomId: randomUUID() }), 403, 'sharedCallRequired'],
    [await report(ada, eve, { roomId }), 403, 'sharedCallRequired'],
    [await report(ada, ada, { roomId }), 400],
    [await report(ada, randomUUID(), { roomId }), 404],
    [await report(ada, 'somebody'), 404],
    [await ada.post('/report/user', {}), 400],
    [await report(ada, bob, { reason: 'x'.repeat(1001) }), 400],
    [await report(ada, bob, { roomId: 'a room' }), 400],
  ];

  for (const [{ status, json }, expected, flag] of refusals) {
    assert.equal(status, expected, JSON.stringify(json));
    assert.doesNotMatch(json.error, /banned|suspended/);
    if (flag) assert.equal(json[flag], true);
  }
  assert.deepEqual([...(await reportsBy(ada)), ...(await reportsBy(eve))], []);
});

test('a report is taken once for each pair, and hides the two from each other', async () => {
  const ada = await online('Ada H');
  const bob = await online('Bob H');
  const cleo = await inTheLobby('Cleo H');
  const roomId = await meet(ada, bob);
  await Promise.all([ada.enterLobby(), bob.enterLobby()]);
  await sees(ada, bob);
  await sees(bob, ada);

  const answers = await Promise.all([1, 2, 3].map(() => report(ada, bob, { roomId, reason: ' Was rude ' })));

  const taken = answers.filter((answer) => answer.status === 200);
  assert.equal(taken.length, 1);
  assert.equal(taken[0].json.success, true);
  assert.equal(taken[0].json.reportCount, 1);
  assert.equal(taken[0].json.callEnded, false);
  for (const { status, json } of answers.filter((answer) => answer !== taken[0])) {
    assert.equal(status, 400);
    assert.equal(json.alreadyReported, true);
  }
  // Who looks at the other is told at once, without asking.
  const gone = (person) => (change) => change.userId === person.id && change.available === false;
  await ada.hears('queue:update', gone(bob));
  await bob.hears('queue:update', gone(ada));
  await neitherSeesTheOther(ada, bob);
  await sees(cleo, bob);
  const blocks = (await ada.get('/user/blocks')).json;
  assert.deepEqual(blocks.blocks, [], 'what a report hides is not in the list');

  const [stored] = await reportsBy(ada);
  assert.equal(stored.reportId, taken[0].json.reportId);
  assert.deepEqual(
    [stored.reportedUserId, stored.reporterName, stored.reason, stored.roomId],
    [bob.id, 'Ada H', 'Was rude', roomId],
  );
  assert.ok(stored.reporterIp, 'admins see from where');
});

test('the last call is enough without its room once it is stored', async () => {
  const ada = await online('Ada L7');
  const bob = await online('Bob L7');
  await meet(ada, bob);
  await until('the call is stored', async () => (await ada.history()).length === 1);

  await reportOf(ada, bob);
});

test('a report ends the running call for both, if it is wished', async () => {
  const ada = await online('Ada E');
  const bob = await online('Bob E');
  const roomId = await call(ada, bob);

  const { callEnded } = await reportOf(ada, bob, { endCall: true });

  assert.equal(callEnded, true);
  for (const person of [ada, bob]) {
    const end = await person.hears('session:finalized');
    assert.deepEqual([end.roomId, end.reason], [roomId, 'reported']);
  }
});

test('a report leaves the running call alone otherwise', async () => {
  const ada = await online('Ada K');
  const bob = await online('Bob K');
  const roomId = await call(ada, bob);

  assert.equal((await reportOf(ada, bob, { roomId })).callEnded, false);

  bob.emit('room:chat', { roomId, text: 'still here' });
  assert.equal((await ada.hears('room:chat')).text, 'still here');
});

test('a block hides the two, ends what is pending and can be taken back', async () => {
  const ada = await inTheLobby('Ada B');
  const bob = await inTheLobby('Bob B');
  await sees(ada, bob);
  ada.emit('call:invite', { toUserId: bob.id, requestedSeconds: 300 });
  const notice = await bob.hears('call:notify');

  const first = await bob.post('/user/blocks', { userId: ada.id });
  const second = await bob.post('/user/blocks', { userId: ada.id });

  assert.deepEqual([first.status, second.status], [200, 200], 'idempotent');
  assert.equal((await ada.hears('call:declined')).reason, 'offline');
  assert.equal((await bob.hears('call:rescinded')).inviteId, notice.inviteId);
  await neitherSeesTheOther(ada, bob);
  const { blocks } = (await bob.get('/user/blocks')).json;
  assert.deepEqual(blocks.map((block) => [block.userId, block.name]), [[ada.id, 'Ada B']]);
  assert.deepEqual((await ada.get('/user/blocks')).json.blocks, [], 'the other is not told');

  assert.equal((await bob.remove(`/user/blocks/${ada.id}`)).json.found, true);
  assert.equal((await bob.remove(`/user/blocks/${ada.id}`)).json.found, false);
  await sees(ada, bob);
  await sees(bob, ada);
});

test('a block of oneself, of nobody and of nonsense is refused', async () => {
  const ada = await online('Ada N');

  assert.equal((await ada.post('/user/blocks', { userId: ada.id })).status, 400);
  assert.equal((await ada.post('/user/blocks', { userId: randomUUID() })).status, 404);
  assert.equal((await ada.post('/user/blocks', { userId: 'somebody' })).status, 404);
  assert.equal((await ada.post('/user/blocks', {})).status, 400);
  assert.equal((await ada.remove('/user/blocks/somebody')).status, 400);
  assert.deepEqual((await ada.get('/user/blocks')).json.blocks, []);
});

test('a block lets the call go on, or ends it as if one had left', async () => {
  const ada = await online('Ada C');
  const bob = await online('Bob C');
  const roomId = await call(ada, bob);

  assert.equal((await ada.post('/user/blocks', { userId: bob.id })).json.callEnded, false);
  bob.emit('room:chat', { roomId, text: 'still here' });
  assert.equal((await ada.hears('room:chat')).text, 'still here');

  assert.equal((await ada.post('/user/blocks', { userId: bob.id, endCall: true })).json.callEnded, true);
  for (const person of [ada, bob]) {
    assert.equal((await person.hears('session:finalized')).reason, 'left');
  }
});

test('the fourth report bans: call, sockets, queue and every route', async (t) => {
  const bob = await online('Bob F');
  const second = await (await new Person('Bob F on his phone', { userId: bob.id, sessionToken: bob.token })).connect({
    reconnection: false,
  });
  people.push(second);
  const watcher = await inTheLobby('Watcher F');
  for (let i = 0; i < 3; i++) {
    const { reporter, roomId } = await witness(`Reporter ${i} F`, bob);
    const { reportCount, autoBanned } = await reportOf(reporter, bob, { roomId, reason: 'Was rude' });
    assert.deepEqual([reportCount, autoBanned], [i + 1, undefined]);
  }
  const ada = await online('Ada F');
  const roomId = await call(ada, bob);
  const gone = new Promise((resolve) => bob.socket.once('disconnect', resolve));

  const begun = performance.now();
  const answer = await reportOf(ada, bob, { roomId, reason: 'Was rude as well' });
  const end = await ada.hears('session:finalized');
  await gone;
  t.diagnostic(`from the fourth report to the socket closed and the partner told: ${Math.round(performance.now() - begun)} ms`);

  assert.equal(answer.autoBanned, true);
  assert.deepEqual([end.roomId, end.reason], [roomId, 'banned']);
  for (const socket of [bob, second]) {
    const told = await socket.hears('auth:banned');
    assert.equal(told.banned, true);
    assert.match(told.message, /suspended/);
    await closed(socket);
  }
  await vanishes(bob, watcher);
  assert.equal(await invites(watcher, bob), 'offline');

  // Everything but what the banned need is shut.
  for (const path of ['/user/me', '/room/queue', '/room/reel', '/room/history', '/payment/status', '/user/blocks']) {
    const { status, json } = await bob.get(path);
    assert.deepEqual([path, status, json.banned], [path, 403, true]);
    assert.match(json.error, /suspended/);
  }
  assert.equal((await report(bob, ada, { roomId })).status, 403);
  assert.equal((await refused(bob.token)).message, 'Account suspended');
  const other = await online('Other F');
  other.emit('auth', { sessionToken: bob.token });
  await other.hears('auth:banned');
  await closed(other);

  const own = await checkBan(bob);
  assert.deepEqual([own.isBanned, own.banStatus], [true, 'temporary']);
  const { banRecord } = own;
  assert.deepEqual(
    [banRecord.userId, banRecord.userName, banRecord.reportCount, banRecord.reviewStatus],
    [bob.id, 'Bob F', 4, 'pending'],
  );
  assert.ok(banRecord.bannedAt && banRecord.bannedReason);
  assert.equal('ipAddresses' in banRecord || 'reviewedBy' in banRecord, false);

  const open = await pendingCase(bob);
  assert.equal(open.reports.length, 4);
  assert.equal(open.reports[0].reason, 'Was rude as well', 'newest first');
  assert.ok(Array.isArray(open.ipAddresses));
  assert.deepEqual(await audited(bob.id), ['ban.applied']);
  assert.equal((await http('POST', '/auth/logout', { token: bob.token })).status, 200);
});

test('eight reports at once make one ban', async () => {
  const bob = await online('Bob P');
  const witnesses = [];
  for (let i = 0; i < 8; i++) witnesses.push(await witness(`Reporter ${i} P`, bob));

  const answers = await Promise.all(
    witnesses.map(({ reporter, roomId }) => report(reporter, bob, { roomId })),
  );

  assert.deepEqual(answers.map((answer) => answer.status), Array(8).fill(200));
  assert.equal(answers.filter((answer) => answer.json.autoBanned).length, 1);
  await bob.hears('auth:banned');
  await closed(bob);
  assert.deepEqual(await audited(bob.id), ['ban.applied']);
  assert.equal((await pendingCase(bob)).reports.length, 8, 'the later ones are kept');
});

test('an invite of somebody who is banned comes to nothing', async () => {
  const bob = await online('Bob I');
  for (let i = 0; i < 3; i++) {
    const { reporter, roomId } = await witness(`Reporter ${i} I`, bob);
    await reportOf(reporter, bob, { roomId });
  }
  const { reporter: last, roomId } = await witness('Reporter 3 I', bob);
  const callee = await inTheLobby('Callee I');
  await bob.enterLobby();
  await sees(bob, callee);
  bob.emit('call:invite', { toUserId: callee.id, requestedSeconds: 300 });
  const notice = await callee.hears('call:notify');

  await reportOf(last, bob, { roomId });

  assert.equal((await callee.hears('call:rescinded')).inviteId, notice.inviteId);
  callee.emit('call:accept', { inviteId: notice.inviteId, requestedSeconds: 300 });
  await callee.hears('error');
  assert.equal(callee.all('call:start').length, 0);
});

test('the banned appeal once, admins vindicate, and their reporters count for less', async () => {
  const bob = await online('Bob V');
  const reporters = [];
  for (let i = 0; i < 4; i++) {
    const { reporter, roomId } = await witness(`Reporter ${i} V`, bob);
    reporters.push(reporter);
    await reportOf(reporter, bob, { roomId });
  }
  await closed(bob);

  assert.equal((await bob.post('/report/appeal', {})).status, 400);
  assert.equal((await bob.post('/report/appeal', { text: 'x'.repeat(2001) })).status, 400);
  assert.equal((await bob.post('/report/appeal', { text: ' I was not ' })).status, 200);
  const again = await bob.post('/report/appeal', { text: 'And again' });
  assert.deepEqual([again.status, again.json.alreadyAppealed], [409, true]);
  assert.equal((await reporters[0].post('/report/appeal', { text: 'Me too' })).status, 409);
  const appealed = (await root.get('/report/pending?appealed=true')).json.pending;
  assert.equal(appealed.find((one) => one.userId === bob.id).appeal, 'I was not');
  assert.equal((await checkBan(bob)).banRecord.appeal, 'I was not');

  const verdict = await decide(bob, 'vindicated', { reason: 'He was not' });
  assert.equal(verdict.status, 200);
  assert.deepEqual([verdict.json.userId, verdict.json.decision], [bob.id, 'vindicated']);
  await back(bob);
  const own = await checkBan(bob);
  assert.deepEqual([own.isBanned, own.banStatus, own.banRecord.reviewStatus], [false, 'vindicated', 'reviewed_vindicate']);
  assert.equal(await pendingCase(bob), undefined);
  assert.equal((await decide(bob, 'permanent')).status, 409, 'there is nothing to decide any more');
  await bob.connect({ reconnection: false });

  // Four of those weigh as much as two others.
  const cleo = await online('Cleo V');
  for (const reporter of reporters) {
    const roomId = await meet(reporter, cleo);
    assert.equal((await reportOf(reporter, cleo, { roomId })).autoBanned, undefined);
  }
  for (const name of ['Fresh 0 V', 'Fresh 1 V']) {
    const { reporter, roomId } = await witness(name, cleo);
    assert.equal((await reportOf(reporter, cleo, { roomId })).autoBanned, name === 'Fresh 1 V' ? true : undefined);
  }
  // Bob starts anew: one more report is the first one that counts.
  const { reporter, roomId } = await witness('Reporter 4 V', bob);
  assert.deepEqual(
    [(await reportOf(reporter, bob, { roomId })).reportCount, (await checkBan(bob)).isBanned],
    [1, false],
  );
});

test('a permanent ban is public, without pictures, and is lifted', async () => {
  const bob = await banned(await online(`Bob ${randomUUID().slice(0, 8)}`));
  const listed = async () =>
    (await http('GET', '/report/blacklist')).json.blacklist.find((one) => one.userName === bob.name);
  assert.equal(await listed(), undefined, 'not before an admin has looked');

  assert.equal((await decide(bob, 'permanent', { reason: 'Really rude' })).status, 200);
  assert.equal((await decide(bob, 'permanent')).status, 409);
  const entry = await listed();
  assert.equal(entry.reportCount, 4);
  assert.deepEqual(
    Object.keys(entry).sort(),
    ['bannedAt', 'bannedReason', 'reportCount', 'userName'],
    'no id, no picture',
  );
  assert.equal(await pendingCase(bob), undefined);
  const own = await checkBan(bob);
  assert.deepEqual([own.banStatus, own.banRecord.reviewReason], ['permanent', 'Really rude']);
  // An appeal opens the case again.
  assert.equal((await bob.post('/report/appeal', { text: 'Sorry' })).status, 200);
  assert.equal((await pendingCase(bob)).appeal, 'Sorry');

  assert.equal((await root.post(`/report/unban/${bob.id}`, { reason: 'Said sorry' })).status, 200);
  await back(bob);
  assert.equal(await listed(), undefined);
  assert.equal((await checkBan(bob)).banStatus, 'none');
  assert.equal((await root.post(`/report/unban/${bob.id}`, {})).status, 409);
  assert.deepEqual(
    await audited(bob.id),
    ['ban.lift-refused', 'ban.lifted', 'ban.review-refused', 'ban.reviewed', 'ban.applied'],
  );
});

test('who is banned cannot log in, and an old session of his is no better', async () => {
  const bob = await online('Bob O');
  await link(bob);
  const { sessionToken } = (await logIn(bob.email)).json;
  const displaced = bob.token;
  bob.leave();
  bob.token = sessionToken;
  await bob.connect({ reconnection: false });
  await banned(bob);

  const { status, json } = await logIn(bob.email);

  assert.deepEqual([status, json.banned, json.banStatus], [403, true, 'temporary']);
  assert.match(json.error, /suspended/);
  assert.equal((await checkBan(bob)).isBanned, true, 'the session he has goes on answering');
  const old = await http('GET', '/report/check-ban', { token: displaced });
  assert.deepEqual([old.status, old.json.sessionInvalidated], [401, true]);
});

test('an admin is never banned by reports', async () => {
  const boss = await online('Boss');
  await link(boss);
  const made = await http('PUT', `/admin/users/${boss.id}/role`, { token: root.token, body: { role: 'admin' } });
  assert.equal(made.status, 200);
  boss.leave();
  boss.token = (await logIn(boss.email)).json.sessionToken;
  await boss.connect({ reconnection: false });

  for (let i = 0; i < 5; i++) {
    const { reporter, roomId } = await witness(`Reporter ${i} of the boss`, boss);
    assert.equal((await reportOf(reporter, boss, { roomId })).autoBanned, undefined);
  }

  assert.equal((await checkBan(boss)).isBanned, false);
  assert.equal(boss.socket.connected, true);
});

test('a temporary ban ends by itself', async () => {
  const bob = await banned(await online('Bob T'));
  assert.equal((await decide(bob, 'temporary')).status, 400, 'without an end');
  assert.equal((await decide(bob, 'temporary', { until: Date.now() - 1 })).status, 400);

  assert.equal((await decide(bob, 'permanent')).status, 200);

  const until = Date.now() + 1500;
  assert.equal((await decide(bob, 'temporary', { until })).status, 200);

  const during = await checkBan(bob);
  assert.deepEqual([during.isBanned, during.banRecord.until], [true, until]);
  await back(bob);
  assert.ok(Date.now() >= until);
  assert.deepEqual([(await checkBan(bob)).isBanned, (await checkBan(bob)).banStatus], [false, 'none']);
  await bob.connect({ reconnection: false });
  assert.equal((await decide(bob, 'permanent')).status, 409);
});

test('nobody but an admin reviews, and nothing changes', async () => {
  const bob = await banned(await online('Bob A'));
  const guest = await online('Guest A');
  const attempts = [
    ['GET', '/report/all'],
    ['GET', '/report/pending'],
    ['GET', '/report/stats'],
    ['GET', '/report/ip-bans'],
    ['GET', '/report/check-ip/192.0.2.1'],
    ['POST', `/report/review/${bob.id}`, { decision: 'vindicated' }],
    ['POST', `/report/unban/${bob.id}`, {}],
    ['POST', '/report/ip-bans', { ip: '192.0.2.1', reason: 'None' }],
    ['DELETE', `/report/ip-bans/${randomUUID()}`],
  ];

  for (const [token, status] of [[guest.token, 403], [bob.token, 403], [randomUUID(), 401], [undefined, 401]]) {
    for (const [method, path, body] of attempts) {
      assert.equal((await http(method, path, { token, body })).status, status, `${method} ${path}`);
    }
  }

  assert.equal((await checkBan(bob)).banStatus, 'temporary');
  assert.deepEqual(await audited(bob.id), ['ban.applied']);
  assert.equal((await root.post(`/report/review/${guest.id}`, { decision: 'permanent' })).status, 409);
  assert.equal((await checkBan(guest)).banStatus, 'none');
  assert.equal((await decide({ id: randomUUID() }, 'permanent')).status, 404);
  assert.equal((await decide({ id: 'nobody' }, 'permanent')).status, 400);
  assert.equal((await decide(bob, 'guilty')).status, 400);
});

test('lists come in pages and numbers add up', async () => {
  const ada = await online('Ada S1');
  const others = [await online('Bob S1'), await online('Cleo S1'), await online('Dora S1')];
  const before = (await root.get('/report/stats')).json;
  for (const other of others) {
    const roomId = await meet(ada, other);
    await reportOf(ada, other, { roomId });
    assert.equal((await ada.post('/user/blocks', { userId: other.id })).status, 200);
  }

  for (const [person, path, field] of [
    [root, `/report/all?reporter=${ada.id}`, 'reports'],
    [ada, '/user/blocks?', 'blocks'],
  ]) {
    const seen = [];
    let next = '';
    do {
      const { status, json } = await person.get(`${path}&limit=2${next && `&before=${next}`}`);
      assert.equal(status, 200);
      assert.equal(json.count, json[field].length);
      seen.push(...json[field].map((one) => one.reportedUserId ?? one.userId));
      next = json.next;
    } while (next !== null);
    assert.deepEqual(seen, others.map((other) => other.id).reverse(), 'newest first, each once');
  }
  assert.equal((await root.get('/report/all?limit=none')).status, 400);
  assert.equal((await root.get('/report/pending?before=yesterday')).status, 400);
  const now = (await root.get('/report/stats')).json;
  assert.equal(now.totalReports, before.totalReports + 3);
  assert.equal(now.totalBans, before.totalBans);
});

test('eleven reports in an hour are one too many, and the ban check does not count', async () => {
  const ada = await online('Ada R1');
  for (let i = 0; i < 10; i++) assert.equal((await report(ada, randomUUID())).status, 404);

  const eleventh = await report(ada, randomUUID());

  assert.equal(eleventh.status, 429);
  assert.match(eleventh.json.error, /Too many/);
  assert.ok(Number(eleventh.headers.get('retry-after')) > 3500);
  assert.equal((await checkBan(ada)).isBanned, false);
});

test('a banned address is kept out by every way, and nobody can borrow another one', async () => {
  const from = (address) => ({ 'x-forwarded-for': address });
  const statusFrom = async (address, path = '/health') =>
    (await http('GET', path, { headers: from(address) })).status;
  const bob = await online('Bob X', { headers: from('198.51.100.7') });
  const neighbour = await online('Neighbour X', { headers: from('198.51.101.7') });
  assert.equal((await root.post('/report/ip-bans', { ip: 'here', reason: 'r' })).status, 400);
  assert.equal((await root.post('/report/ip-bans', { ip: '198.51.100.7' })).status, 400, 'a reason is required');
  assert.equal((await root.post('/report/ip-bans', { ip: '127.0.0.0/8', reason: 'r' })).status, 400, 'ourselves');
  assert.equal((await root.post('/report/ip-bans', { ip: '64.0.0.0/7', reason: 'r' })).status, 400, 'half the world');

  const made = await root.post('/report/ip-bans', { ip: '198.51.100.99/24', reason: 'Sells things' });

  assert.equal(made.status, 200);
  assert.deepEqual([made.json.ipAddress, made.json.reason], ['198.51.100.0/24', 'Sells things']);
  assert.equal((await bob.hears('auth:banned')).banned, true);
  await closed(bob);
  for (const path of ['/', '/user/me', '/report/check-ban', '/docs', '/uploads/a.jpg', '/nothing', '/socket.io/?EIO=4&transport=polling']) {
    const { status, json } = await http('GET', path, { token: bob.token, headers: from('198.51.100.7') });
    assert.deepEqual([path, status, json.banned, json.reason], [path, 403, true, 'Sells things']);
    assert.match(json.error, /banned/);
  }
  for (const transports of [['websocket'], ['polling']]) {
    await refused(bob.token, { transports, headers: from('198.51.100.8') });
  }
  // What stands left of the proxy's own entry was made up by the client.
  assert.equal(await statusFrom('203.0.113.1, 198.51.100.7'), 403);
  assert.equal(await statusFrom('198.51.100.7, 203.0.113.1'), 200);
  assert.equal(neighbour.socket.connected, true);
  // The person is not banned, and comes in from elsewhere.
  assert.equal((await checkBan(bob)).isBanned, false);

  const checked = (await root.get('/report/check-ip/198.51.100.7')).json;
  assert.deepEqual([checked.isBanned, checked.ipBan.ipAddress], [true, '198.51.100.0/24']);
  const again = await root.post('/report/ip-bans', { ip: '198.51.100.0/24', reason: 'Still sells things' });
  assert.equal(again.json.banId, made.json.banId, 'the same network is the same ban');
  const { ipBans } = (await root.get('/report/ip-bans')).json;
  assert.deepEqual(
    ipBans.filter((ban) => ban.ipAddress === '198.51.100.0/24').map((ban) => ban.reason),
    ['Still sells things'],
  );

  assert.equal((await root.remove(`/report/ip-bans/${made.json.banId}`)).status, 200);
  assert.equal((await root.remove(`/report/ip-bans/${made.json.banId}`)).status, 404);
  await until('the address is let in again', async () => (await statusFrom('198.51.100.7')) === 200);
  assert.deepEqual(await audited('198.51.100.0/24'), ['ip-ban.lifted', 'ip-ban.made', 'ip-ban.made']);
});

test('a ban of an address ends by itself, IPv6 and single addresses included', async () => {
  const from = (address) => http('GET', '/health', { headers: { 'x-forwarded-for': address } });
  const end = Date.now() + 1500;
  assert.equal((await root.post('/report/ip-bans', { ip: '2001:db8:7::/48', reason: 'Ads', until: end })).status, 200);
  assert.equal((await root.post('/report/ip-bans', { ip: '203.0.113.77', reason: 'Ads', until: end })).status, 200);

  await until('both are kept out', async () =>
    (await from('2001:db8:7:9::1')).status === 403 && (await from('203.0.113.77')).status === 403);
  assert.equal((await from('203.0.113.78')).status, 200);
  assert.equal((await from('2001:db8:8::1')).status, 200);
  await until('both are let in', async () =>
    (await from('2001:db8:7:9::1')).status === 200 && (await from('203.0.113.77')).status === 200);
  assert.ok(Date.now() >= end);
});
