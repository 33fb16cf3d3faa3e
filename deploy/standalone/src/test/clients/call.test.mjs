// From sign-up to history: what the product exists for, over the wire as the original client speaks it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Person, startCall, until } from './client.mjs';

const people = [];
after(() => people.forEach((person) => person.leave()));

async function inTheLobby(name, options) {
  const person = await (await Person.signUp(name)).connect(options);
  people.push(person);
  await person.enterLobby();
  return person;
}

test('two people meet, talk and find the call in both histories', async () => {
  const ada = await inTheLobby('Ada');
  const bob = await inTheLobby('Bob');

  const { roomId, notice, start, other } = await startCall(ada, bob);

  assert.equal(notice.fromUser.userId, ada.id);
  assert.equal(notice.fromUser.name, 'Ada');
  assert.equal(notice.requestedSeconds, 300);
  assert.equal(notice.ttlMs, 20_000);
  assert.equal(start.agreedSeconds, 200, 'the floor of the mean of 300 and 101');
  assert.equal(start.isInitiator, true);
  assert.deepEqual(start.peerUser, { userId: bob.id, name: 'Bob' });
  assert.equal(other.isInitiator, false);
  assert.deepEqual(other.peerUser, { userId: ada.id, name: 'Ada' });

  // Both pages load: the old client leaves the queue, then joins the room; Bob's camera prompt takes longer.
  ada.emit('queue:leave');
  bob.emit('queue:leave');
  await ada.ask('room:join', { roomId });
  ada.emit('rtc:offer', { roomId, offer: { type: 'offer', sdp: 'v=0 offer of Ada' } });
  await ada.ask('rtc:ice', { roomId, candidate: { candidate: 'a=1', sdpMid: '0', sdpMLineIndex: 0 } });
  await ada.ask('rtc:ice', { roomId, candidate: { candidate: 'a=2', sdpMid: '0', sdpMLineIndex: 0 } });
  assert.equal(bob.all('rtc:offer').length, 0, 'nothing arrives before Bob has joined');
  await bob.ask('room:join', { roomId });
  assert.deepEqual(await bob.hears('rtc:offer'), { offer: { type: 'offer', sdp: 'v=0 offer of Ada' }, from: ada.id });
  assert.equal((await bob.hears('rtc:ice')).candidate.candidate, 'a=1');
  assert.equal((await bob.hears('rtc:ice')).candidate.candidate, 'a=2');

  bob.emit('rtc:answer', { roomId, answer: { type: 'answer', sdp: 'v=0 answer of Bob' } });
  assert.equal((await ada.hears('rtc:answer')).answer.sdp, 'v=0 answer of Bob');
  bob.emit('rtc:ice', { roomId, candidate: { candidate: 'b=1', sdpMid: '0', sdpMLineIndex: 0 } });
  assert.equal((await ada.hears('rtc:ice')).from, bob.id);

  ada.emit('room:chat', { roomId, text: '  1 < 2 > 0  ' });
  for (const person of [ada, bob]) {
    const line = await person.hears('room:chat');
    assert.equal(line.text, '1 < 2 > 0');
    assert.equal(line.from, ada.id);
    assert.equal(line.type, 'message');
  }
  bob.emit('room:chat', { roomId, text: 'hello' });
  assert.equal((await ada.hears('room:chat')).text, 'hello');
  bob.emit('room:giveSocial', { roomId, socials: { instagram: 'bob', bank: 'no' } });
  const shared = await ada.hears('room:socialShared');
  assert.deepEqual(shared.socials, { instagram: 'bob' });

  // Both countdowns reach zero at the same moment.
  ada.emit('call:end', { roomId });
  bob.emit('call:end', { roomId });
  const [first, second] = await Promise.all([ada.hears('session:finalized'), bob.hears('session:finalized')]);
  assert.equal(first.sessionId, second.sessionId);
  assert.equal((await ada.hears('metrics:update')).sessionCount, 1);

  for (const [person, partner] of [[ada, bob], [bob, ada]]) {
    const rows = (await person.history()).filter((row) => row.roomId === roomId);
    assert.equal(rows.length, 1);
    assert.equal(rows[0].partnerId, partner.id);
    assert.equal(rows[0].partnerName, partner.name);
    assert.equal(rows[0].sessionId, first.sessionId);
    assert.deepEqual(
      rows[0].messages.filter((message) => message.type === 'message').map((message) => message.text),
      ['1 < 2 > 0', 'hello'],
    );
    const me = (await person.get('/user/me')).json;
    assert.equal(me.sessionCount, 1);
    assert.equal(me.lastSessions.length, 1);
  }

  // Back in the lobby the two see each other, marked.
  await Promise.all([ada.enterLobby(), bob.enterLobby()]);
  const card = await until('Bob is back in Ada’s queue', async () =>
    (await ada.queue()).users.find((user) => user.userId === bob.id),
  );
  assert.equal(card.hasCooldown, true);
  assert.ok(card.cooldownExpiry > Date.now() + 23 * 3600_000);
  ada.emit('call:invite', { toUserId: bob.id, requestedSeconds: 300 });
  assert.equal((await ada.hears('call:declined')).reason, 'cooldown');
});

