// Small pictures and videos, made byte by byte, and how a browser sends them.
import { deflateSync } from 'node:zlib';
import { BASE } from './client.mjs';

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = crcTable[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(content.length, 0);
  body.copy(bytes, 4);
  bytes.writeUInt32BE(crc(body), body.length + 4);
  return bytes;
}

/** A grey square. */
export function png(size, grey = 0x80) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size + 1), grey);
  for (let row = 0; row < size; row += 1) rows[row * (size + 1)] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function number(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function element(id, ...content) {
  const all = Buffer.concat(content);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(all.length) | (1n << 56n));
  return Buffer.concat([Buffer.from(id, 'hex'), size, all]);
}

const open = (id, ...content) => Buffer.concat([Buffer.from(`${id}01ffffffffffffff`, 'hex'), ...content]);

const block = (at, size = 8) => {
  const head = Buffer.from([0x81, at >> 8, at & 0xff, 0x80]);
  return element('a3', head, Buffer.alloc(size, 0x61));
};

/**
 * A WebM as a browser's recorder writes it, without a length anywhere.
 *
 * @param padding bytes of picture data in each block
 */
export function webm(seconds, padding = 8) {
  const clusters = [];
  for (let at = 0; at <= seconds * 1000; at += 1000) {
    clusters.push(open('1f43b675', element('e7', number(at)), block(0, padding)));
  }
  return Buffer.concat([
    element('1a45dfa3', element('4286', number(1)), element('4282', Buffer.from('webm'))),
    open(
      '18538067',
      element('1549a966', element('2ad7b1', number(1_000_000)), element('4d80', Buffer.from('rec'))),
      element(
        '1654ae6b',
        element('ae', element('d7', number(1)), element('83', number(1)), element('86', Buffer.from('V_VP8'))),
      ),
      ...clusters,
    ),
  ]);
}

/** Sends one file in a form. */
export async function upload(person, path, field, bytes, name = 'file', type = 'application/octet-stream') {
  const form = new FormData();
  form.append(field, new Blob([bytes], { type }), name);
  const answer = await fetch(BASE + path, {
    method: 'POST',
    headers: person ? { authorization: `Bearer ${person.token}` } : {},
    body: form,
    signal: AbortSignal.timeout(120_000),
  });
  return { status: answer.status, json: await answer.json() };
}

export const selfie = (person, bytes, name, type) => upload(person, '/media/selfie', 'selfie', bytes, name, type);
export const video = (person, bytes, name, type) => upload(person, '/media/video', 'video', bytes, name, type);

/** Fetches what the server calls an address, from this server. */
export async function fetchFile(url, headers = {}) {
  const answer = await fetch(BASE + new URL(url, BASE).pathname, { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}
