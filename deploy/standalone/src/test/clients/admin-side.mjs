// What admins see and do, against a program of its own: its live numbers are those of these people, and its admin is
// locked out in the end.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Person, admin, http, startCall, until } from './client.mjs';

const people = [];
const PASSWORD = 'correct horse';
let root;
let rootId;
before(async () => {
  root = await admin();
  rootId = (await root.get('/admin/users?role=admin')).json.users[0].userId;
});
after(() => people.forEach((person) => person.leave()));

async function online(name, options) {
  const person = await (await Person.signUp(name)).connect({ reconnection: false, ...options });
  people.push(person);
  return person;
}

/** A call of the two that runs. */
async function call(one, other) {
  await Promise.all([one.enterLobby(), other.enterLobby()]);
  const { roomId } = await startCall(one, other);
  await Promise.all([one.ask('room:join', { roomId }), other.ask('room:join', { roomId })]);
  return roomId;
}

async function meet(one, other) {
  const roomId = await call(one, other);
  one.emit('call:end', { roomId });
  await Promise.all([one, other].map((person) => person.hears('session:finalized', (end) => end.roomId === roomId)));
  return roomId;
}

async function report(reporter, person) {
  const roomId = await meet(reporter, person);
  const { status, json } = await reporter.post('/report/user', { reportedUserId: person.id, roomId, reason: 'Was rude' });
  assert.equal(status, 200, JSON.stringify(json));
  return json;
}

/** Gives a guest an e-mail address and a password. */
async function link(person) {
  person.email = `${person.name.replace(/\W/g, '').toLowerCase()}@example.org`;
  const body = { sessionToken: person.token, email: person.email, password: PASSWORD };
  assert.equal((await http('POST', '/auth/link', { body })).status, 200);
}

const logIn = (email) => http('POST', '/auth/login', { body: { email, password: PASSWORD } });
const knock = (username, password) => http('POST', '/admin/login', { body: { username, password } });

/** The answer of a request that an admin is allowed. */
async function seen(path) {
  const { status, json } = await root.get(path);
  assert.equal(status, 200, `${path}: ${JSON.stringify(json)}`);
  return json;
}

const live = () => seen('/admin/live');
const inspect = (person) => seen(`/admin/users/${person.id}`);
const audit = async (query) => (await seen(`/admin/audit?${new URLSearchParams(query)}`)).entries;
const setRole = (person, role) => http('PUT', `/admin/users/${person.id}/role`, { token: root.token, body: { role } });

