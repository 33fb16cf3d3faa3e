// A face and a film: sent, judged by their bytes, seen by others, replaced and forgotten.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { BASE, Person, http, until } from './client.mjs';
import { fetchFile, png, selfie, upload, video, webm } from './files.mjs';

const people = [];
after(() => people.forEach((person) => person.leave()));

test('a selfie and a video are stored, seen in the queue of others and given in parts', async () => {
  const ada = await (await Person.signUp('Ada M')).connect();
  const ben = await (await Person.signUp('Ben M')).connect();
  people.push(ada, ben);
  await ada.enterLobby();
  await ben.enterLobby();
  const film = webm(12);

  const picture = await selfie(ada, png(1200), 'me.jpg');
  const clip = await video(ada, film, 'intro.webm');

  assert.equal(picture.status, 200);
  assert.equal(clip.status, 200);
  const card = await until('Ben sees both', async () => {
    const found = (await ben.queue()).users.find((user) => user.userId === ada.id);
    return found?.selfieUrl && found?.videoUrl && found;
  });
  assert.equal(card.selfieUrl, picture.json.selfieUrl);
  assert.equal(card.videoUrl, clip.json.videoUrl);

  const face = await fetchFile(card.selfieUrl);
  assert.equal(face.status, 200);
  assert.equal(face.headers.get('content-type'), 'image/jpeg');
  assert.equal(face.headers.get('x-content-type-options'), 'nosniff');
  assert.match(face.headers.get('content-security-policy'), /sandbox/);
  assert.match(face.headers.get('cache-control'), /immutable/);
  assert.deepEqual([...face.bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
  const again = await fetchFile(card.selfieUrl, { 'if-none-match': face.headers.get('etag') });
  assert.equal(again.status, 304);

  const part = await fetchFile(card.videoUrl, { range: 'bytes=4-99' });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get('content-range'), `bytes 4-99/${film.length}`);
  assert.deepEqual(part.bytes, film.subarray(4, 100));
  assert.equal((await fetchFile(card.videoUrl, { range: `bytes=${film.length}-` })).status, 416);
});

test('a replaced file is gone', async () => {
  const ada = await Person.signUp('Ada N');
  const first = (await selfie(ada, png(20))).json.selfieUrl;

  const second = (await selfie(ada, png(20, 0x20))).json.selfieUrl;

  assert.notEqual(first, second);
  await until('the old one is deleted', async () => (await fetchFile(first)).status === 404);
  assert.equal((await fetchFile(second)).status, 200);
  assert.equal((await ada.get('/user/me')).json.selfieUrl, second);
});

test('the files of a deleted account are gone', async () => {
  const ada = await Person.signUp('Ada O');
  const url = (await selfie(ada, png(20))).json.selfieUrl;

  assert.equal((await http('DELETE', '/user/me', { token: ada.token, body: {} })).status, 200);

  await until('the file is deleted', async () => (await fetchFile(url)).status === 404);
});

test('what is not what it says is refused by its bytes and never served', async () => {
  const ada = await Person.signUp('Ada P');
  const html = Buffer.from('<html><script>alert(1)</script></html>');
  const cases = [
    ['HTML named .jpg', await selfie(ada, html, 'me.jpg', 'image/jpeg'), 415],
    ['a script named .jpg', await selfie(ada, Buffer.from('#!/bin/sh\nrm -rf /\n'), 'me.jpg', 'image/jpeg'), 415],
    ['a video as a selfie', await selfie(ada, webm(2), 'me.png', 'image/png'), 415],
    ['a picture as a video', await video(ada, png(20), 'me.webm', 'video/webm'), 415],
    ['HTML behind the head of a picture', await selfie(ada, Buffer.concat([png(20).subarray(0, 30), html])), 400],
    ['a truncated video', await video(ada, webm(12).subarray(0, 300)), 400],
    ['a video of 70 s', await video(ada, webm(70)), 400],
    ['another name of the part', await upload(ada, '/media/selfie', 'picture', png(20)), 400],
    ['nothing', await selfie(ada, Buffer.alloc(0)), 400],
  ];
  for (const [what, answer, status] of cases) {
    assert.equal(answer.status, status, `${what}: ${JSON.stringify(answer.json)}`);
    assert.ok(answer.json.error, what);
  }
  const me = (await ada.get('/user/me')).json;
  assert.ok(!me.selfieUrl && !me.videoUrl);
});

test('who may not upload is told before he has sent anything', async () => {
  assert.equal((await selfie(null, png(20))).status, 401);
  const head = (length, token) =>
    `POST /media/video HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n`
    + `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length}\r\n\r\n`;
  const ada = await Person.signUp('Ada Q');

  assert.match(await firstLine(head(1_000_000, 'nobody')), / 401 /);
  assert.match(await firstLine(head(2_147_483_648, ada.token)), / 413 /);
});

test('who breaks off in the middle can send again', async () => {
  const ada = await Person.signUp('Ada R');
  const { hostname, port } = new URL(BASE);
  for (let i = 0; i < 3; i += 1) {
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /media/video HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ada.token}\r\n`
        + 'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n'
        + '--b\r\nContent-Disposition: form-data; name="video"; filename="v.webm"\r\n\r\nxyz',
    );
    await new Promise((resume) => socket.once('connect', () => setTimeout(resume, 50)));
    socket.destroy();
  }

  assert.equal((await video(ada, webm(3))).status, 200);
});

/** The first line of the answer to a request whose body never comes. */
function firstLine(request) {
  const { hostname, port } = new URL(BASE);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.setTimeout(20_000, () => reject(new Error('no answer')));
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(data.toString('latin1').split('\r\n')[0]);
      socket.destroy();
    });
    socket.write(request);
  });
}
