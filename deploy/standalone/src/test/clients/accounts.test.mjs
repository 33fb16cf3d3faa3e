// Accounts and sessions: who gets in, with what, for how long, and how one leaves for good.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Person, http, startCall, until } from './client.mjs';
import { openMailbox } from './mailbox.mjs';

const PASSWORD = 'correct horse';
const people = [];
let mailbox;
before(async () => {
  mailbox = await openMailbox(Number(process.env.SMTP_PORT));
});
after(() => {
  people.forEach((person) => person.leave());
  mailbox.close();
});

async function guest(name) {
  const person = await Person.signUp(name);
  people.push(person);
  return person;
}

/** Somebody with e-mail and password. */
async function member(name) {
  const person = await guest(name);
  person.email = `${name.toLowerCase()}.${person.id}@example.org`;
  assert.equal((await link(person, person.email)).status, 200);
  return person;
}

function link(person, email) {
  return http('POST', '/auth/link', { body: { sessionToken: person.token, email, password: PASSWORD } });
}

function login(email, password = PASSWORD) {
  return http('POST', '/auth/login', { body: { email, password } });
}

/** The same person on another device; the one before is displaced. */
async function elsewhere(person, password) {
  const { status, json } = await login(person.email, password);
  assert.equal(status, 200);
  const again = new Person(person.name, json);
  again.email = person.email;
  people.push(again);
  return again;
}

const post = (person, path, body) => http('POST', path, { token: person?.token, body });
const remove = (person, path, body) => http('DELETE', path, { token: person.token, body });
const online = (person) => person.connect({ reconnection: false });
const closed = (person) => until(`the socket of ${person.name} is closed`, () => person.socket.disconnected);

async function inTheLobby(person) {
  await online(person);
  await person.enterLobby();
  return person;
}

async function inACall(ada, bob) {
  const { roomId } = await startCall(ada, bob);
  await Promise.all([ada.ask('room:join', { roomId }), bob.ask('room:join', { roomId })]);
  return roomId;
}

test('an e-mail address in another case is taken', async () => {
  const ada = await member('Ada');
  const eve = await guest('Eve');

  const taken = await link(eve, ada.email.toUpperCase());

  assert.equal(taken.status, 409);
  assert.equal((await eve.get('/user/me')).json.accountType, 'guest');
  assert.equal((await login(ada.email.toUpperCase())).status, 200);
});

test('a logout ends the session and its socket', async () => {
  const ada = await online(await guest('Ada'));

  assert.equal((await post(ada, '/auth/logout')).status, 200);

  await closed(ada);
  const refused = await ada.get('/user/me');
  assert.equal(refused.status, 401);
  assert.match(refused.json.error, /Invalid or expired session/);
  assert.equal((await post(ada, '/auth/logout')).status, 200, 'once more');
});

test('one sees the own sessions and ends them, and nobody else does', async () => {
  const ada = await online(await member('Ada'));
  const eve = await guest('Eve');
  const { sessions } = (await ada.get('/user/me/sessions')).json;
  assert.equal(sessions.length, 1);
  assert.equal(sessions[0].current, true);
  assert.equal(sessions[0].ip, '127.0.0.0/24');
  assert.equal(typeof sessions[0].lastActiveAt, 'number');

  assert.equal((await remove(eve, `/user/me/sessions/${sessions[0].id}`)).status, 404);
  assert.equal((await remove(eve, '/user/me/sessions/mine')).status, 400);
  assert.equal((await ada.get('/user/me')).status, 200);
  assert.equal((await remove(ada, `/user/me/sessions/${sessions[0].id}`)).status, 200);

  await closed(ada);
  assert.equal((await ada.get('/user/me')).status, 401);
});

test('a logout everywhere spares the own session only when asked', async () => {
  const ada = await online(await member('Ada'));

  assert.equal((await post(ada, '/auth/logout-everywhere', { keepCurrent: true })).json.endedCount, 0);
  assert.equal((await ada.ask('presence:join')).ok, true);
  assert.equal((await post(ada, '/auth/logout-everywhere')).json.endedCount, 1);

  await closed(ada);
  assert.equal((await ada.get('/user/me')).status, 401);
});

