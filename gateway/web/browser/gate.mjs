// The network between a page and the program, which can be cut.
import { connect, createServer } from 'node:net';

/** Stands before `base` at an address of its own. */
export async function gate(base) {
  const { hostname, port } = new URL(base);
  const open = new Set();
  let whole = true;
  const server = createServer((client) => {
    if (!whole) {
      client.destroy();
      return;
    }
    const program = connect(Number(port), hostname);
    for (const [one, other] of [
      [client, program],
      [program, client],
    ]) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => {});
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const cut = () => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    cut,
    mend: () => {
      whole = true;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
