// A makes a link that leads to B, C follows it, B sees C first and marked, and is told of him.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Person, http, until } from './client.mjs';
import { png, selfie, video, webm } from './files.mjs';

const people = [];
after(() => people.forEach((person) => person.leave()));

async function connected(name, more) {
  const person = await (await Person.signUp(name, 'unspecified', more)).connect();
  people.push(person);
  return person;
}

async function inTheLobby(name, more) {
  const person = await connected(name, more);
  await person.enterLobby();
  return person;
}

const cardOf = async (viewer, person) =>
  (await viewer.queue()).users.find((user) => user.userId === person.id);

test('whoever follows a link at sign-up comes first, marked, in a queue that is already open', async () => {
  const ada = await inTheLobby('Ada I');
  const ben = await Person.signUp('Ben I');
  await Promise.all(['One', 'Two', 'Three', 'Four'].map((name) => inTheLobby(name)));
  await until('the others are in the queue', async () => (await ada.queue()).users.length >= 4);

  const code = await ben.link(ada);
  const info = await http('GET', `/referral/info/${code.toLowerCase()}`);
  const cara = await inTheLobby('Cara I', { referralCode: code });

  assert.match(code, /^[A-Z0-9]{10}$/);
  assert.deepEqual(info.json, { targetUserName: 'Ada I', introducedBy: 'Ben I' });
  const first = await until('Cara comes first', async () => {
    const [card] = (await ada.queue()).users;
    return card.userId === cara.id && card;
  });
  assert.equal(first.wasIntroducedToMe, true);
  assert.equal(first.introducedBy, 'Ben I');
  const { json } = await ada.get('/referral/my-introductions');
  assert.equal(json.count, 1);
  assert.equal(json.introductions[0].userId, cara.id);
  assert.equal(json.introductions[0].isAvailable, true);

  assert.equal((await ada.remove(`/referral/introductions/${cara.id}`)).status, 200);
  await until('Cara is marked no more', async () => !(await cardOf(ada, cara)).wasIntroducedToMe);
  assert.equal((await ada.get('/referral/my-introductions')).json.count, 0);
  // Another link does not bring her back.
  assert.equal((await cara.post('/referral/direct-match', { referralCode: await ben.link(ada) })).status, 200);
  assert.equal((await cardOf(ada, cara)).wasIntroducedToMe, false);
});

test('whoever is registered is introduced once and learns whether the other one is there', async () => {
  const ada = await inTheLobby('Ada J');
  const ben = await Person.signUp('Ben J');
  const dora = await inTheLobby('Dora J');
  const code = await ben.link(ada);

  const [first, second] = [
    await dora.post('/referral/direct-match', { referralCode: code }),
    await dora.post('/referral/direct-match', { referralCode: ` ${code.toLowerCase()} ` }),
  ];

  for (const { status, json } of [first, second]) {
    assert.equal(status, 200);
    assert.equal(json.targetUser.userId, ada.id);
    assert.equal(json.canCall, true);
    assert.equal(json.wasIntroduced, true);
    assert.equal(json.introducedBy, 'Ben J');
  }
  await until('Dora is marked', async () => (await cardOf(ada, dora)).wasIntroducedToMe);
  assert.equal((await ada.get('/referral/my-introductions')).json.count, 1);
  assert.equal((await ben.post('/referral/direct-match', { referralCode: code })).json.wasIntroduced, false);
  assert.equal((await ada.post('/referral/direct-match', { referralCode: code })).status, 400);
});

test('a stranger learns two names, and a link ends when its target says so', async () => {
  const ada = await Person.signUp('Ada K');
  const ben = await Person.signUp('Ben K');
  const eve = await Person.signUp('Eve K');
  const code = await ben.link(ada);

  assert.equal((await http('GET', `/referral/target-status/${code}`)).status, 401);
  assert.equal((await eve.get(`/referral/target-status/${code}`)).json.isOnline, false);
  assert.equal((await eve.get('/referral/links')).json.count, 0);
  assert.equal((await eve.remove(`/referral/links/${code}`)).status, 404);
  const { links } = (await ada.get('/referral/links')).json;
  assert.equal(links.length, 1);
  assert.equal(links[0].referralCode, code);
  assert.equal(links[0].madeByMe, false);
  assert.equal((await ben.get('/referral/links')).json.links[0].madeByMe, true);

  assert.equal((await ada.remove(`/referral/links/${code}`)).status, 200);

  assert.equal((await ada.get('/referral/links')).json.count, 0);
  assert.equal((await http('GET', `/referral/info/${code}`)).status, 404);
  assert.equal((await eve.post('/referral/direct-match', { referralCode: code })).status, 404);
  const late = (await http('POST', '/auth/guest', {
    body: { name: 'Late', gender: 'male', referralCode: code },
  })).json;
  assert.equal(late.wasReferred, false);
  assert.equal(late.referralCode, code);
});

