/**
 * Whether others can see this user in the lobby: while he looks at a page of the lobby, and not while
 * the page is hidden. The server does not depend on any of it; it finds out by itself who is gone.
 *
 * Only a page that wants to be in the lobby says anything. Of two tabs of one user the one in the
 * background would otherwise take the one in front out of the lobby.
 */

/** How long a caller may look away before his invite is taken back. */
export const LOOKED_AWAY_MS = 3_000;
/**
 * When a page that came back says so once more: the goodbye of another tab of the same user may
 * arrive after the first word of this one.
 */
export const SAID_AGAIN_MS = 1_000;

/** What it tells the server. All of it can be repeated without harm. */
export interface LobbyDoor {
  /** In the lobby: `presence:join`, `queue:join`. */
  enter(): void;
  /** Out of the lobby, and still online: `queue:leave`. */
  leave(): void;
  /** Hidden from everybody: `presence:leave`. */
  hide(): void;
  /** Takes back the invite that waits: `call:rescind`. */
  withdraw(): void;
}

export class Availability {
  readonly #door: LobbyDoor;
  readonly #back: () => void;
  #wanted = false;
  #open = false;
  #hidden = false;
  #inCall = false;
  #waiting = false;
  #prompts = 0;
  #away = false;
  /** What the server was last told, over reconnects. */
  #inside = false;
  #told: 'nothing' | 'entered' | 'left' | 'hidden' = 'nothing';
  #tolerance: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  /** @param back the user was away and is in the lobby again */
  constructor(door: LobbyDoor, back: () => void) {
    this.#door = door;
    this.#back = back;
  }

  /** Whether this page shows the lobby. */
  want(wanted: boolean): void {
    this.#wanted = wanted;
    this.#settle();
  }

  /** The connection is there, new or recovered: the server may know nothing of what was told before. */
  connected(): void {
    this.#open = true;
    this.#told = 'nothing';
    this.#settle();
  }

  disconnected(): void {
    this.#open = false;
  }

  /** Whether the page can be seen. */
  hidden(hidden: boolean): void {
    if (this.#hidden === hidden) return;
    this.#hidden = hidden;
    this.#settle();
  }

  /** No timer of this page may run any more: it is frozen, kept for later, or closed. */
  stopped(): void {
    this.#hidden = true;
    this.#settle();
    this.#lookedAway();
  }

  /** In a call nothing is said: the call keeps the user out of the lobby, hidden page or not. */
  inCall(inCall: boolean): void {
    this.#inCall = inCall;
    if (inCall) this.#clear();
    // The end of a call leaves a user online and not in the lobby.
    this.#told = 'nothing';
    this.#inside = false;
    this.#settle();
  }

  /** Whether an invite of this page waits for its answer. */
  waiting(waiting: boolean): void {
    this.#waiting = waiting;
    this.#settle();
  }

  /**
   * A question of the browser or a share sheet covers the page: that it looks hidden meanwhile does
   * not count. Answers how to say that it is over.
   */
  prompting(): () => void {
    this.#prompts++;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#prompts--;
      this.#settle();
    };
  }

  #settle(): void {
    if (!this.#open || this.#inCall) return;
    if (!this.#wanted) {
      this.#clear();
      this.#away = false;
      if (this.#inside) this.#tell('left');
      return;
    }
    if (this.#hidden && this.#prompts === 0) this.#goAway();
    else this.#comeBack();
  }

  #goAway(): void {
    this.#away = true;
    clearTimeout(this.#again);
    if (!this.#waiting) {
      this.#clear();
      this.#tell('hidden');
    } else if (this.#told !== 'hidden') {
      // Not hidden yet: that would end the invite.
      this.#tell('left');
      this.#tolerance ??= setTimeout(() => this.#lookedAway(), LOOKED_AWAY_MS);
    }
  }

  #lookedAway(): void {
    if (this.#tolerance === undefined) return;
    this.#clear();
    this.#door.withdraw();
    this.#tell('hidden');
  }

  #comeBack(): void {
    this.#clear();
    if (this.#told === 'entered') return;
    const wasAway = this.#away;
    this.#away = false;
    this.#tell('entered');
    this.#again = setTimeout(() => {
      if (this.#told === 'entered' && this.#open) this.#door.enter();
    }, SAID_AGAIN_MS);
    if (wasAway) this.#back();
  }

  #tell(what: 'entered' | 'left' | 'hidden'): void {
    if (this.#told === what) return;
    this.#told = what;
    this.#inside = what === 'entered';
    if (what === 'entered') this.#door.enter();
    else if (what === 'left') this.#door.leave();
    else this.#door.hide();
  }

  #clear(): void {
    clearTimeout(this.#tolerance);
    clearTimeout(this.#again);
    this.#tolerance = undefined;
    this.#again = undefined;
  }
}
