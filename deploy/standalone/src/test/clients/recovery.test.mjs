// Clients that lose their connection and come back the way socket.io-client does by itself.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { BASE, Person, http, startCall, until } from './client.mjs';
import { Network } from './network.mjs';

const people = [];
const networks = [];
after(() => {
  people.forEach((person) => person.leave());
  networks.forEach((network) => network.close());
});

/** In the lobby, over a network of its own. */
async function inTheLobby(name, transports = ['websocket']) {
  const person = await Person.signUp(name);
  people.push(person);
  person.network = await Network.to(BASE);
  networks.push(person.network);
  await person.connect({ transports, url: person.network.url });
  await person.enterLobby();
  return person;
}

/** Two people in a call; the callee has got one line, so that he has an offset. */
async function inACall(title, transports) {
  const ada = await inTheLobby(`Ada ${title}`, transports);
  const bob = await inTheLobby(`Bob ${title}`, transports);
  const { roomId } = await startCall(ada, bob);
  await Promise.all([ada.ask('room:join', { roomId }), bob.ask('room:join', { roomId })]);
  const say = (text) => ada.ask('room:chat', { roomId, text });
  const ice = (candidate) => ada.ask('rtc:ice', { roomId, candidate: { candidate } });
  await say('first');
  await bob.hears('room:chat');
  return { ada, bob, roomId, say, ice };
}

/** Waits until the client is connected anew; answers what it is told then. */
async function connectedAgain(person, before) {
  await until(`${person.name} has noticed`, () => person.noticed);
  await until(`${person.name} is back`, () => person.socket.connected);
  return { recovered: person.socket.recovered, sameId: person.socket.id === before };
}

/** From now on it is known whether the client has lost its connection. */
function watch(person) {
  person.noticed = false;
  person.socket.once('disconnect', () => (person.noticed = true));
  return person.socket.id;
}

const RECOVERED = { recovered: true, sameId: true };
const NEW = { recovered: false, sameId: false };

/** All lines and candidates of the other one that a person got, in order. */
const got = (person, from) =>
  person.heard
    .filter(({ event, payload }) => ['room:chat', 'rtc:ice'].includes(event) && payload.from === from.id)
    .map(({ payload }) => payload.text ?? payload.candidate.candidate);

for (const transports of [['websocket'], ['polling']]) {
  const over = transports[0];

  test(`what was written to a dead connection is there after a change of network, over ${over}`, async () => {
    const { ada, bob, roomId, say, ice } = await inACall(`H${over[0]}`, transports);
    const id = watch(bob);

    bob.network.silence();
    await say('into the void');
    await ice('candidate 1');
    await ice('candidate 2');
    await say('still there?');
    bob.network.clientNotices();

    assert.deepEqual(await connectedAgain(bob, id), RECOVERED);
    await say('welcome back');
    await bob.hears('room:chat', (line) => line.text === 'welcome back');
    assert.deepEqual(got(bob, ada), [
      'first',
      'into the void',
      'candidate 1',
      'candidate 2',
      'still there?',
      'welcome back',
    ]);
    bob.emit('room:chat', { roomId, text: 'yes' });
    await ada.hears('room:chat', (line) => line.from === bob.id);
    ada.emit('call:end', { roomId });
    await Promise.all([ada.hears('session:finalized'), bob.hears('session:finalized')]);
    for (const person of [ada, bob]) assert.equal(person.all('session:finalized').length, 1);
  });

  test(`what the gateway took and what the service kept come once and in order, over ${over}`, async () => {
    const { ada, bob, roomId, say, ice } = await inACall(`B${over[0]}`, transports);
    const id = watch(bob);

    bob.network.silence();
    await say('taken 1');
    await ice('taken 2');
    bob.network.breakDown();
    // A server that has answered a poll notices nothing before the next one; then it takes what follows too.
    if (over === 'websocket') await ada.hears('peer:reconnecting');
    await ice('kept 3');
    await say('kept 4');
    bob.network.comeBack();

    assert.deepEqual(await connectedAgain(bob, id), RECOVERED);
    await ada.hears('peer:reconnected');
    await say('new 5');
    await bob.hears('room:chat', (line) => line.text === 'new 5');
    assert.deepEqual(got(bob, ada), ['first', 'taken 1', 'taken 2', 'kept 3', 'kept 4', 'new 5']);
    ada.emit('call:end', { roomId });
    await bob.hears('session:finalized');
  });

  test(`the end of a call that was written to a dead connection is told once, over ${over}`, async () => {
    const { ada, bob, roomId } = await inACall(`E${over[0]}`, transports);
    const id = watch(bob);

    bob.network.silence();
    ada.emit('call:end', { roomId });
    await ada.hears('session:finalized');
    bob.network.clientNotices();

    assert.deepEqual(await connectedAgain(bob, id), RECOVERED);
    await bob.hears('session:finalized');
    await bob.enterLobby();
    for (const event of ['metrics:update', 'session:finalized']) {
      assert.equal(bob.all(event).length, 1, `${event} once`);
    }
    assert.equal((await bob.history()).length, 1);
  });
}

