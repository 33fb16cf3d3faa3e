// The program behind a front that can be made to look like its next release.
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

const ASSET = /((?:assets|\.)\/[\w.-]+)\.(js|css)\b/g;

/** Stands before `base`; after `next` all files of the build have other names, as those of another build have. */
export async function releases(base) {
  const { hostname, port } = new URL(base);
  let renamed = false;
  const server = createServer((asked, answer) => {
    const path = asked.url.replace('-next.', '.');
    // Plain, so that it can be read here.
    const headers = { ...asked.headers, 'accept-encoding': 'identity', 'if-none-match': '' };
    const forwarded = request({ hostname, port, path, method: asked.method, headers }, (given) => {
      const text = /html|javascript/.test(given.headers['content-type'] ?? '');
      if (!renamed || !text) {
        answer.writeHead(given.statusCode, given.headers);
        given.pipe(answer);
        return;
      }
      const parts = [];
      given.on('data', (part) => parts.push(part));
      given.on('end', () => {
        const body = Buffer.concat(parts).toString().replace(ASSET, '$1-next.$2');
        const { 'content-length': length, etag, ...kept } = given.headers;
        answer.writeHead(given.statusCode, { ...kept, 'content-length': Buffer.byteLength(body) });
        answer.end(body);
      });
    });
    forwarded.on('error', () => answer.destroy());
    asked.pipe(forwarded);
  });
  server.on('upgrade', (asked, client, head) => {
    const program = connect(Number(port), hostname);
    const lines = Object.entries(asked.headers).map(([name, value]) => `${name}: ${value}`);
    program.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    program.write(head);
    for (const [one, other] of [
      [client, program],
      [program, client],
    ]) {
      one.pipe(other);
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    next: () => {
      renamed = true;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
