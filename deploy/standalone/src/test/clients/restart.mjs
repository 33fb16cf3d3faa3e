// Used around a restart: `node restart.mjs before` has a call, makes a link and prints an account, `after` finds all of it again.
import assert from 'node:assert/strict';
import { Person, http, startCall } from './client.mjs';

const [, , phase, token, roomId] = process.argv;
if (phase === 'before') {
  const ada = await (await Person.signUp('Ada')).connect();
  const bob = await (await Person.signUp('Bob')).connect();
  await ada.enterLobby();
  await bob.enterLobby();
  const call = await startCall(ada, bob);
  await Promise.all([
    ada.ask('room:join', { roomId: call.roomId }),
    bob.ask('room:join', { roomId: call.roomId }),
  ]);
  ada.emit('call:end', { roomId: call.roomId });
  await bob.hears('session:finalized');
  ada.leave();
  bob.leave();
  // A link that leads to Ada, and somebody who was introduced to her by it.
  const code = await bob.link(ada);
  await Person.signUp('Cara', 'unspecified', { referralCode: code });
  console.log(JSON.stringify({ token: ada.token, roomId: call.roomId }));
} else {
  const { status, json } = await http('GET', '/room/history', { token });
  assert.equal(status, 200);
  assert.deepEqual(json.history.map((row) => row.roomId), [roomId]);
  const { links } = (await http('GET', '/referral/links', { token })).json;
  assert.equal(links.length, 1);
  const info = await http('GET', `/referral/info/${links[0].referralCode}`);
  assert.deepEqual(info.json, { targetUserName: 'Ada', introducedBy: 'Bob' });
  const { introductions } = (await http('GET', '/referral/my-introductions', { token })).json;
  assert.deepEqual(introductions.map((one) => [one.name, one.introducedBy]), [['Cara', 'Bob']]);
  console.log('kept');
}
process.exit(0);
