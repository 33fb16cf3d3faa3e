// The way between one client and the server, which a test can break as networks do.
import net from 'node:net';

export class Network {
  #pairs = new Set();
  #server;
  #swallows = false;
  #refuses = false;

  static async to(base) {
    const { hostname, port } = new URL(base);
    const network = new Network();
    network.#server = net.createServer((client) => network.#carry(client, Number(port), hostname));
    await new Promise((listening) => network.#server.listen(0, '127.0.0.1', listening));
    return network;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  #carry(client, port, host) {
    if (this.#refuses) {
      client.destroy();
      return;
    }
    const server = net.connect({ port, host, noDelay: true });
    const pair = { client, server, swallows: this.#swallows };
    this.#pairs.add(pair);
    client.on('data', (bytes) => pair.swallows || server.write(bytes));
    server.on('data', (bytes) => pair.swallows || client.write(bytes));
    for (const socket of [client, server]) socket.on('error', () => {});
    client.on('close', () => pair.swallows || server.destroy());
    server.on('close', () => {
      client.destroy();
      this.#pairs.delete(pair);
    });
  }

  /** Nothing gets through any more, in either direction, and nobody notices. */
  silence() {
    this.#swallows = true;
    for (const pair of this.#pairs) pair.swallows = true;
  }

  /** The client notices that its connections are dead, the server does not; new ones get through. */
  clientNotices() {
    this.#swallows = false;
    for (const pair of this.#pairs) pair.client.destroy();
  }

  /** Both notice, and there is no network until it is back. */
  breakDown() {
    this.#refuses = true;
    for (const pair of this.#pairs) {
      pair.client.destroy();
      pair.server.destroy();
    }
  }

  comeBack() {
    this.#swallows = false;
    this.#refuses = false;
  }

  close() {
    this.breakDown();
    this.#server.close();
  }
}
