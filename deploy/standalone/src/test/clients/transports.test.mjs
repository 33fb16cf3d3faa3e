// A whole call on each transport that the original client may choose, and what the WebSocket negotiates.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import WebSocket from 'ws';
import { BASE, Person, startCall, until } from './client.mjs';

const DEFAULT_ORDER = ['polling', 'websocket'];
const CALLS = [
  { title: 'polling only', transports: ['polling'], ends: 'polling' },
  { title: 'WebSocket only', transports: ['websocket'], ends: 'websocket' },
  { title: 'the default order, polling first', transports: DEFAULT_ORDER, ends: 'websocket' },
];

const people = [];
after(() => people.forEach((person) => person.leave()));

/** In the lobby, with the names of all transports its client has used. */
async function inTheLobby(name, transports) {
  const person = await Person.signUp(name);
  people.push(person);
  const connecting = person.connect({ transports });
  const engine = await until(`${name} has an engine`, () => person.socket?.io.engine);
  person.used = [engine.transport.name];
  engine.on('upgrade', (transport) => person.used.push(transport.name));
  await connecting;
  await person.enterLobby();
  return person;
}

const transportOf = (person) => person.socket.io.engine.transport.name;

for (const { title, transports, ends } of CALLS) {
  test(`a whole call completes over ${title}`, async () => {
    const ada = await inTheLobby(`Ada ${title}`.slice(0, 20), transports);
    const bob = await inTheLobby(`Bob ${title}`.slice(0, 20), transports);
    for (const person of [ada, bob]) {
      await until(`${person.name} uses ${ends}`, () => transportOf(person) === ends);
    }

    const { roomId } = await startCall(ada, bob);
    await Promise.all([ada.ask('room:join', { roomId }), bob.ask('room:join', { roomId })]);
    ada.emit('rtc:offer', { roomId, offer: { type: 'offer', sdp: 'v=0 '.repeat(2_000) } });
    assert.equal((await bob.hears('rtc:offer')).offer.sdp, 'v=0 '.repeat(2_000));
    bob.emit('rtc:answer', { roomId, answer: { type: 'answer', sdp: 'v=0 answer' } });
    assert.equal((await ada.hears('rtc:answer')).answer.sdp, 'v=0 answer');
    for (let i = 0; i < 20; i++) {
      ada.emit('rtc:ice', { roomId, candidate: { candidate: `a=${i}`, sdpMid: '0', sdpMLineIndex: 0 } });
    }
    for (let i = 0; i < 20; i++) {
      assert.equal((await bob.hears('rtc:ice')).candidate.candidate, `a=${i}`, 'in the order sent');
    }
    ada.emit('room:chat', { roomId, text: 'grüß dich 😀' });
    assert.equal((await bob.hears('room:chat')).text, 'grüß dich 😀');
    ada.emit('call:end', { roomId });
    bob.emit('call:end', { roomId });
    const ended = await Promise.all([ada.hears('session:finalized'), bob.hears('session:finalized')]);

    assert.equal(ended[0].sessionId, ended[1].sessionId);
    for (const person of [ada, bob]) {
      assert.equal((await person.history()).filter((row) => row.roomId === roomId).length, 1);
      assert.deepEqual(
        person.used,
        transports === DEFAULT_ORDER ? ['polling', 'websocket'] : [ends],
        `${person.name} used no other transport`,
      );
      assert.equal(transportOf(person), ends, 'still');
    }
  });
}

/** Opens a WebSocket by hand; answers what the server chose of the offered extensions. */
function negotiated(perMessageDeflate) {
  return new Promise((resolve, reject) => {
    const url = `${BASE.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { perMessageDeflate });
    let extensions;
    socket.on('upgrade', (response) => {
      extensions = response.headers['sec-websocket-extensions'] ?? '';
    });
    socket.on('error', reject);
    socket.on('message', (packet) => {
      socket.close();
      resolve({ extensions, packet: packet.toString() });
    });
  });
}

test('neither side keeps a compression context, also when the client did not offer that', async () => {
  for (const offer of [true, { serverNoContextTakeover: true }, { clientNoContextTakeover: true }]) {
    const { extensions, packet } = await negotiated(offer);

    assert.match(extensions, /^permessage-deflate;/);
    assert.match(extensions, /; *server_no_context_takeover/);
    assert.match(extensions, /; *client_no_context_takeover/);
    assert.match(packet, /^0\{"sid":/, 'and the first packet can be read');
  }
});

test('a client that offers no compression gets none', async () => {
  const { extensions, packet } = await negotiated(false);

  assert.equal(extensions, '');
  assert.match(packet, /^0\{"sid":/);
});
