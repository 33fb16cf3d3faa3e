import { type CandidateSignal, type DescriptionSignal, newName } from './signals';

/** What of RTCPeerConnection negotiation needs; tests have one of their own. */
export type NegotiatedConnection = Pick<
  RTCPeerConnection,
  | 'addIceCandidate'
  | 'localDescription'
  | 'remoteDescription'
  | 'restartIce'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'signalingState'
>;

/** Gets this side ready to be described, so that one offer and one answer are enough. */
export type Prepare = (description: 'offer' | 'answer') => void;

/** Carries signals to the peer; what cannot be sent now is lost. */
export interface SignalSender {
  readonly description: (signal: DescriptionSignal) => void;
  readonly candidate: (signal: CandidateSignal) => void;
}

/** Candidates that may wait for their description; a peer that sends more sends nonsense. */
const MOST_WAITING = 100;

/**
 * Perfect negotiation between this page and one page of the peer: both may offer at any time. Of two
 * offers at once that of the impolite side stands, and the polite side takes its own back.
 *
 * Descriptions are handled one after another, candidates in their order after the description they
 * belong to. What the peer sends at the wrong time or in the wrong shape is dropped.
 */
export class Negotiation {
  readonly #connection: NegotiatedConnection;
  readonly #polite: boolean;
  readonly #page: string;
  readonly #peerPage: () => string | null;
  readonly #send: SignalSender;
  readonly #prepare: Prepare;
  #offerId: string | null = null;
  /** The peer's offer that the local description answers. */
  #answered: string | null = null;
  #closed = false;
  #waiting: RTCIceCandidateInit[] = [];
  #turn: Promise<void> = Promise.resolve();

  /**
   * @param page the name of this page
   * @param peerPage the name of the peer's page, null while it is not known
   */
  constructor(
    connection: NegotiatedConnection,
    polite: boolean,
    page: string,
    peerPage: () => string | null,
    send: SignalSender,
    prepare: Prepare = () => undefined,
  ) {
    this.#connection = connection;
    this.#polite = polite;
    this.#page = page;
    this.#peerPage = peerPage;
    this.#send = send;
    this.#prepare = prepare;
  }

  /** Whether the peer has described itself. */
  get described(): boolean {
    return this.#connection.remoteDescription !== null;
  }

  /** Makes an offer of what this side has now. */
  offer(): Promise<void> {
    return this.#inTurn(async () => {
      // One is on its way already; the connection asks again when it is answered, if it has to.
      if (this.#connection.signalingState !== 'stable') return;
      this.#offerId = newName();
      this.#prepare('offer');
      await this.#connection.setLocalDescription();
      this.#answered = null;
      this.#tell(this.#offerId, this.#peerPage());
    });
  }

  /** Sends an offer that was not answered once more: it, or its answer, may have been lost. */
  repeat(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#connection.signalingState === 'have-local-offer') this.#tell(this.#offerId, this.#peerPage());
    });
  }

  /** Has the ways between the two looked for anew. */
  restart(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#connection.restartIce();
    return this.offer();
  }

  /** Takes an offer or an answer of the peer. */
  take(signal: DescriptionSignal): Promise<void> {
    const answer = signal.type === 'answer';
    return this.#inTurn(async () => {
      const offered = this.#connection.signalingState === 'have-local-offer';
      if (answer && (!offered || (signal.offerId !== null && signal.offerId !== this.#offerId))) return;
      if (!answer) {
        if (offered && !this.#polite) {
          // Whoever offered may not have got ours, which perhaps went to a page that is no more.
          this.#tell(this.#offerId, signal.page);
          return;
        }
      }
      if (!answer && !offered && signal.offerId !== null && signal.offerId === this.#answered) {
        // Sent once more, since the answer may have been lost.
        this.#tell(signal.offerId, signal.page);
        return;
      }
      await this.#connection.setRemoteDescription({ type: signal.type, sdp: signal.sdp });
      await this.#addWaiting();
      if (!answer) {
        this.#prepare('answer');
        await this.#connection.setLocalDescription();
        this.#answered = signal.offerId;
        this.#tell(signal.offerId, signal.page);
      }
    });
  }

  /** Takes a candidate of the peer. */
  candidate(signal: CandidateSignal): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#connection.remoteDescription === null) {
        if (this.#waiting.length < MOST_WAITING) this.#waiting.push(signal.candidate);
        return;
      }
      await this.#add(signal.candidate);
    });
  }

  /** Sends a candidate of this side; the end of them needs no telling. */
  found(candidate: RTCIceCandidate | null): void {
    if (this.#closed || candidate === null || candidate.candidate === '') return;
    this.#send.candidate({ candidate: candidate.toJSON(), page: this.#page, to: this.#peerPage() });
  }

  /** Nothing is sent or taken any more. */
  close(): void {
    this.#closed = true;
  }

  #tell(offerId: string | null, to: string | null): void {
    const local = this.#connection.localDescription;
    if (this.#closed || local === null || (local.type !== 'offer' && local.type !== 'answer')) return;
    this.#send.description({ type: local.type, sdp: local.sdp, page: this.#page, to, offerId });
  }

  async #addWaiting(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const candidate of waiting) await this.#add(candidate);
  }

  async #add(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch {
      // Of an offer that was ignored, or nonsense. Others may still lead to the peer.
    }
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(async () => {
      if (this.#closed) return;
      try {
        await step();
      } catch {
        // A description that cannot be used, or a connection closed meanwhile.
      }
    });
    this.#turn = turn;
    return turn;
  }
}
