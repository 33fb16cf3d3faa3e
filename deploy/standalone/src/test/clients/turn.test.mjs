// What a browser needs to reach another one; with TURN_SECRET also that our own TURN servers take it.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { Person, http } from './client.mjs';

const LONGEST_CALL_MS = 1_800_000;

test('STUN servers come first, and TURN credentials last for a whole call', async () => {
  const ada = await Person.signUp('Ada T');

  const { status, json } = await ada.get('/turn/credentials');
  const again = await ada.get('/turn/credentials');

  assert.equal(status, 200);
  assert.match(json.iceServers[0].urls[0], /^stun:/);
  assert.deepEqual(again.json.iceServers, json.iceServers);
  assert.ok(json.expiresAt > Date.now() + LONGEST_CALL_MS);
  const relays = json.iceServers.filter((server) => server.credential);
  if (json.provider === 'fallback') {
    assert.equal(relays.length, 0);
    assert.match(json.warning, /TURN/);
  } else {
    assert.deepEqual(again.json, json);
    assert.ok(relays.length > 0);
    assert.ok(relays.every((server) => server.urls.every((url) => /^turns?:/.test(url))));
  }
  if (process.env.TURN_SECRET) {
    assert.equal(json.provider, 'coturn');
    const [{ username, credential }] = relays;
    assert.equal(username, `${Math.floor(json.expiresAt / 1000)}:${ada.id}`);
    assert.equal(credential, createHmac('sha1', process.env.TURN_SECRET).update(username).digest('base64'));
  }
});

test('everybody has credentials of his own, and strangers have none', async () => {
  const [ada, ben] = [await Person.signUp('Ada U'), await Person.signUp('Ben U')];

  const [adas, bens] = [await ada.get('/turn/credentials'), await ben.get('/turn/credentials')];

  const usernames = [adas, bens].flatMap(({ json }) =>
    json.iceServers.map((server) => server.username).filter(Boolean));
  assert.equal(new Set(usernames).size, usernames.length);
  assert.equal((await http('GET', '/turn/credentials')).status, 401);
  assert.equal((await http('GET', '/turn/status')).status, 401);
});

test('the status names each provider', async () => {
  const { status, json } = await (await Person.signUp('Ada V')).get('/turn/status');

  assert.equal(status, 200);
  for (const provider of ['coturn', 'cloudflare', 'twilio']) {
    assert.equal(typeof json[provider], 'boolean');
  }
  if (process.env.TURN_SECRET) assert.equal(json.coturn, true);
});