test('a login elsewhere reaches the cache and the socket, and the old token opens no new one', async () => {
  const ada = await inTheLobby(await member('Ada'));
  assert.equal((await ada.get('/room/queue')).status, 200, 'the session is known to the gateway');

  const phone = await elsewhere(ada);

  for (const path of ['/user/me', '/room/queue', '/room/history', '/payment/status', '/turn/credentials']) {
    const refused = await ada.get(path);
    assert.equal(refused.status, 401, path);
    assert.equal(refused.json.sessionInvalidated, true, path);
  }
  assert.equal((await ada.hears('session:invalidated')).reason, 'new_login');
  await closed(ada);
  const late = new Person('Ada again', { sessionToken: ada.token, userId: ada.id });
  people.push(late);
  late.connect({ reconnection: false }).catch(() => {});
  await late.hears('auth:failed');
  assert.equal((await phone.get('/user/me')).status, 200);
});

test('a call in progress goes on at its socket after a login elsewhere, and nothing else does', async () => {
  const ada = await inTheLobby(await member('Ada'));
  const bob = await inTheLobby(await guest('Bob'));
  const cleo = await inTheLobby(await guest('Cleo'));
  const roomId = await inACall(ada, bob);

  const phone = await online(await elsewhere(ada));

  const refused = await ada.get('/room/queue');
  assert.equal(refused.status, 401);
  for (const [event, payload] of [
    ['queue:join', undefined],
    ['presence:join', undefined],
    ['call:invite', { toUserId: cleo.id, requestedSeconds: 300 }],
  ]) {
    const answer = await until(`${event} is refused`, async () => {
      const said = await ada.ask(event, ...(payload === undefined ? [] : [payload]));
      return said.ok ? null : said;
    });
    assert.match(answer.error, /session has ended/, event);
  }
  ada.emit('room:chat', { roomId, text: 'still here' });
  assert.equal((await bob.hears('room:chat')).text, 'still here');
  bob.emit('room:chat', { roomId, text: 'so am I' });
  await ada.hears('room:chat', (line) => line.from === bob.id);
  assert.equal(ada.all('session:invalidated').length, 0, 'not told in the middle of a call');

  ada.emit('call:end', { roomId });
  await Promise.all([ada.hears('session:finalized'), bob.hears('session:finalized')]);
  await ada.hears('session:invalidated');
  await closed(ada);
  assert.equal((await phone.history()).filter((row) => row.roomId === roomId).length, 1);
  assert.equal(cleo.all('call:notify').length, 0);
});

test('a changed password needs the old one, and counts from then on', async () => {
  const ada = await online(await member('Ada'));
  const change = (body) => post(ada, '/auth/password/change', body);

  assert.equal((await change({ currentPassword: 'a guess', newPassword: 'another battery' })).status, 403);
  assert.equal((await change({ currentPassword: PASSWORD, newPassword: 'short' })).status, 400);
  assert.equal((await change({ currentPassword: PASSWORD, newPassword: 'another battery' })).status, 200);

  assert.equal((await ada.get('/user/me')).status, 200, 'this session goes on');
  assert.equal((await ada.ask('presence:join')).ok, true);
  assert.equal((await login(ada.email)).status, 401);
  await elsewhere(ada, 'another battery');
  await ada.hears('session:invalidated');
  const guestTries = await post(await guest('Guest'), '/auth/password/change', {
    currentPassword: PASSWORD,
    newPassword: 'another battery',
  });
  assert.equal(guestTries.status, 409);
});

test('a forgotten password is reset by a mailed link, once, and every session ends', async () => {
  const ada = await online(await member('Ada'));
  const nobody = `nobody.${ada.id}@example.org`;
  const request = (email) => post(null, '/auth/password/reset-request', { email });
  const reset = (token, newPassword) => post(null, '/auth/password/reset', { token, newPassword });

  const forNobody = await request(nobody);
  const forAda = await request(ada.email.toUpperCase());

  assert.equal(forAda.status, 200);
  assert.deepEqual([forNobody.status, forNobody.json], [forAda.status, forAda.json]);
  const token = await mailbox.token(ada.email);
  assert.equal(mailbox.to(nobody).length, 0, 'asked for before, so it would have been mailed before');
  assert.equal((await reset('x'.repeat(43), 'another battery')).status, 400);
  assert.equal((await reset(token, 'short')).status, 400);
  assert.equal((await reset(token, 'another battery')).status, 200);

  await closed(ada);
  assert.equal((await ada.get('/user/me')).status, 401);
  const again = await reset(token, 'a third battery');
  assert.equal(again.status, 410);
  assert.match(again.json.error, /used already/);
  assert.equal((await login(ada.email)).status, 401);
  assert.equal((await login(ada.email, 'another battery')).status, 200);
});

