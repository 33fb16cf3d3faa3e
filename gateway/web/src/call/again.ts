import { Store } from '../app/store';
import type { Connection } from '../socket/connection';

/** How it stands with talking again after a call. */
export interface Again {
  /** What this side said. */
  readonly wished: boolean;
  readonly peerWished: boolean;
  /** `calling`: both want it, and the next call is being made. */
  readonly step: 'open' | 'asking' | 'calling' | 'failed';
}

export interface AgainWorld {
  readonly roomId: string;
  readonly me: string;
  readonly peerId: string;
  /** Whoever made the first offer invites; the other one accepts. */
  readonly isInitiator: boolean;
  readonly seconds: number;
  readonly connection: Pick<Connection, 'on' | 'ask'>;
  /** Says to the gateway that this side would like to; answers whether both do. */
  readonly wish: () => Promise<boolean>;
  readonly after: (millis: number, then: () => void) => () => void;
}

const TRY_AGAIN_MS = 1_500;

/** The peer's page needs a moment to be where it can be invited. */
const MOST_TRIES = 8;

/** When nothing has come of it, the users go on by themselves. */
const PATIENCE_MS = 30_000;

/**
 * Both say so, the cooldown ends, both go to the lobby, and one invites the other, who has agreed
 * already. The gateway's `call:start` then leads to the next call.
 */
export class TalkAgain {
  readonly state = new Store<Again>({ wished: false, peerWished: false, step: 'open' });
  readonly #world: AgainWorld;
  readonly #stops = new Set<() => void>();
  #closed = false;
  #tries = 0;

  constructor(world: AgainWorld) {
    this.#world = world;
    const { connection, roomId, me, peerId } = world;
    this.#stops.add(
      connection.on('call:again', (said) => {
        if (said?.roomId !== roomId) return;
        if (said.from !== me) this.#set({ peerWished: true });
        if (said.agreed === true) this.#agreed();
      }),
    );
    this.#stops.add(
      connection.on('call:notify', (invite) => {
        const state = this.state.get();
        if (state.step !== 'calling' || invite?.fromUser?.userId !== peerId) return;
        void connection.ask('call:accept', { inviteId: invite.inviteId, requestedSeconds: world.seconds });
      }),
    );
  }

  wish(): void {
    const { step } = this.state.get();
    if (step === 'asking' || step === 'calling') return;
    this.#set({ step: 'asking' });
    this.#world.wish().then(
      (agreed) => {
        this.#set({ wished: true });
        if (agreed) this.#agreed();
        else if (this.state.get().step === 'asking') this.#set({ step: 'open' });
      },
      () => this.#set({ step: 'failed' }),
    );
  }

  close(): void {
    this.#closed = true;
    for (const stop of [...this.#stops]) stop();
    this.#stops.clear();
  }

  #agreed(): void {
    if (this.#closed || this.state.get().step === 'calling') return;
    this.#tries = 0;
    this.#set({ wished: true, peerWished: true, step: 'calling' });
    this.#after(PATIENCE_MS, () => {
      if (this.state.get().step === 'calling') this.#set({ step: 'failed' });
    });
    void this.#enter();
  }

  async #enter(): Promise<void> {
    const { connection, isInitiator } = this.#world;
    await connection.ask('presence:join');
    await connection.ask('queue:join');
    if (isInitiator) await this.#invite();
  }

  async #invite(): Promise<void> {
    const { connection, peerId, seconds } = this.#world;
    if (this.#closed || this.state.get().step !== 'calling') return;
    const answer = await connection.ask('call:invite', { toUserId: peerId, requestedSeconds: seconds });
    if (answer.ok && answer['outcome'] !== 'declined') return;
    this.#tries += 1;
    if (this.#tries >= MOST_TRIES) this.#set({ step: 'failed' });
    else this.#after(TRY_AGAIN_MS, () => void this.#invite());
  }

  #after(millis: number, then: () => void): void {
    const stop = this.#world.after(millis, () => {
      this.#stops.delete(stop);
      if (!this.#closed) then();
    });
    this.#stops.add(stop);
  }

  #set(change: Partial<Again>): void {
    if (!this.#closed) this.state.set({ ...this.state.get(), ...change });
  }
}
