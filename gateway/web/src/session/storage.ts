/**
 * Where a session is kept on this device. Browsers lose what pages store: a private window refuses to
 * store, a full disk does, a phone's browser forgets what was written just before it froze the tab.
 * So there is a copy in memory, which is written again whenever the page may be about to go, and a
 * cookie for where nothing else can be written.
 */
import type { Session } from './session';

const KEY = 'napalmsky.session';
const COOKIE_SECONDS = 30 * 24 * 3_600;
/** More than any entry has; what is longer was not written by this client. */
const LONGEST = 2_000;

/** One place to keep a text in. Any of these may throw. */
export interface Place {
  read(): string | null;
  write(text: string): void;
}

/** What is kept: who is signed in, or that he signed out, with the number of the change. */
interface Entry {
  readonly change: number;
  readonly session: Session | null;
}

/** A session in memory and in the best place there is. */
export class SessionKeeper {
  readonly #places: readonly Place[];
  #entry: Entry | null;

  /** @param places the best first; the next one is used when the one before cannot be written */
  constructor(places: readonly Place[]) {
    this.#places = places;
    this.#entry = this.#newest();
  }

  get session(): Session | null {
    return this.#entry?.session ?? null;
  }

  /** Signs in, or out with null; that somebody signed out is kept too, so that no older copy of him returns. */
  keep(session: Session | null): void {
    const newest = Math.max(this.#entry?.change ?? 0, this.#newest()?.change ?? 0);
    this.#entry = { change: newest + 1, session };
    this.#write();
  }

  /**
   * Compares memory with what is stored: takes over what another tab changed, and writes again what
   * was lost. Answers the session that holds now.
   */
  settle(): Session | null {
    const stored = this.#newest();
    if (stored !== null && stored.change > (this.#entry?.change ?? 0)) this.#entry = stored;
    else if (this.#entry !== null && stored?.change !== this.#entry.change) this.#write();
    return this.session;
  }

  #newest(): Entry | null {
    let newest: Entry | null = null;
    for (const place of this.#places) {
      const entry = readEntry(place);
      if (entry !== null && entry.change > (newest?.change ?? -1)) newest = entry;
    }
    return newest;
  }

  #write(): void {
    if (this.#entry === null) return;
    const text = JSON.stringify({ change: this.#entry.change, ...this.#entry.session });
    for (const place of this.#places) {
      try {
        place.write(text);
        // Some browsers take it and keep nothing.
        if (place.read() === text) return;
      } catch {
        // Full or blocked: the next place.
      }
    }
  }
}

function readEntry(place: Place): Entry | null {
  try {
    return entryOf(place.read());
  } catch {
    return null;
  }
}

function entryOf(text: string | null): Entry | null {
  if (text === null || text.length > LONGEST) return null;
  const kept: unknown = JSON.parse(text);
  if (typeof kept !== 'object' || kept === null) return null;
  const { change, token, userId, accountType } = kept as Record<string, unknown>;
  const number = typeof change === 'number' && Number.isSafeInteger(change) ? change : 0;
  if (typeof token !== 'string' || typeof userId !== 'string') {
    return number > 0 && token === undefined ? { change: number, session: null } : null;
  }
  return {
    change: number,
    session: { token, userId, accountType: accountType === 'permanent' ? 'permanent' : 'guest' },
  };
}

/** The browser's storage of this site. */
export const siteStorage: Place = {
  read: () => localStorage.getItem(KEY),
  write: (text) => localStorage.setItem(KEY, text),
};

/** A cookie of this site that no other site sends. */
export const siteCookie: Place = {
  read: () => {
    const start = `${KEY}=`;
    const cookie = document.cookie.split('; ').find((one) => one.startsWith(start));
    return cookie === undefined ? null : decodeURIComponent(cookie.slice(start.length));
  },
  write: (text) => {
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `${KEY}=${encodeURIComponent(text)}; path=/; max-age=${COOKIE_SECONDS}; samesite=strict${secure}`;
  },
};

const keeper = new SessionKeeper([siteStorage, siteCookie]);

/** What was remembered on this device, or null; storage that is blocked or garbled holds nothing. */
export function recall(): Session | null {
  return keeper.settle();
}

export function remember(session: Session): void {
  keeper.keep(session);
}

export function forget(): void {
  keeper.keep(null);
}

/**
 * Keeps what is remembered through all a browser does to a page, and tells who is signed in when
 * that has changed: another tab signed in or out, or the page was away while it happened. Answers how
 * to stop.
 */
export function keepRemembered(changed: (session: Session | null) => void): () => void {
  let known = keeper.session;
  const settle = (): void => {
    const now = keeper.settle();
    if (now?.token !== known?.token || now?.accountType !== known?.accountType) changed(now);
    known = now;
  };
  const stored = (event: StorageEvent): void => {
    // Null: somebody emptied the storage of the site.
    if (event.key === KEY || event.key === null) settle();
  };
  document.addEventListener('visibilitychange', settle);
  document.addEventListener('freeze', settle);
  document.addEventListener('resume', settle);
  window.addEventListener('pagehide', settle);
  window.addEventListener('pageshow', settle);
  window.addEventListener('storage', stored);
  return () => {
    document.removeEventListener('visibilitychange', settle);
    document.removeEventListener('freeze', settle);
    document.removeEventListener('resume', settle);
    window.removeEventListener('pagehide', settle);
    window.removeEventListener('pageshow', settle);
    window.removeEventListener('storage', stored);
  };
}
