/** Servers that help two browsers find each other, and until when their credentials last. */
export interface Servers {
  readonly configuration: RTCConfiguration;
  /** By the gateway's clock. */
  readonly expiresAt: number;
}

/** What is used while the gateway does not answer: only ways that need no server. */
export const noServers: Servers = { configuration: configurationOf([]), expiresAt: 0 };

/** New credentials are fetched so long before the old ones end. */
const RENEW_BEFORE_MS = 60_000;

/** After a failure, and at the least between two questions. */
const RETRY_MS = 15_000;

type Description = { readonly urls?: unknown; readonly username?: unknown; readonly credential?: unknown };

/** The servers out of the gateway's answer; what the browser would refuse is left out. */
export function readServers(answer: {
  readonly iceServers: readonly Description[];
  readonly expiresAt: number;
}): Servers {
  return { configuration: configurationOf(answer.iceServers.flatMap(serverOf)), expiresAt: answer.expiresAt };
}

function serverOf({ urls, username, credential }: Description): RTCIceServer[] {
  const addresses = (Array.isArray(urls) ? urls : [urls]).filter((one): one is string => typeof one === 'string');
  if (addresses.length === 0) return [];
  if (typeof username === 'string' && typeof credential === 'string') {
    return [{ urls: addresses, username, credential }];
  }
  // A TURN server without credentials is an error to the browser, and takes all the others with it.
  const open = addresses.filter((one) => one.startsWith('stun'));
  return open.length === 0 ? [] : [{ urls: open }];
}

function configurationOf(iceServers: RTCIceServer[]): RTCConfiguration {
  return { iceServers, bundlePolicy: 'max-bundle', iceCandidatePoolSize: 0 };
}

/**
 * Fetches the servers now and whenever their credentials are about to end.
 * When the gateway gives none, the call is tried without servers.
 */
export class ServerRenewal {
  readonly #ask: () => Promise<Servers>;
  readonly #now: () => number;
  readonly #after: (millis: number, then: () => void) => () => void;
  readonly #renewed: (servers: Servers) => void;
  #stop: (() => void) | null = null;
  #closed = false;

  /**
   * @param ask the gateway's answer; may fail
   * @param renewed hears of all answers but the first
   */
  constructor(
    ask: () => Promise<Servers>,
    now: () => number,
    after: (millis: number, then: () => void) => () => void,
    renewed: (servers: Servers) => void,
  ) {
    this.#ask = ask;
    this.#now = now;
    this.#after = after;
    this.#renewed = renewed;
  }

  async first(): Promise<Servers> {
    const servers = await this.#asked();
    this.#again(servers);
    return servers ?? noServers;
  }

  close(): void {
    this.#closed = true;
    this.#stop?.();
    this.#stop = null;
  }

  async #asked(): Promise<Servers | null> {
    try {
      return await this.#ask();
    } catch {
      return null;
    }
  }

  #again(servers: Servers | null): void {
    if (this.#closed) return;
    const wait = servers === null ? RETRY_MS : Math.max(RETRY_MS, servers.expiresAt - RENEW_BEFORE_MS - this.#now());
    this.#stop = this.#after(wait, () => {
      void this.#asked().then((next) => {
        if (this.#closed) return;
        if (next !== null) this.#renewed(next);
        this.#again(next);
      });
    });
  }
}
