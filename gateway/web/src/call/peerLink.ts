import { Negotiation, type SignalSender } from './negotiation';
import { type CandidateSignal, type DescriptionSignal, newName } from './signals';

/** How media flows: not yet, now, or it did and the way is being looked for again. */
export type LinkState = 'connecting' | 'connected' | 'interrupted' | 'failed';

export interface LinkListener {
  readonly state: (state: LinkState) => void;
  /** The peer was heard of: it is there and has said what it can do. */
  readonly heard: () => void;
  /** Both have described themselves once. */
  readonly described: () => void;
  /** Messages can be told. */
  readonly opened: () => void;
  readonly track: (track: MediaStreamTrack) => void;
  /** The peer came with a new page: what it showed before is over. */
  readonly renewed: () => void;
  /** A message of the peer's page; anything may be in it. */
  readonly message: (data: unknown) => void;
}

export interface LinkOptions {
  readonly polite: boolean;
  readonly send: SignalSender;
  readonly listener: LinkListener;
  readonly connect: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly after: (millis: number, then: () => void) => () => void;
}

/** How long media may pause before the ways to the peer are looked for anew. */
const PATIENCE_MS = 2_500;

/** Between two such attempts; each takes some time to bring anything. */
const BETWEEN_RESTARTS_MS = 5_000;

/** A peer that names more pages than this is none of ours. */
const MOST_PAGES = 50;

/** Pages of the peer that were replaced; what still comes from them is late. */
const MOST_GONE = 8;

/**
 * The connection to the other member of a call, for as long as the call lasts: over changes of the
 * network, and over reloads of the peer's page, for each of which it begins a new connection.
 *
 * The local tracks belong to the caller; they are only lent to each connection.
 */
export class PeerLink {
  readonly #options: LinkOptions;
  readonly #page = newName();
  readonly #tracks = new Map<'audio' | 'video', MediaStreamTrack>();
  readonly #stream: MediaStream;
  #configuration: RTCConfiguration;
  #connection: RTCPeerConnection;
  #negotiation: Negotiation;
  #channel: RTCDataChannel | null = null;
  #peerPage: string | null = null;
  #gone: string[] = [];
  #pages = 0;
  #state: LinkState = 'connecting';
  #connectedBefore = false;
  #stopWaiting: (() => void) | null = null;
  #restarting = false;
  /** Whether this side offers over the present connection before the peer has described itself. */
  #offering = false;
  #closed = false;