/** All of a list, page by page. */
async function pages(path, name, limit) {
  const all = [];
  let next = '';
  do {
    const page = await seen(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${next && `&before=${next}`}`);
    assert.ok(page[name].length <= limit);
    assert.ok(page[name].length > 0 || next === '', 'no page but the first is empty');
    all.push(...page[name]);
    next = page.next;
  } while (next);
  return all;
}

test('the door opens for the right password alone, and a log-out closes it', async () => {
  const wrong = await knock(process.env.ADMIN_USERNAME, 'something else');
  const unknown = await knock('nobody', 'something else');
  assert.deepEqual([wrong.status, unknown.status, wrong.json], [401, 401, unknown.json], 'one and the same');

  const other = await admin();
  const verified = await other.get('/admin/verify');
  assert.deepEqual([verified.status, verified.json.valid], [200, true]);
  assert.equal((await other.post('/admin/logout', {})).status, 200);
  assert.deepEqual((await other.get('/admin/verify')).json, { valid: false });
  assert.equal((await other.get('/admin/users')).status, 401);
  assert.equal((await root.get('/admin/verify')).status, 200, 'other sessions of the same admin stay');
});

test('the live numbers move as people come, invite and talk', async () => {
  const shows = (what, holds) => until(what, async () => holds(await live()));
  assert.deepEqual([(await live()).online, (await live()).calls], [0, 0]);

  const ada = await online('Ada L');
  const bob = await online('Bob L');
  await shows('two are online', (now) => now.online === 2 && now.available === 0);
  await Promise.all([ada.enterLobby(), bob.enterLobby()]);
  await shows('two are available', (now) => now.available === 2);
  const roomId = await call(ada, bob);
  await shows('one call', (now) => now.calls === 1 && now.inCall === 2 && now.available === 0);
  await shows('an invite was accepted', ({ lastHour }) => lastHour.invites.sent === 1 && lastHour.invites.accepted === 1);

  ada.emit('rtc:offer', { roomId, offer: { type: 'offer', sdp: 'v=0' } });
  await bob.hears('rtc:offer');
  bob.emit('rtc:answer', { roomId, answer: { type: 'answer', sdp: 'v=0' } });
  await ada.hears('rtc:answer');
  ada.emit('rtc:path', { roomId, path: 'relay' });
  await shows('the call goes over TURN', ({ lastHour }) => lastHour.turnShare === 1);
  ada.emit('call:end', { roomId });
  await bob.hears('session:finalized');
  await shows('the call is over and was one', (now) =>
    now.calls === 0 && now.inCall === 0 && now.lastHour.calls.left === 1 && now.lastHour.connectSuccess === 1);

  ada.leave();
  bob.leave();
  await shows('nobody is online', (now) => now.online === 0 && now.grace === 0);
});

test('people are found by name, address, id, ban and role, page by page', async () => {
  const made = [];
  for (let i = 0; i < 5; i++) made.push(await Person.signUp(`Findme ${i}`));
  await link(made[2]);

  const newestFirst = made.map((person) => person.id).reverse();
  const found = (await seen('/admin/users?query=findme')).users;
  assert.deepEqual(found.map((user) => user.userId), newestFirst);
  assert.deepEqual((await pages('/admin/users?query=FINDME', 'users', 2)).map((user) => user.userId), newestFirst);
  assert.deepEqual((await seen('/admin/users?query=findme2@')).users.map((user) => user.email), [made[2].email]);
  const [byId] = (await seen(`/admin/users?query=${made[0].id}`)).users;
  assert.deepEqual([byId.name, byId.accountType, byId.role, byId.banStatus], ['Findme 0', 'guest', 'user', 'none']);
  assert.deepEqual((await seen('/admin/users?query=findme&ban=temporary')).users, []);
  assert.deepEqual((await seen('/admin/users?role=admin')).users.map((user) => user.userId), [rootId]);
  assert.deepEqual((await seen(`/admin/users?query=findme&before=0`)).users, []);
});

test('a filter that does not fit is refused, and the answer names it', async () => {
  for (const [path, field] of [
    ['/admin/users?ban=maybe', 'ban'],
    ['/admin/users?role=king', 'role'],
    ['/admin/users?before=yesterday', 'before'],
    ['/admin/users?limit=0', 'limit'],
    ['/admin/users/somebody', 'userId'],
    ['/admin/announcements?state=over', 'state'],
    ['/admin/audit?action=anything', 'action'],
    ['/admin/audit?actor=me', 'actor'],
    ['/admin/audit?before=-1', 'before'],
    ['/report/all?reported=him', 'reported'],
    ['/report/pending?appealed=perhaps', 'appealed'],
    ['/report/bans?review=perhaps', 'review'],
    ['/report/ip-bans?bannedBy=me', 'bannedBy'],
    ['/payment/admin/codes?type=gift', 'type'],
    ['/payment/admin/codes?active=perhaps', 'active'],
    ['/payment/admin/codes?before=x', 'before'],
  ]) {
    const { status, json } = await root.get(path);
    assert.deepEqual([path, status], [path, 400]);
    assert.ok(json.error.startsWith(`${field} `), json.error);
  }
});

test('an admin sees session, calls, reports, ban and appeal of a person, and lifts the ban', async () => {
  const bob = await online('Bob I', { headers: { 'user-agent': 'A phone' } });
  const reporters = [];
  for (let i = 0; i < 4; i++) reporters.push(await online(`Reporter ${i} I`));
  for (const reporter of reporters) await report(reporter, bob);
  await bob.hears('auth:banned');
  assert.equal((await bob.post('/report/appeal', { text: 'I was not' })).status, 200);

  const shown = await until('all four calls are stored', async () => {
    const person = await inspect(bob);
    return person.calls.length === 4 && person;
  });
  assert.deepEqual([shown.name, shown.email, shown.banStatus, shown.roomId], ['Bob I', null, 'temporary', null]);
  assert.equal(shown.presence, 'offline');
  assert.equal(shown.sessions.length, 1);
  assert.ok(shown.sessions[0].ip && shown.sessions[0].device);
  assert.deepEqual(shown.calls.map((one) => one.partnerName), reporters.map((person) => person.name).reverse());
  assert.deepEqual(shown.reports.received.map((one) => one.reporterUserId), reporters.map((person) => person.id).reverse());
  assert.deepEqual(shown.reports.received.map((one) => one.reason), Array(4).fill('Was rude'));
  assert.ok(shown.reports.received[0].reporterIp);
  assert.deepEqual(shown.reports.made, []);
  assert.deepEqual(
    [shown.ban.banStatus, shown.ban.reviewStatus, shown.ban.reportCount, shown.ban.appeal, shown.ban.until],
    ['temporary', 'pending', 4, 'I was not', undefined],
  );
  const reporter = await inspect(reporters[0]);
  assert.deepEqual([reporter.ban, reporter.reports.made.length, reporter.presence], [null, 1, 'online']);

  // The same in the lists, page by page.
  const byReported = await pages(`/report/all?reported=${bob.id}`, 'reports', 3);
  assert.deepEqual(byReported.map((one) => one.reportId), shown.reports.received.map((one) => one.reportId));
  assert.equal((await seen(`/report/all?reported=${bob.id}&reporter=${reporters[1].id}`)).reports.length, 1);
  assert.deepEqual((await seen('/report/pending?appealed=true')).pending.map((one) => one.userId), [bob.id]);
  const inForce = (await seen('/report/bans?ban=temporary&review=pending')).bans;
  assert.deepEqual(inForce.map((one) => one.userId), [bob.id]);

  assert.equal((await root.post(`/report/unban/${bob.id}`, { reason: 'Said sorry' })).status, 200);
  const after = await inspect(bob);
  assert.deepEqual([after.banStatus, after.ban.banStatus, after.ban.reviewedBy], ['none', 'none', rootId]);
  assert.deepEqual((await seen('/report/bans?ban=temporary')).bans, []);
  assert.deepEqual((await seen('/report/bans?ban=none')).bans.map((one) => one.userId), [bob.id]);
  await until('he is let in again', async () => (await bob.get('/user/me')).status === 200);

  // What changes nothing is written down as well: somebody tried to judge a person.
  assert.equal((await root.post(`/report/unban/${bob.id}`, {})).status, 409);
  assert.equal((await root.post(`/report/review/${bob.id}`, { decision: 'permanent' })).status, 409);
  const entries = await audit({ subject: bob.id });
  assert.deepEqual(
    entries.map((entry) => entry.action).filter((action) => action !== 'user.inspected').reverse(),
    ['ban.applied', 'ban.lifted', 'ban.lift-refused', 'ban.review-refused'],
  );
  assert.deepEqual(entries[0].details, { decision: 'permanent', because: 'not_banned' });
  const lifted = entries.find((entry) => entry.action === 'ban.lifted');
  assert.deepEqual([lifted.actor, lifted.details.reason], [rootId, 'Said sorry']);
  assert.ok(lifted.ip && lifted.at <= Date.now());
});

test('a running call is ended: both are told, and each has it in his history once', async () => {
  const ada = await online('Ada E');
  const bob = await online('Bob E');
  const roomId = await call(ada, bob);
  const shown = await inspect(ada);
  assert.deepEqual([shown.presence, shown.roomId], ['in_call', roomId]);

  const { status } = await root.post(`/admin/calls/${roomId}/end`, { reason: 'Shows a gun' });

  assert.equal(status, 200);
  for (const person of [ada, bob]) {
    const end = await person.hears('session:finalized');
    assert.deepEqual([end.roomId, end.reason], [roomId, 'moderated']);
    assert.equal(person.all('session:finalized').length, 1);
    await until(`${person.name} has it in his history`, async () => (await person.history()).length === 1);
    assert.equal((await person.history())[0].roomId, roomId);
    assert.equal(person.socket.connected, true, 'nobody is banned by that');
  }
  assert.equal((await root.post(`/admin/calls/${roomId}/end`, {})).status >= 404, true, 'over, or forgotten');
  assert.equal((await root.post(`/admin/calls/${randomUUID()}/end`, {})).status, 404);
  const [ended, ...others] = await audit({ subject: roomId });
  assert.deepEqual([ended.action, ended.details.reason, others], ['call.ended', 'Shows a gun', []]);
  assert.deepEqual([ended.details.first, ended.details.second].sort(), [ada.id, bob.id].sort());
  assert.equal((await inspect(ada)).calls[0].reason, 'moderated');
});

test('what is announced is told to every socket, listed, and withdrawn', async () => {
  const ada = await online('Ada A');
  const bob = await online('Bob A');
  const refusals = [{}, { text: 7 }, { text: 'x'.repeat(501) }, { text: 'x', endsAt: 1 }];
  for (const body of refusals) assert.equal((await root.post('/admin/announcements', body)).status, 400);

  const first = (await root.post('/admin/announcements', { text: ' Back at <eight> ' })).json;
  const second = (await root.post('/admin/announcements', { text: 'And again' })).json;

  for (const person of [ada, bob]) {
    assert.deepEqual(await person.hears('announcement'), first);
    assert.deepEqual(await person.hears('announcement'), second);
    assert.deepEqual((await person.get('/announcements')).json.announcements, [second, first]);
  }
  assert.equal(first.text, 'Back at <eight>');
  assert.equal((await root.remove(`/admin/announcements/${first.id}`)).status, 200);
  for (const person of [ada, bob]) assert.deepEqual(await person.hears('announcement:withdrawn'), { id: first.id });
  assert.equal((await root.remove(`/admin/announcements/${first.id}`)).status, 404);
  assert.deepEqual((await ada.get('/announcements')).json.announcements, [second]);

  const all = await pages('/admin/announcements', 'announcements', 1);
  assert.deepEqual(all.map((one) => [one.id, one.state, one.madeBy]), [
    [second.id, 'in_force', rootId],
    [first.id, 'withdrawn', rootId],
  ]);
  assert.deepEqual((await seen('/admin/announcements?state=withdrawn')).announcements.map((one) => one.id), [first.id]);
  assert.deepEqual(
    (await audit({ subject: first.id })).map((entry) => entry.action),
    ['announcement.withdrawn', 'announcement.made'],
  );
});

test('codes have labels, are listed by type and state, and end', async () => {
  const made = [];
  for (const label of ['Flyer', 'Radio', undefined]) {
    const { status, json } = await root.post('/payment/admin/generate-code', { label });
    assert.equal(status, 200);
    assert.equal(json.qrCodeUrl, `/payment/qr/${json.code}`);
    made.push(json.code);
  }
  assert.equal((await root.post('/payment/admin/generate-code', { label: 'x'.repeat(101) })).status, 400);

  assert.equal((await root.post('/payment/admin/deactivate-code', { code: made[0] })).status, 200);
  assert.equal((await root.post('/payment/admin/deactivate-code', { code: 'ABCDEFGHIJKLMNOP' })).status, 404);

  const all = await pages('/payment/admin/codes', 'codes', 1);
  assert.deepEqual(all.map((one) => one.code), [...made].reverse());
  assert.deepEqual(all.map((one) => one.createdBy).slice(1), ['Radio', 'Flyer']);
  assert.deepEqual((await seen('/payment/admin/codes')).codes, all, 'without a question it is all of them');
  assert.deepEqual((await seen('/payment/admin/codes?active=false')).codes.map((one) => one.code), [made[0]]);
  assert.equal((await seen('/payment/admin/codes?active=true&type=admin')).codes.length, 2);
  assert.deepEqual((await seen('/payment/admin/codes?type=user')).codes, []);
  assert.equal((await seen('/payment/admin/codes?limit=1')).total, 3);
  assert.deepEqual(
    (await audit({ subject: made[0] })).map((entry) => [entry.action, entry.details.label]),
    [['code.deactivated', undefined], ['code.generated', 'Flyer']],
  );
});

test('a token of nobody who may is refused on every route, changes nothing and is written down', async () => {
  const guest = await Person.signUp('Guest T');
  const member = await Person.signUp('Member T');
  await link(member);
  const former = (await logIn(member.email)).json.sessionToken;
  const newer = (await logIn(member.email)).json.sessionToken;
  const loggedOut = await admin();
  assert.equal((await loggedOut.post('/admin/logout', {})).status, 200);
  const victim = await Person.signUp('Victim T');
  const tokens = {
    none: [undefined, 401],
    forged: [randomUUID(), 401],
    'logged out': [loggedOut.token, 401],
    displaced: [former, 401],
    guest: [guest.token, 403],
    member: [newer, 403],
  };
  const [before] = await audit({ limit: 1 });

  for (const [kind, [token, expected]] of Object.entries(tokens)) {
    for (const [method, path, body] of [
      ['GET', '/admin/users'],
      ['GET', `/admin/users/${victim.id}`],
      ['PUT', `/admin/users/${guest.id}/role`, { role: 'admin' }],
      ['GET', '/admin/audit'],
      ['GET', '/admin/live'],
      ['POST', '/admin/announcements', { text: 'I am in' }],
      ['POST', `/admin/calls/${randomUUID()}/end`, {}],
      ['GET', '/report/all'],
      ['POST', `/report/review/${victim.id}`, { decision: 'permanent' }],
      ['POST', `/report/unban/${victim.id}`, {}],
      ['POST', '/report/ip-bans', { ip: '192.0.2.1', reason: 'None' }],
      ['POST', '/payment/admin/generate-code', {}],
    ]) {
      const { status, json } = await http(method, path, { token, body });
      assert.deepEqual([kind, method, path, status], [kind, method, path, expected]);
      if (kind === 'forged' || kind === 'logged out') assert.match(json.error, /Invalid or expired session/);
      if (kind === 'displaced') assert.equal(json.sessionInvalidated, true);
    }
  }

  assert.equal((await seen('/admin/announcements?state=in_force')).announcements.length, 1);
  assert.equal((await seen('/payment/admin/codes')).total, 3);
  assert.deepEqual((await seen('/report/ip-bans')).ipBans, []);
  assert.deepEqual((await seen('/admin/users?role=admin')).users.length, 1);
  const written = () => audit({ action: 'admin.refused', limit: 200 });
  // Five tokens at twelve routes; the refusals did not wait for the log.
  const entries = await until('who tried is written down', async () => {
    const tried = (await written()).filter((entry) => entry.id > before.id);
    return tried.length === 60 && tried;
  });
  const because = (entries, why) => entries.filter((entry) => entry.details.because === why).map((entry) => entry.actor);
  for (const why of ['unknown', 'logged_out', 'displaced']) assert.equal(because(entries, why).length, 12, why);
  assert.ok(because(entries, 'unknown').every((actor) => actor === null));
  assert.ok(because(entries, 'logged_out').every((actor) => actor === rootId));
  assert.ok(because(entries, 'displaced').every((actor) => actor === member.id));
  assert.deepEqual(new Set(because(entries, 'not_admin')), new Set([guest.id, member.id]));
  assert.ok(entries.every((entry) => entry.ip && /^[A-Z]+ \//.test(entry.subject)));
});

test('a guest is made no admin, a member is, and nobody unmakes himself', async () => {
  const guest = await Person.signUp('Guest R');
  const member = await Person.signUp('Member R');
  await link(member);

  assert.equal((await setRole(guest, 'admin')).status, 409);
  assert.equal((await setRole({ id: rootId }, 'user')).status, 409);
  assert.equal((await setRole({ id: randomUUID() }, 'admin')).status, 404);
  assert.equal((await setRole(member, 'admin')).status, 200);
  assert.equal((await member.get('/user/me')).status, 401, 'his sessions end');
  member.token = (await logIn(member.email)).json.sessionToken;
  assert.equal((await member.get('/admin/live')).status, 200, 'his own session is an admin’s now');
  assert.equal((await setRole(member, 'user')).status, 200);

  assert.deepEqual(
    (await audit({ subject: member.id })).map((entry) => [entry.action, entry.details.role]),
    [['user.role-set', 'user'], ['user.role-set', 'admin']],
  );
  const [refusal] = await audit({ subject: guest.id });
  assert.deepEqual([refusal.action, refusal.details], ['user.role-refused', { role: 'admin', because: 'guest' }]);
});

test('the audit log tells all of it in order, by page, actor, action and time', async () => {
  const all = await pages('/admin/audit', 'entries', 7);

  assert.deepEqual(
    all.map((entry) => entry.id),
    [...new Set(all.map((entry) => entry.id))].sort((one, other) => other - one),
    'newest first, none twice',
  );
  const story = [
    'admin.made', 'admin.log-in', 'admin.log-in-refused', 'admin.log-out', 'admin.refused', 'ban.applied',
    'ban.lifted', 'ban.lift-refused', 'ban.review-refused', 'call.ended', 'announcement.made',
    'announcement.withdrawn', 'code.generated', 'code.deactivated', 'user.role-refused', 'user.role-set',
  ];
  const firsts = all.map((entry) => entry.action).reverse().filter((action, i, told) => told.indexOf(action) === i);
  assert.deepEqual(firsts.filter((action) => story.includes(action)), story);

  const own = await pages(`/admin/audit?actor=${rootId}`, 'entries', 9);
  assert.deepEqual(own, all.filter((entry) => entry.actor === rootId));
  const codes = await pages('/admin/audit?action=code.generated', 'entries', 2);
  assert.deepEqual(codes, all.filter((entry) => entry.action === 'code.generated'));
  const { at } = codes[0];
  const earlier = await pages(`/admin/audit?before=${at}`, 'entries', 50);
  assert.deepEqual(earlier, all.filter((entry) => entry.at < at));
});

test('wrong passwords lock the name for everybody, and that is written down', async () => {
  const refusals = await audit({ action: 'admin.log-in-refused', limit: 200 });
  for (let i = 0; i < 6; i++) {
    assert.equal((await knock(process.env.ADMIN_USERNAME, `guess ${i}`)).status, 401);
  }

  const locked = await knock(process.env.ADMIN_USERNAME, process.env.ADMIN_PASSWORD);

  assert.equal(locked.status, 429, 'the right password as well');
  assert.ok(locked.json.retryAfter > 500 && Number(locked.headers.get('retry-after')) === locked.json.retryAfter);
  assert.equal((await root.get('/admin/verify')).status, 200, 'who is in stays in');
  assert.equal((await audit({ action: 'admin.log-in-refused', limit: 200 })).length, refusals.length + 6);
  const [entry, ...others] = await audit({ action: 'admin.log-in-locked' });
  assert.deepEqual([entry.actor, entry.subject, others], [null, rootId, []]);
  assert.ok(entry.ip);
});
