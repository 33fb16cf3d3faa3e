// Two people who write the same marks into everything that is theirs, so that a test can look for them in the log.
// Says on its last line what else nobody must find there: their tokens.
import { openMailbox } from './mailbox.mjs';
import { Person, admin, http, startCall, until } from './client.mjs';

const NAME = 'Zebulonmark';
const MAIL = 'zebulonmark';
const IP = '198.51.100.77';
const TEXT = 'quokkamark';
const PASSWORD = 'wombatmark battery';
const headers = { 'x-forwarded-for': IP };

const mailbox = await openMailbox(Number(process.env.SMTP_PORT));
const tokens = [];

async function person(n, gender) {
  const body = { name: `${NAME}${n}`, gender };
  const { status, json } = await http('POST', '/auth/guest', { body, headers });
  if (status !== 200) throw new Error(`sign-up: ${status} ${JSON.stringify(json)}`);
  tokens.push(json.sessionToken);
  const one = new Person(body.name, json);
  one.email = `${MAIL}${n}.${process.pid}@example.org`;
  const linked = await http('POST', '/auth/link', {
    body: { sessionToken: one.token, email: one.email, password: PASSWORD },
    headers,
  });
  if (linked.status !== 200) throw new Error(`link: ${linked.status} ${JSON.stringify(linked.json)}`);
  await one.connect({ headers });
  await one.enterLobby();
  return one;
}

const ada = await person(1, 'female');
const bob = await person(2, 'male');
const { roomId } = await startCall(ada, bob);
await Promise.all([ada.ask('room:join', { roomId }), bob.ask('room:join', { roomId })]);
ada.emit('room:chat', { roomId, text: TEXT });
await bob.hears('room:chat');
bob.emit('room:giveSocial', { roomId, socials: { instagram: `${TEXT}gram` } });
await ada.hears('room:socialShared');
ada.emit('rtc:offer', { roomId, offer: { type: 'offer', sdp: `v=0 ${TEXT} ${IP}` } });
await bob.hears('rtc:offer');
ada.emit('call:end', { roomId });
await Promise.all([ada, bob].map((one) => one.hears('session:finalized')));
await ada.post('/report/user', { reportedUserId: bob.id, roomId, reason: `${TEXT} was rude` });

// What is wrong is likeliest to be written down.
await http('POST', '/auth/login', { body: { email: ada.email, password: `${PASSWORD} not` }, headers });
await http('POST', '/auth/login', { body: `{"email":"${ada.email}","password":"${PASSWORD}`, headers });
await http('POST', '/auth/guest', { body: { name: `${NAME}\u0000`, gender: 'x'.repeat(99) }, headers });
await http('POST', '/auth/link', { body: { sessionToken: bob.token, email: ada.email, password: PASSWORD }, headers });
await http('POST', '/auth/password/reset', { body: { token: `${TEXT}`.repeat(8), newPassword: PASSWORD }, headers });
ada.emit('room:chat', { roomId: TEXT, text: { [TEXT]: TEXT } });
ada.emit('call:invite', { toUserId: TEXT, requestedSeconds: TEXT });
await ada.ask('presence:join');
const again = await http('POST', '/auth/login', { body: { email: ada.email, password: PASSWORD }, headers });
tokens.push(again.json.sessionToken);
await http('POST', '/auth/password/reset-request', { body: { email: bob.email }, headers });
tokens.push(await mailbox.token(bob.email));
const root = await admin();
tokens.push(root.token);
await http('GET', `/admin/users?query=${MAIL}`, { token: root.token, headers });

[ada, bob].forEach((one) => one.leave());
mailbox.close();
console.log(JSON.stringify({ marks: [NAME, MAIL, IP, TEXT, PASSWORD, ...tokens] }));
process.exit(0);
