// Used around a restart: `node restart.mjs before` has a call and prints its account, `after` finds it again.
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
  console.log(JSON.stringify({ token: ada.token, roomId: call.roomId }));
} else {
  const { status, json } = await http('GET', '/room/history', { token });
  assert.equal(status, 200);
  assert.deepEqual(json.history.map((row) => row.roomId), [roomId]);
  console.log('kept');
}
process.exit(0);
