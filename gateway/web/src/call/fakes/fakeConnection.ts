/** A stand-in for RTCPeerConnection with its rules of signalling, and nothing behind it. */

let made = 0;

export class FakeTrack {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  onended: (() => void) | null = null;
  constructor(
    readonly kind: 'audio' | 'video',
    readonly settings: { deviceId?: string; facingMode?: string } = {},
  ) {}
  stop(): void {
    this.readyState = 'ended';
  }
  getSettings(): { deviceId?: string; facingMode?: string } {
    return this.settings;
  }
  asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

class FakeSender {
  track: MediaStreamTrack | null;
  constructor(track: MediaStreamTrack | null) {
    this.track = track;
  }
  replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }
}

class FakeTransceiver {
  mid: string | null = null;
  direction: string;
  readonly sender: FakeSender;
  readonly receiver: { readonly track: MediaStreamTrack };
  constructor(
    readonly kind: 'audio' | 'video',
    track: MediaStreamTrack | null,
    direction: string,
    readonly byTrack: boolean,
  ) {
    this.sender = new FakeSender(track);
    this.receiver = { track: new FakeTrack(kind).asTrack() };
    this.direction = direction;
  }
}

class FakeChannel {
  readyState = 'connecting';
  onopen: (() => void) | null = null;
  onmessage: ((event: MessageEvent<unknown>) => void) | null = null;
  readonly sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
  }
  open(): void {
    this.readyState = 'open';
    this.onopen?.();
  }
  hear(data: unknown): void {
    this.onmessage?.({ data } as MessageEvent<unknown>);
  }
}

interface Described {
  readonly connection: number;
  readonly kinds: readonly string[];
  readonly generation: number;
}

export class FakeConnection {
  readonly id = ++made;
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: RTCSessionDescription | null = null;
  remoteDescription: RTCSessionDescription | null = null;
  onicecandidate: ((event: { candidate: RTCIceCandidate | null }) => void) | null = null;
  ontrack: ((event: { track: MediaStreamTrack; streams: MediaStream[] }) => void) | null = null;
  onnegotiationneeded: (() => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  readonly candidates: RTCIceCandidateInit[] = [];
  readonly channel = new FakeChannel();
  restarts = 0;
  closed = false;
  /** Every call that changed the state, in order. */
  readonly log: string[] = [];
  readonly #transceivers: FakeTransceiver[] = [];
  #stableLocal: RTCSessionDescription | null = null;

  constructor(public configuration: RTCConfiguration = {}) {}

  asConnection(): RTCPeerConnection {
    return this as unknown as RTCPeerConnection;
  }

  addTrack(track: MediaStreamTrack): void {
    this.#transceivers.push(new FakeTransceiver(track.kind as 'audio' | 'video', track, 'sendrecv', true));
  }

  addTransceiver(kind: 'audio' | 'video', init: { direction: string }): void {
    this.#transceivers.push(new FakeTransceiver(kind, null, init.direction, false));
  }

  getTransceivers(): FakeTransceiver[] {
    return [...this.#transceivers];
  }

  createDataChannel(): FakeChannel {
    return this.channel;
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  restartIce(): void {
    this.restarts += 1;
  }

  getStats(): Promise<Map<string, Record<string, unknown>>> {
    return Promise.resolve(new Map());
  }

  async setLocalDescription(): Promise<void> {
    await Promise.resolve();
    if (this.closed) throw new DOMException('closed', 'InvalidStateError');
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    if (type === 'offer' && this.signalingState !== 'stable') throw new DOMException('', 'InvalidStateError');
    if (type === 'offer') this.#stableLocal = this.localDescription;
    this.#transceivers.forEach((one, index) => {
      one.mid ??= String(index);
    });
    const described: Described = {
      connection: this.id,
      kinds: this.#transceivers.map((one) => one.kind),
      generation: this.restarts,
    };
    this.localDescription = { type, sdp: JSON.stringify(described) } as RTCSessionDescription;
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
    this.log.push(`local ${type}`);
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    await Promise.resolve();
    if (this.closed) throw new DOMException('closed', 'InvalidStateError');
    const described = JSON.parse(description.sdp ?? '') as Described;
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer') {
      throw new DOMException('', 'InvalidStateError');
    }
    if (description.type === 'offer') {
      if (this.signalingState === 'have-local-offer') {
        this.log.push('rollback');
        this.localDescription = this.#stableLocal;
      }
      this.#associate(described.kinds);
      this.signalingState = 'have-remote-offer';
    } else {
      this.signalingState = 'stable';
    }
    this.remoteDescription = description as RTCSessionDescription;
    this.log.push(`remote ${description.type}`);
    for (const one of this.#transceivers.filter((each) => each.mid !== null)) {
      this.ontrack?.({ track: one.receiver.track, streams: [] });
    }
  }

  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.remoteDescription === null) return Promise.reject(new DOMException('', 'InvalidStateError'));
    if (candidate.candidate === 'nonsense') return Promise.reject(new DOMException('', 'OperationError'));
    this.candidates.push(candidate);
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
    this.signalingState = 'closed';
    this.connectionState = 'closed';
  }

  /** The browser found out how the connection stands. */
  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  find(candidate: string): void {
    const init = { candidate, sdpMid: '0', sdpMLineIndex: 0 };
    this.onicecandidate?.({ candidate: { ...init, toJSON: () => init } as unknown as RTCIceCandidate });
  }

  /** What was offered is matched with what was added as a track; the rest is new here. */
  #associate(kinds: readonly string[]): void {
    kinds.forEach((kind, index) => {
      const mid = String(index);
      if (this.#transceivers.some((one) => one.mid === mid)) return;
      const own = this.#transceivers.find((one) => one.mid === null && one.byTrack && one.kind === kind);
      if (own !== undefined) {
        own.mid = mid;
      } else {
        const added = new FakeTransceiver(kind as 'audio' | 'video', null, 'recvonly', false);
        added.mid = mid;
        this.#transceivers.push(added);
      }
    });
  }
}

/** Lets everything that waits for nothing but its turn happen. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resume) => setImmediate(resume));
}
