// The races that gave people two calls at once in the past, a hundred times each.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Person, until } from './client.mjs';

const PAIRS = 100;
const left = [];
const right = [];

before(async () => {
  for (let i = 0; i < PAIRS; i++) {
    left.push(await (await Person.signUp(`L${i}`)).connect());
    right.push(await (await Person.signUp(`R${i}`)).connect());
  }
});
after(() => [...left, ...right].forEach((person) => person.leave()));

/** Runs a race for each pair; partners are shifted by the round, so that no cooldown is in the way. */
async function eachPair(round, race) {
  for (let i = 0; i < PAIRS; i++) {
    const ada = left[i];
    const bob = right[(i + round) % PAIRS];
    ada.heard = [];
    bob.heard = [];
    await Promise.all([ada.enterLobby(), bob.enterLobby()]);
    await until(`${ada.name} and ${bob.name} see each other`, async () => {
      const [one, other] = await Promise.all([ada.queue(), bob.queue()]);
      return one.users.some((user) => user.userId === bob.id) && other.users.some((user) => user.userId === ada.id);
    });
    await race(ada, bob);
  }
}

async function exactlyOneCall(ada, bob) {
  const [first, second] = await Promise.all([ada.hears('call:start'), bob.hears('call:start')]);
  assert.equal(first.roomId, second.roomId);
  await Promise.all([
    ada.ask('room:join', { roomId: first.roomId }),
    bob.ask('room:join', { roomId: first.roomId }),
  ]);
  ada.emit('call:end', { roomId: first.roomId });
  bob.emit('call:end', { roomId: first.roomId });
  const [one, other] = await Promise.all([ada.hears('session:finalized'), bob.hears('session:finalized')]);
  assert.equal(one.sessionId, other.sessionId);
  for (const person of [ada, bob]) {
    assert.equal(person.all('call:start').length, 1, `${person.name} was in one call only`);
    const rows = (await person.history()).filter((row) => row.roomId === first.roomId);
    assert.equal(rows.length, 1, `${person.name} has one row`);
  }
  return [first, second];
}

test('an invite accepted twice at the same time is one call', async () => {
  await eachPair(0, async (ada, bob) => {
    ada.emit('call:invite', { toUserId: bob.id, requestedSeconds: 300 });
    const { inviteId } = await bob.hears('call:notify');
    const accepts = await Promise.all([
      bob.ask('call:accept', { inviteId, requestedSeconds: 300 }),
      bob.ask('call:accept', { inviteId, requestedSeconds: 300 }),
    ]);
    assert.equal(accepts.filter((accept) => accept.ok).length, 1, 'one accept counts');
    await exactlyOneCall(ada, bob);
  });
});

test('two invites that cross are one call', async () => {
  await eachPair(1, async (ada, bob) => {
    await Promise.all([
      ada.ask('call:invite', { toUserId: bob.id, requestedSeconds: 300 }),
      bob.ask('call:invite', { toUserId: ada.id, requestedSeconds: 100 }),
    ]);
    const starts = await exactlyOneCall(ada, bob);
    assert.equal(starts.filter((start) => start.isInitiator).length, 1);
    assert.equal(starts[0].agreedSeconds, 200);
  });
});

test('a call ended by both at the same moment is one row for each', async () => {
  await eachPair(2, async (ada, bob) => {
    ada.emit('call:invite', { toUserId: bob.id, requestedSeconds: 300 });
    const { inviteId } = await bob.hears('call:notify');
    bob.emit('call:accept', { inviteId, requestedSeconds: 300 });
    await exactlyOneCall(ada, bob);
  });
});