test('a decline, a rescind and the wrong invites get their reasons', async () => {
  const caller = await inTheLobby('Caller');
  const callee = await inTheLobby('Callee');
  const reasonOf = async (payload) => {
    caller.emit('call:invite', payload);
    return (await caller.hears('call:declined')).reason;
  };

  assert.equal(await reasonOf({ toUserId: caller.id, requestedSeconds: 300 }), 'invalid_target');
  assert.equal(await reasonOf({ toUserId: 'nobody', requestedSeconds: 300 }), 'user_not_found');
  for (const seconds of [59, 1801, 60.5, '60']) {
    assert.equal(await reasonOf({ toUserId: callee.id, requestedSeconds: seconds }), 'invalid_duration');
  }

  await until('the callee can be invited', async () =>
    (await caller.queue()).users.some((user) => user.userId === callee.id),
  );
  caller.emit('call:invite', { toUserId: callee.id, requestedSeconds: 300 });
  const notice = await callee.hears('call:notify');
  caller.emit('call:extend-wait', { toUserId: callee.id });
  assert.equal((await callee.hears('call:wait-extended')).extraSeconds, 20);
  caller.emit('call:rescind', { toUserId: callee.id });
  assert.equal((await callee.hears('call:rescinded')).inviteId, notice.inviteId);
  assert.equal(await reasonOf({ toUserId: callee.id, requestedSeconds: 300 }), 'cooldown');
});

test('a stranger sees and does nothing in a call of others', async () => {
  const ada = await inTheLobby('Ada S');
  const bob = await inTheLobby('Bob S');
  const eve = await inTheLobby('Eve');
  const { roomId } = await startCall(ada, bob);
  await Promise.all([ada.ask('room:join', { roomId }), bob.ask('room:join', { roomId })]);

  for (const [event, payload] of [
    ['room:join', { roomId }],
    ['rtc:offer', { roomId, offer: { type: 'offer', sdp: 'x' } }],
    ['rtc:ice', { roomId, candidate: { candidate: 'x' } }],
    ['room:chat', { roomId, text: 'I am here too' }],
    ['room:giveSocial', { roomId, socials: { instagram: 'eve' } }],
    ['call:end', { roomId }],
  ]) {
    eve.emit(event, payload);
    assert.ok((await eve.hears('error')).message, `${event} is refused`);
  }
  ada.emit('room:chat', { roomId, text: 'still here' });

  assert.equal((await bob.hears('room:chat')).text, 'still here');
  assert.equal(bob.all('rtc:offer').length + bob.all('room:socialShared').length, 0);
  assert.equal(eve.all('room:chat').length, 0);
  ada.emit('call:end', { roomId });
  await bob.hears('session:finalized');
});

test('who loses the network in a call and comes back finds it as it was', async () => {
  const ada = await inTheLobby('Ada R');
  const bob = await inTheLobby('Bob R');
  const { roomId } = await startCall(ada, bob);
  await Promise.all([ada.ask('room:join', { roomId }), bob.ask('room:join', { roomId })]);

  bob.socket.io.engine.close();
  await ada.hears('peer:reconnecting');
  ada.emit('room:chat', { roomId, text: 'are you there?' });
  await ada.hears('peer:reconnected');

  assert.equal((await bob.hears('room:chat')).text, 'are you there?');
  bob.emit('room:chat', { roomId, text: 'yes' });
  assert.equal((await ada.hears('room:chat', (line) => line.from === bob.id)).text, 'yes');
  assert.equal(bob.all('room:chat').filter((line) => line.text === 'are you there?').length, 1);
  bob.emit('call:end', { roomId });
  await Promise.all([ada.hears('session:finalized'), bob.hears('session:finalized')]);
});

test('who closes the page is hidden at once, and the partner in a call is told after the grace', async () => {
  const ada = await inTheLobby('Ada L');
  const bob = await inTheLobby('Bob L');
  const { roomId } = await startCall(ada, bob);
  await Promise.all([ada.ask('room:join', { roomId }), bob.ask('room:join', { roomId })]);

  bob.leave();
  await ada.hears('peer:disconnected');
  ada.emit('call:end', { roomId });
  const finalized = await ada.hears('session:finalized');

  assert.equal(finalized.roomId, roomId);
  await until('Bob is gone from the queue', async () =>
    !(await ada.queue()).users.some((user) => user.userId === bob.id),
  );
});