  /**
   * @param stream what the peer sees the tracks as parts of
   */
  constructor(configuration: RTCConfiguration, stream: MediaStream, options: LinkOptions) {
    this.#options = options;
    this.#configuration = configuration;
    this.#stream = stream;
    [this.#connection, this.#negotiation] = this.#begin();
  }

  get connection(): RTCPeerConnection {
    return this.#connection;
  }

  /** Makes the first offer, or a new one after a reload of this page. */
  offer(): void {
    if (!this.#negotiation.described) this.#offering = true;
    void this.#negotiation.offer();
  }

  /** Makes an offer unless the peer was heard of meanwhile. */
  offerUnlessHeard(): void {
    if (!this.#negotiation.described) this.offer();
  }

  /** Sends what was not answered again, and looks for new ways if there is none that works. */
  again(): void {
    void this.#negotiation.repeat();
    if (this.#state === 'interrupted' || this.#state === 'failed') this.restart();
  }

  /** Looks for new ways to the peer: the network has changed. At most once in a few seconds. */
  restart(): void {
    if (this.#closed || this.#restarting || !this.#negotiation.described) return;
    this.#restarting = true;
    this.#options.after(BETWEEN_RESTARTS_MS, () => {
      this.#restarting = false;
      if (this.#state === 'interrupted' || this.#state === 'failed') this.restart();
    });
    void this.#negotiation.restart();
  }

  /** Uses these servers from now on; a connection that stands is not touched. */
  renewServers(configuration: RTCConfiguration): void {
    this.#configuration = configuration;
    if (!this.#closed) this.#connection.setConfiguration(configuration);
  }

  /** Shows the peer this track, or none, without negotiating again where that is possible. */
  async show(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    if (track === null) this.#tracks.delete(kind);
    else this.#tracks.set(kind, track);
    if (this.#closed) return;
    const sender = this.#senderOf(kind);
    if (sender === undefined) {
      if (track !== null) this.#connection.addTrack(track, this.#stream);
    } else {
      await sender.replaceTrack(track);
    }
  }

  /** A message to the peer's page; lost when there is no way to it. */
  tell(message: unknown): void {
    if (this.#channel?.readyState === 'open') this.#channel.send(JSON.stringify(message));
  }

  take(signal: DescriptionSignal): void {
    if (this.#isForAnother(signal)) return;
    if (signal.page !== this.#peerPage) {
      if (signal.page !== null && this.#gone.includes(signal.page)) return;
      // Only an offer begins something; the answer of a page unknown until now is to our offer.
      if (this.#peerPage !== null && signal.page !== null) {
        if (signal.type !== 'offer' || ++this.#pages > MOST_PAGES) return;
        this.#renew();
      }
      if (signal.page !== null) this.#peerPage = signal.page;
    }
    if (signal.type === 'offer' && this.#options.polite && this.#offering && !this.#negotiation.described) {
      // Taking a first offer back leaves Chromium without candidates for the offer that stands.
      this.#beginAnew();
    }
    this.#options.listener.heard();
    const negotiation = this.#negotiation;
    void negotiation.take(signal).then(() => {
      if (negotiation === this.#negotiation && negotiation.described) this.#options.listener.described();
    });
  }

  candidate(signal: CandidateSignal): void {
    if (this.#isForAnother(signal)) return;
    // Of a page before, or of one whose offer has been dropped.
    if (signal.page !== null && this.#peerPage !== null && signal.page !== this.#peerPage) return;
    if (signal.page !== null && this.#gone.includes(signal.page)) return;
    void this.#negotiation.candidate(signal);
  }

  close(): void {
    this.#closed = true;
    this.#end();
  }

  #isForAnother(signal: { readonly to: string | null }): boolean {
    return this.#closed || (signal.to !== null && signal.to !== this.#page);
  }

  /** Both kinds are in the first description: a camera that comes later needs no new offer then. */
  #prepare(connection: RTCPeerConnection, description: 'offer' | 'answer'): void {
    const transceivers = connection.getTransceivers().filter((one) => one.direction !== 'stopped');
    for (const kind of ['audio', 'video'] as const) {
      const those = transceivers.filter((one) => one.receiver.track.kind === kind);
      if (description === 'offer' && those.length === 0) {
        connection.addTransceiver(kind, { direction: 'sendrecv', streams: [this.#stream] });
      } else if (description === 'answer') {
        for (const one of those.filter((each) => each.mid !== null && each.direction === 'recvonly')) {
          one.direction = 'sendrecv';
          one.sender.setStreams?.(this.#stream);
        }
      }
    }
  }

  #senderOf(kind: 'audio' | 'video'): RTCRtpSender | undefined {
    const those = this.#connection
      .getTransceivers()
      .filter((one) => one.receiver.track.kind === kind && one.direction !== 'stopped');
    return (those.find((one) => one.mid !== null) ?? those[0])?.sender;
  }

  #renew(): void {
    if (this.#peerPage !== null) this.#gone = [...this.#gone, this.#peerPage].slice(-MOST_GONE);
    this.#peerPage = null;
    this.#state = 'connecting';
    this.#beginAnew();
    this.#options.listener.renewed();
  }

  #beginAnew(): void {
    this.#end();
    this.#offering = false;
    [this.#connection, this.#negotiation] = this.#begin();
  }

  #begin(): [RTCPeerConnection, Negotiation] {
    const { polite, send, listener, connect } = this.#options;
    const connection = connect(this.#configuration);
    const negotiation = new Negotiation(
      connection,
      polite,
      this.#page,
      () => this.#peerPage,
      send,
      (description) => this.#prepare(connection, description),
    );
    for (const track of this.#tracks.values()) connection.addTrack(track, this.#stream);
    // Agreed on beforehand, so that neither side has to wait for the other to open it.
    const channel = connection.createDataChannel('signs', { negotiated: true, id: 0 });
    channel.onopen = () => listener.opened();
    channel.onmessage = (event: MessageEvent<unknown>) => listener.message(event.data);
    this.#channel = channel;
    connection.onicecandidate = (event) => negotiation.found(event.candidate);
    connection.ontrack = (event) => listener.track(event.track);
    connection.onnegotiationneeded = () => {
      // The first offer is made by whoever's part it is; see CallSession.
      if (negotiation.described) void negotiation.offer();
    };
    connection.onconnectionstatechange = () => this.#changed(connection);
    return [connection, negotiation];
  }

  #end(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    const connection = this.#connection;
    this.#negotiation.close();
    if (this.#channel !== null) {
      this.#channel.onopen = null;
      this.#channel.onmessage = null;
    }
    connection.onicecandidate = null;
    connection.ontrack = null;
    connection.onnegotiationneeded = null;
    connection.onconnectionstatechange = null;
    connection.close();
  }

  #changed(connection: RTCPeerConnection): void {
    if (this.#closed || connection !== this.#connection) return;
    const state = connection.connectionState;
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    if (state === 'connected') {
      this.#connectedBefore = true;
      this.#set('connected');
    } else if (state === 'disconnected') {
      this.#set('interrupted');
      this.#stopWaiting = this.#options.after(PATIENCE_MS, () => this.restart());
    } else if (state === 'failed') {
      this.#set(this.#connectedBefore ? 'interrupted' : 'failed');
      this.restart();
    } else if (state === 'connecting' || state === 'new') {
      if (this.#connectedBefore) this.#set('interrupted');
      else this.#set('connecting');
    }
  }

  #set(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.listener.state(state);
  }
}