test('a deleted account is gone at once, for itself, in the lobby and in the call', async () => {
  const ada = await inTheLobby(await guest('Ada'));
  const bob = await inTheLobby(await guest('Bob'));
  const roomId = await inACall(ada, bob);
  ada.emit('room:chat', { roomId, text: 'goodbye' });
  await bob.hears('room:chat');

  assert.equal((await remove(ada, '/user/me')).status, 200);

  const finalized = await bob.hears('session:finalized');
  assert.equal(finalized.reason, 'left');
  await closed(ada);
  assert.equal((await ada.get('/user/me')).status, 401);
  const rows = await until('the call is in the history', async () => {
    const all = await bob.history();
    return all.length === 0 ? null : all;
  });
  assert.equal(rows[0].roomId, roomId);
  assert.equal(rows[0].partnerName, 'Deleted account');
  await bob.enterLobby();
  assert.equal((await bob.queue()).users.some((user) => user.userId === ada.id), false);
});

test('the name of a deleted account vanishes from calls of the past', async () => {
  const ada = await inTheLobby(await guest('Ada'));
  const bob = await inTheLobby(await guest('Bob'));
  const roomId = await inACall(ada, bob);
  ada.emit('call:end', { roomId });
  await Promise.all([ada.hears('session:finalized'), bob.hears('session:finalized')]);
  assert.equal((await bob.history())[0].partnerName, 'Ada');

  assert.equal((await remove(ada, '/user/me')).status, 200);

  assert.equal((await bob.history())[0].partnerName, 'Deleted account');
});

test('who is deleted is invited and waited for no longer, and those who see him are told', async () => {
  const ada = await inTheLobby(await guest('Ada'));
  const bob = await inTheLobby(await guest('Bob'));
  const cleo = await inTheLobby(await guest('Cleo'));
  await until('Ada sees Bob', async () => (await ada.queue()).users.some((user) => user.userId === bob.id));
  await until('Cleo sees Bob', async () => (await cleo.queue()).users.some((user) => user.userId === bob.id));
  ada.emit('call:invite', { toUserId: bob.id, requestedSeconds: 300 });
  await bob.hears('call:notify');

  assert.equal((await remove(bob, '/user/me')).status, 200);

  assert.equal((await ada.hears('call:declined')).reason, 'offline');
  await cleo.hears('presence:update', (change) => change.userId === bob.id && !change.online);
  await until('Bob is not listed', async () =>
    !(await cleo.queue()).users.some((user) => user.userId === bob.id),
  );
});

test('a permanent account is deleted only with its password, and its address is free again', async () => {
  const ada = await member('Ada');

  assert.equal((await remove(ada, '/user/me')).status, 400);
  assert.equal((await remove(ada, '/user/me', { currentPassword: 'a guess' })).status, 403);
  assert.equal((await ada.get('/user/me')).status, 200);
  assert.equal((await remove(ada, '/user/me', { currentPassword: PASSWORD })).status, 200);

  assert.equal((await login(ada.email)).status, 401);
  assert.equal((await link(await guest('Eve'), ada.email)).status, 200);
});

test('sockets are served while twenty logins wait for a place to be checked', async () => {
  const ada = await member('Ada');
  const bob = await online(await guest('Bob'));
  let answered = 0;

  const logins = Array.from({ length: 20 }, () => login(ada.email, 'a wrong one').then((one) => (answered++, one)));
  for (let i = 0; i < 10; i++) {
    assert.equal((await bob.ask('presence:join')).ok, true);
  }

  assert.ok(answered < 20, 'the sockets were not made to wait for all of them');
  for (const one of await Promise.all(logins)) {
    assert.equal(one.status, 401);
  }
});