test('an invite and its end are found as they were', async () => {
  const ada = await inTheLobby('Ada I');
  const bob = await inTheLobby('Bob I');
  await until('Ada can invite Bob', async () => (await ada.queue()).users.some((user) => user.userId === bob.id));
  const ids = [watch(ada), watch(bob)];

  bob.network.silence();
  ada.emit('call:invite', { toUserId: bob.id, requestedSeconds: 300 });
  await ada.ask('call:extend-wait', { toUserId: bob.id });
  bob.network.clientNotices();

  assert.deepEqual(await connectedAgain(bob, ids[1]), RECOVERED, 'although he never got an offset before');
  const { inviteId } = await bob.hears('call:notify');
  await bob.hears('call:wait-extended');

  // Ada has had no event of a call yet: nothing was kept for her, and matchmaking tells her.
  ada.network.breakDown();
  await until('Ada is hidden', async () => !(await bob.queue()).users.some((user) => user.userId === ada.id));
  await bob.ask('call:decline', { inviteId });
  ada.network.comeBack();
  assert.deepEqual(await connectedAgain(ada, ids[0]), NEW);
  assert.equal((await ada.hears('call:declined')).inviteId, inviteId);
  await ada.enterLobby();
  assert.equal(ada.all('call:declined').length, 1);
  for (const event of ['call:notify', 'call:wait-extended']) assert.equal(bob.all(event).length, 1);
});

test('who was in the lobby hears of it again without joining anew', async () => {
  const ada = await inTheLobby('Ada L');
  const bob = await inTheLobby('Bob L');
  ada.emit('call:invite', { toUserId: ada.id, requestedSeconds: 300 });
  await ada.hears('call:declined');
  const id = watch(ada);

  ada.network.breakDown();
  await until('Ada is hidden', async () => !(await bob.queue()).users.some((user) => user.userId === ada.id));
  ada.network.comeBack();

  assert.deepEqual(await connectedAgain(ada, id), RECOVERED);
  await until('Ada can be invited again', async () =>
    (await bob.queue()).users.some((user) => user.userId === ada.id),
  );
  ada.heard = [];
  await until('Ada looks at Bob', async () => (await ada.queue()).users.some((user) => user.userId === bob.id));
  await bob.ask('queue:leave');
  assert.equal((await ada.hears('queue:update', (change) => change.userId === bob.id)).available, false);
});

