import type { Acknowledged, Connection, FromClient, ToClient } from '../socket/connection';
import { Store } from '../app/store';
import { type Chat, type ChatEvent, emptyChat, reduceChat, type Socials, TYPING_MS } from './chat';
import { secondsLeft, untilNextSecond } from './countdown';
import type { LocalMedia } from './localMedia';
import { PeerLink } from './peerLink';
import { type Quality, qualityBetween, type Sample, sampleOf } from './quality';
import { readReason, readTerms } from './readTerms';
import { type Servers, ServerRenewal } from './servers';
import { type CandidateSignal, type DescriptionSignal, readCandidate, readDescription } from './signals';
import { type Reaction, readSign } from './signs';
import { type CallEvent, type CallState, initial, type Parting, reduce, type Terms } from './state';

/** What the peer shows. */
export interface Remote {
  readonly stream: MediaStream;
  /** What its page says of itself; a page that says nothing shows both. */
  readonly camera: boolean;
  readonly microphone: boolean;
  /** Counts each change of the tracks, since the stream stays the same. */
  readonly version: number;
}

export interface ShownReaction {
  readonly key: number;
  readonly from: 'me' | 'peer';
  readonly reaction: Reaction;
}

/** What a call needs of the world; tests have one of their own. */
export interface CallWorld {
  readonly roomId: string;
  readonly me: string;
  readonly connection: Pick<Connection, 'on' | 'send' | 'ask'> & { readonly state: { readonly get: () => string } };
  readonly media: LocalMedia;
  readonly servers: () => Promise<Servers>;
  readonly connect: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** Now, by the gateway's clock. */
  readonly now: () => number;
  readonly setServerTime: (serverTime: number) => void;
  readonly after: (millis: number, then: () => void) => () => void;
  /** Hears that the device has another network; answers how to stop. */
  readonly onNetworkChange: (changed: () => void) => () => void;
  /** Lines of this chat that a page before this one showed. */
  readonly remembered: Chat | null;
  readonly remember: (chat: Chat) => void;
}

/** Whose turn it is not to offer waits so long for the offer; its own may be needed after a reload. */
const OFFER_PATIENCE_MS = 1_500;

/** After so long without media the page says that it takes long, and what can be done. */
const SLOW_MS = 20_000;

/** When the end was asked for and nobody answers. */
const END_PATIENCE_MS = 4_000;

const QUALITY_EVERY_MS = 2_000;
const TERMS_AGAIN_MS = 1_500;
const TYPING_EVERY_MS = 2_000;
const REACTION_SHOWN_MS = 2_600;
const MOST_REACTIONS = 12;

/** Signals that came before this side was ready; a peer that sends more is not ours. */
const MOST_EARLY = 200;

/** What the gateway says of a call that it does not know, or that is of others. */
const NO_SUCH_CALL = /does not exist|not in this call|not active/i;

type Early = { readonly description: DescriptionSignal } | { readonly candidate: CandidateSignal };

/**
 * One call, from the moment its page opens to its end. What happens is in its stores; the page draws
 * them.
 *
 * Camera and microphone, servers, and the gateway's word on the call are asked for at once; when
 * all are there the two pages negotiate. The initiator offers first. A page that comes to a call in
 * which talk has begun was reloaded, and offers whatever its part.
 */
export class CallSession {
  readonly state = new Store<CallState>(initial);
  readonly chat: Store<Chat>;
  readonly remote = new Store<Remote>({ stream: new MediaStream(), camera: true, microphone: true, version: 0 });
  readonly reactions = new Store<readonly ShownReaction[]>([]);
  readonly quality = new Store<Quality | null>(null);
  /** Whole seconds that are left, null while talk has not begun. */
  readonly left = new Store<number | null>(null);
  readonly #world: CallWorld;
  readonly #renewal: ServerRenewal;
  readonly #stops = new Set<() => void>();
  #link: PeerLink | null = null;
  #servers: Servers | null = null;
  #early: Early[] = [];
  #sample: Sample | null = null;
  #pathTold = false;
  #closed = false;
  #ticking: (() => void) | null = null;
  #typedAt = 0;
  #notTyping: (() => void) | null = null;
  #reactionKey = 0;
  #mediaReady = false;

