import { Store } from '../app/store';
import { EMPTY_REEL, GENDERS, place, reduceReel, type Candidate, type Gender, type Person, type Reel, type ReelEvent } from './reel';

/** How many people one answer holds, as many as the server gives. */
export const VIEW_PEOPLE = 200;
/** Named people are asked for together. */
const SOON_MS = 300;
/** Deltas tell what changes; this sets right what they lost. */
const NOW_AND_THEN_MS = 30_000;
const AGAIN_MS = 3_000;
/** How many cards before the end more people are asked for. */
const AHEAD = 5;
const KEY = 'napalmsky.genders';

/** Who answers what the lobby asks. */
export interface People {
  queue(limit: number): Promise<{ readonly users: readonly Candidate[]; readonly totalAvailable: number }>;
  /** A further page of everybody, for lobbies with more people than one answer holds. */
  more(
    cursor: string | null,
  ): Promise<{ readonly items: readonly Person[]; readonly cursor: string; readonly hasMore: boolean }>;
}

/** What is known of the lobby besides its people. `closed`: it costs, and was not paid for. */
export type LobbyState = 'loading' | 'ready' | 'failed' | 'closed';

/** Keeps the reel up to date while the user is in the lobby. */
export class Lobby {
  readonly reel: Store<Reel>;
  readonly state = new Store<LobbyState>('loading');
  readonly #people: People;
  readonly #refused: (cause: unknown) => boolean;
  #inside = false;
  #asking = false;
  #again = false;
  #due = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cursor: string | null = null;
  #more = true;
  /** Changes when the lobby is another one, so that answers to the one before are dropped. */
  #visit = 0;

  /** @param refused whether the server said that this user has no access to the lobby */
  constructor(people: People, refused: (cause: unknown) => boolean) {
    this.#people = people;
    this.#refused = refused;
    this.reel = new Store<Reel>({ ...EMPTY_REEL, genders: chosenGenders() });
  }

  tell(event: ReelEvent): void {
    this.reel.set(reduceReel(this.reel.get(), event));
    if (event.type === 'filtered') rememberGenders(this.reel.get().genders);
    if (this.reel.get().stale) this.#soon(SOON_MS);
    if (event.type === 'moved') void this.#lookAhead();
  }

  /** The server knows that the user is in the lobby: who is there is asked now, and watched from then on. */
  entered(): void {
    this.#inside = true;
    void this.refresh();
  }

  left(): void {
    this.#inside = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Somebody else looks now. */
  forget(): void {
    this.left();
    this.#visit++;
    this.#asking = false;
    this.#cursor = null;
    this.#more = true;
    this.state.set('loading');
    this.reel.set({ ...EMPTY_REEL, genders: this.reel.get().genders });
  }

  async refresh(): Promise<void> {
    if (!this.#inside) return;
    if (this.#asking) {
      // The answer under way may be older than what this is asked for.
      this.#again = true;
      return;
    }
    this.#asking = true;
    this.#again = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const visit = this.#visit;
    let pause = NOW_AND_THEN_MS;
    // What is told while the answer is under way may be missing from it.
    this.reel.set({ ...this.reel.get(), stale: false });
    try {
      const { users, totalAvailable } = await this.#people.queue(VIEW_PEOPLE);
      if (visit !== this.#visit) return;
      this.#again ||= this.reel.get().stale;
      this.tell({ type: 'snapshot', users, total: totalAvailable, complete: users.length < VIEW_PEOPLE });
      this.state.set('ready');
      void this.#lookAhead();
    } catch (cause) {
      if (visit !== this.#visit) return;
      this.state.set(this.#refused(cause) ? 'closed' : this.state.get() === 'ready' ? 'ready' : 'failed');
      pause = AGAIN_MS;
    } finally {
      if (visit === this.#visit) this.#asking = false;
    }
    if (this.#inside && this.state.get() !== 'closed') this.#soon(this.#again ? SOON_MS : pause);
  }

  /** Never later than was said before: in a busy lobby something is told all the time. */
  #soon(pause: number): void {
    if (!this.#inside || this.#asking) return;
    const due = Date.now() + pause;
    if (this.#timer !== undefined && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => void this.refresh(), pause);
  }

  /** Asks for more people when the last ones are near and there are more than one answer holds. */
  async #lookAhead(): Promise<void> {
    const reel = this.reel.get();
    const { index, count } = place(reel);
    const all = reel.cards.length;
    if (!this.#inside || !this.#more || all < VIEW_PEOPLE || all >= (reel.total ?? 0)) return;
    if (index < count - AHEAD) return;
    const visit = this.#visit;
    this.#more = false;
    try {
      const page = await this.#people.more(this.#cursor);
      if (visit !== this.#visit) return;
      this.#cursor = page.cursor;
      this.#more = page.hasMore;
      this.tell({ type: 'more', people: page.items });
    } catch {
      if (visit === this.#visit) this.#more = true;
    }
  }
}

function chosenGenders(): readonly Gender[] {
  try {
    const kept = (localStorage.getItem(KEY) ?? '').split(',');
    return GENDERS.filter((gender) => kept.includes(gender));
  } catch {
    return [];
  }
}

function rememberGenders(genders: readonly Gender[]): void {
  try {
    localStorage.setItem(KEY, genders.join(','));
  } catch {
    // It holds for this page then.
  }
}
