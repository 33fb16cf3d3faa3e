// Used around restarts: `before` leaves a call, a link, an account and a reset behind and prints what is needed to
// find them again; `after-stop` and `after-kill` look for them.
import assert from 'node:assert/strict';
import { Person, http, startCall } from './client.mjs';
import { png, selfie, video, webm } from './files.mjs';

const [, , phase, ...args] = process.argv;
const post = (path, body) => http('POST', path, { body });
const logIn = (email, password) => post('/auth/login', { email, password });

async function member(name) {
  const person = await Person.signUp(name);
  const email = `${person.id}@example.org`;
  const linked = await post('/auth/link', { sessionToken: person.token, email, password: 'correct horse' });
  assert.equal(linked.status, 200);
  return { token: person.token, email };
}

async function callIsKept(token, roomId) {
  const { status, json } = await http('GET', '/room/history', { token });
  assert.equal(status, 200);
  assert.deepEqual(json.history.map((row) => row.roomId), [roomId]);
}

async function introductionsAreKept(token) {
  const { links } = (await http('GET', '/referral/links', { token })).json;
  assert.equal(links.length, 1);
  const info = await http('GET', `/referral/info/${links[0].referralCode}`);
  assert.deepEqual(info.json, { targetUserName: 'Ada', introducedBy: 'Bob' });
  const { introductions } = (await http('GET', '/referral/my-introductions', { token })).json;
  assert.deepEqual(introductions.map((one) => [one.name, one.introducedBy]), [['Cara', 'Bob']]);
  const { notifications, unreadCount } = (await http('GET', '/referral/notifications', { token })).json;
  assert.equal(unreadCount, 1);
  assert.equal(notifications[0].referredName, 'Cara');
  const ada = await new Person('Ada', { sessionToken: token, userId: notifications[0].forUserId }).connect();
  assert.deepEqual((await ada.hears('referral:notification')).notification, notifications[0]);
  ada.leave();
}

const phases = {
  async before() {
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
    const cara = await Person.signUp('Cara', 'unspecified', { referralCode: code });
    assert.equal((await selfie(cara, png(20))).status, 200);
    assert.equal((await video(cara, webm(2))).status, 200);
    const cleo = await member('Cleo');
    assert.equal((await post('/auth/password/reset-request', { email: cleo.email })).status, 200);
    console.log(JSON.stringify({ token: ada.token, roomId: call.roomId, email: cleo.email }));
  },

  async 'after-stop'(token, roomId, email, resetToken) {
    await callIsKept(token, roomId);
    await introductionsAreKept(token);
    const reset = await post('/auth/password/reset', { token: resetToken, newPassword: 'another battery' });
    assert.equal(reset.status, 200, 'a link mailed before the stop is good');
    const dora = await member('Dora');
    console.log(JSON.stringify({ member: dora.token }));
  },

  async 'after-kill'(token, roomId, email, resetToken, member) {
    await callIsKept(token, roomId);
    await introductionsAreKept(token);
    assert.equal((await logIn(email, 'correct horse')).status, 401);
    assert.equal((await logIn(email, 'another battery')).status, 200, 'a reset survives a kill');
    const again = await post('/auth/password/reset', { token: resetToken, newPassword: 'a third battery' });
    assert.equal(again.status, 410, 'and so does the use of its link');
    const me = await http('GET', '/user/me', { token: member });
    assert.equal(me.json.accountType, 'permanent', 'an account made just before the kill is there');
  },
};

await phases[phase](...args);
console.log('kept');
process.exit(0);