  constructor(world: CallWorld) {
    this.#world = world;
    this.chat = new Store<Chat>(world.remembered ?? emptyChat);
    this.#renewal = new ServerRenewal(world.servers, world.now, world.after, (servers) => {
      this.#servers = servers;
      this.#link?.renewServers(servers.configuration);
    });
  }

  /** The own camera and microphone. */
  get media(): LocalMedia {
    return this.#world.media;
  }

  start(): void {
    const { media } = this.#world;
    this.#listen();
    this.#after(SLOW_MS, () => this.#dispatch({ type: 'slow' }));
    media.onChange((kind, track) => {
      void this.#link?.show(kind, track);
      this.#tellShown();
    });
    this.#stops.add(media.shown.subscribe(() => this.#tellShown()));
    void media.open().then(() => {
      if (this.#closed) return;
      this.#mediaReady = true;
      this.#done('media');
      this.#linkWhenReady();
    });
    void this.#renewal.first().then((servers) => {
      if (this.#closed) return;
      this.#servers = servers;
      this.#done('servers');
      this.#linkWhenReady();
    });
    if (this.#world.connection.state.get() === 'open') this.#join();
  }

  /** Lets go of everything; the call goes on without this page unless it was ended. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stop of [...this.#stops]) stop();
    this.#stops.clear();
    this.#ticking?.();
    this.#renewal.close();
    this.#link?.close();
    this.#link = null;
    this.#world.media.close();
  }

  /** Ends the call for both. */
  end(): void {
    if (this.state.get().leaving || this.state.get().ended !== null) return;
    this.#dispatch({ type: 'leaving' });
    this.#askEnd();
    this.#after(END_PATIENCE_MS, () =>
      // Without an answer this side is out of it all the same; the gateway will notice the loss.
      this.#dispatch({ type: 'ended', reason: 'left', duration: this.#talked(), cooldownExpiry: null }),
    );
  }

  /** The user reports or blocks the other one, which ends the call; null when that failed. */
  parts(parting: Parting | null): void {
    this.#dispatch({ type: 'parting', parting });
  }

  /** Begins the connection to the peer anew, without asking for devices again. */
  tryAgain(): void {
    if (this.#servers === null || this.state.get().ended !== null) return;
    this.#dispatch({ type: 'try-again' });
    this.#after(SLOW_MS, () => this.#dispatch({ type: 'slow' }));
    this.#link?.close();
    this.#link = null;
    this.#linkWhenReady();
    this.#offer();
  }

  say(text: string): void {
    const trimmed = text.trim();
    if (trimmed !== '') this.#send('room:chat', { roomId: this.#world.roomId, text: trimmed });
  }

  share(socials: Socials): void {
    this.#send('room:giveSocial', { roomId: this.#world.roomId, socials });
  }

  /** The user types; the peer is told now and then. */
  typing(): void {
    const now = Date.now();
    if (now - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = now;
    this.#link?.tell({ sign: 'typing' });
  }

  react(reaction: Reaction): void {
    this.#link?.tell({ sign: 'reaction', reaction });
    this.#showReaction('me', reaction);
  }

  openChat(open: boolean): void {
    this.#inChat({ type: open ? 'opened' : 'closed' });
  }

  #listen(): void {
    const { connection, me, onNetworkChange } = this.#world;
    this.#on('auth:success', () => this.#join());
    this.#on('rtc:offer', (payload) => this.#heardDescription(payload, 'offer'));
    this.#on('rtc:answer', (payload) => this.#heardDescription(payload, 'answer'));
    this.#on('rtc:ice', (payload) => {
      const candidate = readCandidate(payload);
      if (candidate !== null) this.#signal({ candidate });
    });
    this.#on('room:chat', (payload) => this.#inChat({ type: 'said', payload, me }));
    this.#on('room:socialShared', (payload) => this.#inChat({ type: 'shared', payload, me }));
    this.#on('peer:reconnecting', () => this.#dispatch({ type: 'peer-away' }));
    this.#on('peer:disconnected', () => this.#dispatch({ type: 'peer-away' }));
    this.#on('peer:reconnected', () => {
      this.#dispatch({ type: 'peer-back' });
      this.#link?.again();
    });
    this.#on('session:finalized', (payload) => {
      if (payload?.roomId !== this.#world.roomId) return;
      const { reason, duration, cooldownExpiry } = payload;
      this.#dispatch({
        type: 'ended',
        reason: readReason(reason),
        duration: typeof duration === 'number' ? duration : 0,
        cooldownExpiry: cooldownExpiry ?? null,
      });
    });
    this.#stops.add(
      onNetworkChange(() => {
        if (connection.state.get() !== 'closed') this.#link?.restart();
      }),
    );
  }

  #on<E extends keyof ToClient>(event: E, listener: (payload: ToClient[E]) => void): void {
    this.#stops.add(
      this.#world.connection.on(event, (payload) => {
        // After the end only the view of it is left; the connection may be in another call by now.
        if (!this.#closed && this.state.get().ended === null) listener(payload);
      }),
    );
  }

  #join(): void {
    void this.#askTerms().then((terms) => {
      if (terms === null || this.#closed) return;
      if (this.state.get().leaving) this.#askEnd();
      if (this.#link === null) this.#linkWhenReady();
      else this.#link.again();
    });
  }

  /** Says that the page is here, and learns how far the call is. */
  async #askTerms(): Promise<Terms | null> {
    const answer = await this.#ask('room:join', { roomId: this.#world.roomId });
    if (this.#closed || this.state.get().ended !== null) return null;
    if (!answer.ok) {
      if (NO_SUCH_CALL.test(answer.error ?? '')) {
        this.#dispatch({ type: 'ended', reason: 'gone', duration: 0, cooldownExpiry: null });
      } else if (this.#world.connection.state.get() === 'open') {
        this.#after(TERMS_AGAIN_MS, () => this.#join());
      }
      return null;
    }
    const serverTime = answer['serverTime'];
    if (typeof serverTime === 'number') this.#world.setServerTime(serverTime);
    // Without terms the call is over, and its end is on the way.
    const terms = readTerms(answer);
    if (terms === null) return null;
    this.#dispatch({ type: 'joined', terms });
    if (terms.endsAt !== null) this.#countDown(terms.endsAt);
    return terms;
  }

  #linkWhenReady(): void {
    const { terms, ended } = this.state.get();
    const servers = this.#servers;
    if (this.#link !== null || this.#closed || ended !== null) return;
    if (terms === null || servers === null || !this.#mediaReady) return;
    const { connect, after, media, roomId } = this.#world;
    const link = new PeerLink(servers.configuration, media.stream, {
      polite: !terms.isInitiator,
      connect,
      after,
      send: {
        description: ({ type, sdp, page, to, offerId }) => {
          const described = { type, sdp, page, to, offerId };
          if (type === 'offer') this.#send('rtc:offer', { roomId, offer: described });
          else this.#send('rtc:answer', { roomId, answer: described });
        },
        candidate: ({ candidate, page, to }) =>
          this.#send('rtc:ice', { roomId, candidate: { ...candidate, page, to } }),
      },
      listener: {
        state: (state) => {
          if (state === 'connected') this.#connected();
          else if (state !== 'connecting') this.#dispatch({ type: 'media-stopped' });
        },
        heard: () => this.#done('peer'),
        described: () => this.#done('negotiation'),
        track: (track) => this.#showTrack(track),
        renewed: () => this.#clearRemote(),
        opened: () => this.#tellShown(),
        message: (data) => this.#heardSign(data),
      },
    });
    this.#link = link;
    const { audio, video } = media.shown.get();
    if (audio !== null) void link.show('audio', audio);
    if (video !== null) void link.show('video', video);
    const early = this.#early;
    this.#early = [];
    for (const signal of early) this.#signal(signal);
    if (terms.isInitiator || terms.talkBeganAt !== null) this.#offer();
    else this.#after(OFFER_PATIENCE_MS, () => this.#link?.offerUnlessHeard());
  }

  #offer(): void {
    this.#link?.offer();
  }

  #heardDescription(payload: unknown, type: 'offer' | 'answer'): void {
    const description = readDescription(payload, type);
    if (description !== null) this.#signal({ description });
  }

  #signal(signal: Early): void {
    const link = this.#link;
    if (link === null) {
      if (this.#early.length < MOST_EARLY) this.#early.push(signal);
    } else if ('description' in signal) {
      link.take(signal.description);
    } else {
      link.candidate(signal.candidate);
    }
  }

  #connected(): void {
    this.#dispatch({ type: 'media-flows' });
    this.#watchQuality();
    void this.#learnEnd();
  }

  /** Talk has begun, so the gateway knows when it ends; it may be a moment behind this page. */
  async #learnEnd(): Promise<void> {
    const terms = await this.#askTerms();
    if (terms === null || terms.endsAt !== null || !this.state.get().mediaFlows) return;
    this.#after(TERMS_AGAIN_MS, () => void this.#learnEnd());
  }

  #countDown(endsAt: number): void {
    this.#ticking?.();
    const left = secondsLeft(endsAt, this.#world.now());
    this.left.set(left);
    if (left === 0) {
      this.#dispatch({ type: 'time-up' });
      this.#askEnd();
      return;
    }
    this.#ticking = this.#world.after(untilNextSecond(endsAt, this.#world.now()), () => {
      if (!this.#closed && this.state.get().ended === null) this.#countDown(endsAt);
    });
  }

  #askEnd(): void {
    void this.#ask('call:end', { roomId: this.#world.roomId });
  }

  #watchQuality(): void {
    if (this.#sample !== null) return;
    const look = async () => {
      const link = this.#link;
      if (this.#closed || link === null || this.state.get().ended !== null) {
        this.#sample = null;
        return;
      }
      const reports: Record<string, unknown>[] = [];
      const stats = await link.connection.getStats().catch(() => null);
      stats?.forEach((report: Record<string, unknown>) => reports.push(report));
      const sample = sampleOf(reports, Date.now());
      if (this.#sample !== null) this.quality.set(qualityBetween(this.#sample, sample));
      this.#sample = sample;
      if (sample.relayed !== null && !this.#pathTold && this.state.get().mediaFlows) {
        this.#pathTold = true;
        this.#send('rtc:path', { roomId: this.#world.roomId, path: sample.relayed ? 'relay' : 'direct' });
      }
      this.#after(QUALITY_EVERY_MS, () => void look());
    };
    void look();
  }

  #showTrack(track: MediaStreamTrack): void {
    const remote = this.remote.get();
    for (const old of remote.stream.getTracks()) {
      if (old.kind === track.kind && old !== track) remote.stream.removeTrack(old);
    }
    remote.stream.addTrack(track);
    this.remote.set({ ...remote, version: remote.version + 1 });
  }

  #clearRemote(): void {
    const remote = this.remote.get();
    for (const track of remote.stream.getTracks()) remote.stream.removeTrack(track);
    this.remote.set({ ...remote, camera: true, microphone: true, version: remote.version + 1 });
    this.#dispatch({ type: 'media-stopped' });
  }

  #tellShown(): void {
    const { video, audio, camera, microphone } = this.#world.media.shown.get();
    this.#link?.tell({ sign: 'shows', camera: camera && video !== null, microphone: microphone && audio !== null });
  }

  #heardSign(data: unknown): void {
    const sign = readSign(data);
    if (sign?.sign === 'typing') {
      this.#inChat({ type: 'typing', now: Date.now() });
      this.#notTyping?.();
      this.#notTyping = this.#world.after(TYPING_MS, () => this.#inChat({ type: 'not-typing' }));
    } else if (sign?.sign === 'reaction') {
      this.#showReaction('peer', sign.reaction);
    } else if (sign?.sign === 'shows') {
      this.remote.set({ ...this.remote.get(), camera: sign.camera, microphone: sign.microphone });
    }
  }

  #showReaction(from: 'me' | 'peer', reaction: Reaction): void {
    this.#reactionKey += 1;
    const key = this.#reactionKey;
    this.reactions.set([...this.reactions.get(), { key, from, reaction }].slice(-MOST_REACTIONS));
    this.#after(REACTION_SHOWN_MS, () =>
      this.reactions.set(this.reactions.get().filter((one) => one.key !== key)),
    );
  }

  #inChat(event: ChatEvent): void {
    const before = this.chat.get();
    const after = reduceChat(before, event);
    this.chat.set(after);
    if (after.lines !== before.lines) this.#world.remember(after);
  }

  #talked(): number {
    const began = this.state.get().terms?.talkBeganAt ?? null;
    return began === null ? 0 : Math.max(0, Math.floor((this.#world.now() - began) / 1000));
  }

  #done(step: 'media' | 'servers' | 'peer' | 'negotiation'): void {
    this.#dispatch({ type: 'step', step });
  }

  #dispatch(event: CallEvent): void {
    if (this.#closed) return;
    const after = reduce(this.state.get(), event);
    this.state.set(after);
    if (after.ended !== null) this.#over();
  }

  /** Nothing is shown to anybody any more; the page goes on to show how it ended. */
  #over(): void {
    this.#ticking?.();
    this.#ticking = null;
    this.#renewal.close();
    this.#link?.close();
    this.#link = null;
    this.#world.media.close();
  }

  #after(millis: number, then: () => void): void {
    const stop = this.#world.after(millis, () => {
      this.#stops.delete(stop);
      if (!this.#closed) then();
    });
    this.#stops.add(stop);
  }

  #send<E extends 'rtc:offer' | 'rtc:answer' | 'rtc:ice' | 'rtc:path' | 'room:chat' | 'room:giveSocial'>(
    event: E,
    payload: FromClient[E],
  ): void {
    // The payload of each of these is one object, which the general type cannot know.
    const send = this.#world.connection.send as (name: E, said: FromClient[E]) => void;
    send.call(this.#world.connection, event, payload);
  }

  #ask(event: 'room:join' | 'call:end', payload: { readonly roomId: string }): Promise<Acknowledged> {
    return this.#world.connection.ask(event, payload);
  }
}
