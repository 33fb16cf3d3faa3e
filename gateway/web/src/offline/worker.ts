/**
 * The service worker: keeps the files of one release of the client, so that it starts without a
 * network. It answers for pages, when the network does not, and for the build's own files. Nothing
 * else passes through it: no answer of the API, no socket, no picture of anybody is kept.
 *
 * Pages come from the network whenever there is one, so a new release is never hidden by an old one.
 */

/** Written in front of this file by the build. */
interface Release {
  /** The script of the page, whose name tells the release. */
  readonly entry: string;
  /** What the client needs to start. */
  readonly files: readonly string[];
  /** The addresses of its pages. */
  readonly pages: readonly string[];
}

// What of a worker's surroundings is used here; the compiler knows those of a page.
interface Lasting extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Fetched extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Lasting {
  readonly data: unknown;
  readonly source: { postMessage(message: unknown): void } | null;
}
interface Worker {
  readonly release: Release;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetched) => void): void;
  addEventListener(type: 'message', listener: (event: Told) => void): void;
}
const worker = self as unknown as Worker;
const { entry, files, pages } = worker.release;

const PREFIX = 'release ';
const PAGE = '/';
/** A network that takes longer is none. */
const PATIENCE_MS = 8_000;
const addresses = pages.map((page) => new RegExp(`^${page.replace(/:\w+/g, '[^/]+').replace(/\/$/, '')}/?$`));

worker.addEventListener('install', (event) => event.waitUntil(keep()));

async function keep(): Promise<void> {
  const cache = await caches.open(PREFIX + entry);
  const page = await fetch(PAGE, { headers: { accept: 'text/html' }, cache: 'no-cache' });
  // While a release goes from one gateway to the next they answer differently: later, then.
  if (!page.ok || !(await page.clone().text()).includes(entry)) throw new Error('the page is of another release');
  await cache.put(PAGE, page);
  await cache.addAll([...files]);
}

worker.addEventListener('activate', (event) => event.waitUntil(begin()));

async function begin(): Promise<void> {
  const kept = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + entry);
  // The last one before this stays: pages that were opened with it still load parts of it.
  await Promise.all(kept.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate') {
    if (addresses.some((address) => address.test(pathname))) event.respondWith(page(request));
  } else if (pathname.startsWith('/assets/') || files.includes(pathname)) {
    event.respondWith(file(request));
  }
});

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (cause) {
    const kept = await (await caches.open(PREFIX + entry)).match(PAGE, { ignoreVary: true });
    if (kept === undefined) throw cause;
    return kept;
  }
}

async function file(request: Request): Promise<Response> {
  // Of this release first: what has no hash in its name differs between them.
  const own = await caches.open(PREFIX + entry);
  const kept = (await own.match(request, { ignoreVary: true })) ?? (await caches.match(request, { ignoreVary: true }));
  return kept ?? fetch(request);
}

worker.addEventListener('message', (event) => {
  const { open, now } = event.data as { readonly open: string; readonly now: boolean };
  // A page that is of this release already need not be asked.
  if (now || open === entry) event.waitUntil(worker.skipWaiting());
  else event.source?.postMessage({ newer: entry });
});