test('twenty links a day, none to oneself, none to nobody', async () => {
  const ada = await Person.signUp('Ada L');
  const ben = await Person.signUp('Ben L');

  const made = await Promise.all(Array.from({ length: 25 }, () =>
    ben.post('/referral/generate', { targetUserId: ada.id })));

  const statuses = made.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [...Array(20).fill(200), ...Array(5).fill(429)]);
  const refused = made.find(({ status }) => status === 429).json;
  assert.match(refused.error, /Too many/);
  assert.ok(refused.retryAfter > 86_000 && refused.retryAfter <= 86_400);
  assert.equal((await ada.post('/referral/generate', { targetUserId: ada.id })).status, 400);
  assert.equal((await ada.post('/referral/generate', { targetUserId: 'nobody' })).status, 404);
  assert.equal((await ada.post('/referral/generate', {})).status, 400);
});

const NEWS = 'referral:notification';

test('the target is told once on each of his sockets when selfie and video are there, until he read it', async () => {
  const ada = await connected('Ada M');
  const secondTab = new Person('Ada M, second tab', { sessionToken: ada.token, userId: ada.id });
  people.push(await secondTab.connect());
  const ben = await Person.signUp('Ben M');
  const cara = await Person.signUp('Cara M', 'female', { referralCode: await ben.link(ada) });

  assert.equal((await selfie(cara, png(20))).status, 200);
  assert.deepEqual((await ada.get('/referral/notifications')).json, { notifications: [], unreadCount: 0 });
  assert.equal((await video(cara, webm(2))).status, 200);

  const [news, same] = await Promise.all([ada.hears(NEWS), secondTab.hears(NEWS)]);
  assert.deepEqual(same, news);
  assert.match(news.message, /^Cara M .*Ben M/);
  assert.equal(news.notification.referredUserId, cara.id);
  assert.equal(news.notification.introducedByName, 'Ben M');
  const listed = (await ada.get('/referral/notifications')).json;
  assert.equal(listed.unreadCount, 1);
  assert.deepEqual(listed.notifications, [news.notification]);

  // Told again whenever he signs in, as long as it is not read; not because she films again.
  assert.equal((await video(cara, webm(2))).status, 200);
  ada.emit('auth', { sessionToken: ada.token });
  assert.deepEqual(await ada.hears(NEWS), news);
  assert.equal(ada.all(NEWS).length, 2);
  assert.equal((await ada.get('/referral/notifications')).json.notifications.length, 1);
  // A third socket would cost the oldest its place, so these two go first.
  ada.leave();
  secondTab.leave();
  const back = await new Person('Ada M, back', { sessionToken: ada.token, userId: ada.id }).connect();
  people.push(back);
  assert.deepEqual(await back.hears(NEWS), news);

  const read = await http('PUT', `/referral/notifications/${news.notification.id}/read`, { token: ada.token });
  assert.equal(read.status, 200);
  assert.equal((await ada.get('/referral/notifications')).json.unreadCount, 0);

  // Whoever is registered and has a profile is told of at once; and of the two only he is unread.
  const dora = await Person.signUp('Dora M');
  assert.equal((await video(dora, webm(2))).status, 200);
  assert.equal((await selfie(dora, png(20))).status, 200);
  await dora.post('/referral/direct-match', { referralCode: await ben.link(ada) });
  const ofDora = await back.hears(NEWS);
  assert.equal(ofDora.notification.referredUserId, dora.id);
  const later = await new Person('Ada M, later', { sessionToken: ada.token, userId: ada.id }).connect();
  people.push(later);
  assert.deepEqual(await later.hears(NEWS), ofDora);
  assert.equal(later.all(NEWS).length, 1);
});
