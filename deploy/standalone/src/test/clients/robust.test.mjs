// One packet or request ended the old server. Here it gets an answer, and nobody else notices.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { BASE, Person, http } from './client.mjs';

let ada;
let anonymous;
before(async () => {
  ada = await (await Person.signUp('Ada B')).connect();
  anonymous = io(BASE, { transports: ['websocket'], forceNew: true });
  await new Promise((resolve) => anonymous.on('connect', resolve));
});
after(() => {
  ada.leave();
  anonymous.disconnect();
});

const EVENTS = [
  'auth', 'call:invite', 'call:accept', 'call:decline', 'call:extend-wait', 'call:rescind',
  'room:join', 'rtc:offer', 'rtc:answer', 'rtc:ice', 'room:chat', 'room:giveSocial', 'call:end',
];
const WRONG = [undefined, null, 7, 'text', [], {}, { roomId: 5, toUserId: 7, inviteId: {}, text: 9, sessionToken: 1 }];

test('every event with a missing or wrong payload is answered and costs nobody the connection', async () => {
  for (const event of EVENTS) {
    // A person for each event: more than 20 events a second from one socket are a flood.
    const bob = await (await Person.signUp('Bob B')).connect();
    for (const payload of WRONG) {
      const sent = payload === undefined ? [] : [payload];
      anonymous.emit(event, ...sent);
      const answer = await bob.ask(event, ...sent);
      assert.equal(answer.ok, false, `${event} ${JSON.stringify(payload)}`);
    }
    assert.equal((await bob.ask('presence:join')).ok, true);
    assert.ok(bob.socket.connected);
    bob.leave();
  }
  assert.equal((await ada.ask('presence:join')).ok, true);
});

test('an unknown event and an event named error do no harm', async () => {
  assert.equal((await ada.ask('no:such-event', {})).ok, false);
  ada.emit('error', { message: 'mine' });
  assert.equal((await ada.ask('presence:join')).ok, true);
});

test('every route answers JSON to bad input', async () => {
  const cases = [
    ['POST', '/auth/guest', { body: { name: 123, gender: 'male' } }, 400],
    ['POST', '/auth/guest', { body: { name: 'X', gender: 'male', inviteCode: 5 } }, 400],
    ['POST', '/auth/guest', { body: { name: 'x'.repeat(101), gender: 'male' } }, 400],
    ['POST', '/auth/guest', { body: { name: '  ', gender: 'male' } }, 400],
    ['POST', '/auth/guest', { body: '{"name":' }, 400],
    ['POST', '/auth/guest', { body: '[]' }, 400],
    ['POST', '/auth/guest', { body: { name: 'x'.repeat(200_000), gender: 'male' } }, 413],
    ['PUT', '/user/me', { token: ada.token, body: { socials: 'all' } }, 400],
    ['GET', '/user/me', {}, 401],
    ['GET', '/user/me', { token: 'forged' }, 401],
    ['GET', '/no/such/route', {}, 404],
  ];
  for (const [method, path, request, expected] of cases) {
    const { status, json } = await http(method, path, request);
    assert.equal(status, expected, `${method} ${path} ${JSON.stringify(request.body)?.slice(0, 60)}`);
    assert.equal(typeof json.error, 'string');
  }
  assert.equal((await http('GET', '/health')).status, 200);
});