for (const { title, change } of [
  { title: 'a private id that nobody was given', change: (socket) => (socket._pid = 'x'.repeat(43)) },
  { title: 'an offset that no event had', change: (socket) => (socket._lastOffset = 'auth:failed') },
  { title: 'a client that does not ask', change: (socket) => (socket._pid = undefined) },
]) {
  test(`${title}: a new session, no error, and what the service kept`, async () => {
    const { ada, bob, roomId, say } = await inACall('N');
    const id = watch(bob);
    const errors = [];
    bob.socket.on('connect_error', (error) => errors.push(error.data ?? error.type));

    bob.network.breakDown();
    await ada.hears('peer:reconnecting');
    await say('kept 1');
    await say('kept 2');
    await until('Bob has noticed', () => bob.noticed);
    change(bob.socket);
    bob.network.comeBack();

    assert.deepEqual(await connectedAgain(bob, id), NEW);
    await ada.hears('peer:reconnected');
    await say('new 3');
    await bob.hears('room:chat', (line) => line.text === 'new 3');
    assert.deepEqual(got(bob, ada), ['first', 'kept 1', 'kept 2', 'new 3']);
    assert.deepEqual(
      errors.filter((error) => error !== 'TransportError'),
      [],
      'refused by nobody but the broken network',
    );
    assert.equal(bob.all('error').length, 0);
    bob.emit('call:end', { roomId });
    await ada.hears('session:finalized');
  });
}

test('the private id of somebody else is of no use, and he keeps what is his', async () => {
  const { ada, bob, say } = await inACall('S');
  const eve = await inTheLobby('Eve S');
  const ids = [watch(bob), watch(eve)];

  bob.network.silence();
  await say('for Bob only');
  eve.socket._pid = bob.socket._pid;
  eve.socket._lastOffset = bob.socket._lastOffset;
  eve.network.breakDown();
  await until('Eve has noticed', () => eve.noticed);
  eve.network.comeBack();

  assert.deepEqual(await connectedAgain(eve, ids[1]), NEW);
  await eve.enterLobby();
  assert.deepEqual(eve.all('room:chat'), []);
  bob.network.clientNotices();
  assert.deepEqual(await connectedAgain(bob, ids[0]), RECOVERED);
  await bob.hears('room:chat', (line) => line.text === 'for Bob only');
  assert.deepEqual(got(bob, ada), ['first', 'for Bob only']);
});

test('after the grace there is nothing to come back to', async () => {
  const { ada, bob, say } = await inACall('X');
  const id = watch(bob);

  bob.network.silence();
  await say('too late');
  bob.network.breakDown();
  await ada.hears('peer:disconnected');
  await ada.hears('session:finalized');
  bob.network.comeBack();

  assert.deepEqual(await connectedAgain(bob, id), NEW);
  await bob.enterLobby();
  assert.deepEqual(got(bob, ada), ['first']);
  assert.equal(bob.all('session:finalized').length, 0);
});

test('who logged in elsewhere meanwhile is given nothing on the old socket', async () => {
  const ada = await inTheLobby('Ada D');
  const bob = await Person.signUp('Bob D');
  people.push(bob);
  const email = `bob.${bob.id}@example.org`;
  const body = { sessionToken: bob.token, email, password: 'correct horse' };
  assert.equal((await http('POST', '/auth/link', { body })).status, 200);
  bob.network = await Network.to(BASE);
  networks.push(bob.network);
  await bob.connect({ transports: ['websocket'], url: bob.network.url });
  await bob.enterLobby();
  await until('Ada can invite Bob', async () => (await ada.queue()).users.some((user) => user.userId === bob.id));
  const id = watch(bob);

  bob.network.silence();
  ada.emit('call:invite', { toUserId: bob.id, requestedSeconds: 300 });
  await ada.ask('call:extend-wait', { toUserId: bob.id });
  bob.network.breakDown();
  const login = await http('POST', '/auth/login', { body: { email, password: 'correct horse' } });
  assert.equal(login.status, 200);
  bob.network.comeBack();

  assert.deepEqual(await connectedAgain(bob, id), NEW);
  await bob.hears('auth:failed');
  assert.equal(bob.all('call:notify').length, 0);
});
