import { Store } from '../../app/store';
import type { Acknowledged, ToClient } from '../../socket/connection';
import type { CallWorld } from '../callSession';
import type { Chat } from '../chat';
import { LocalMedia } from '../localMedia';
import { noServers, type Servers } from '../servers';
import { FakeConnection, FakeTrack } from './fakeConnection';

type Listener = (payload: never) => void;

/** A device's camera and microphone; each can be taken away. */
export class FakeDevices extends EventTarget {
  readonly opened: FakeTrack[] = [];
  asked: MediaStreamConstraints[] = [];
  problems: { audio?: string; video?: string } = {};
  list: Partial<MediaDeviceInfo>[] = [
    { deviceId: 'front', kind: 'videoinput', label: 'Front' },
    { deviceId: 'back', kind: 'videoinput', label: 'Back' },
    { deviceId: 'built-in', kind: 'audioinput', label: 'Built in' },
  ];

  async getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    await Promise.resolve();
    this.asked.push(constraints);
    const kinds = (['audio', 'video'] as const).filter((kind) => constraints[kind]);
    const problem = kinds.map((kind) => this.problems[kind]).find((one) => one !== undefined);
    if (problem !== undefined) throw new DOMException('no', problem);
    const tracks = kinds.map((kind) => {
      const wanted = constraints[kind] as { deviceId?: { ideal?: string } };
      const track = new FakeTrack(kind, { deviceId: wanted.deviceId?.ideal ?? (kind === 'video' ? 'front' : 'built-in') });
      this.opened.push(track);
      return track.asTrack();
    });
    const of = (kind: string) => tracks.filter((one) => one.kind === kind);
    return {
      getTracks: () => tracks,
      getAudioTracks: () => of('audio'),
      getVideoTracks: () => of('video'),
    } as unknown as MediaStream;
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve(this.list as MediaDeviceInfo[]);
  }

  of(kind: 'audio' | 'video'): FakeTrack | undefined {
    return this.opened.filter((one) => one.kind === kind).at(-1);
  }
}

/** A list of tracks, which is all that is asked of a stream here. */
export class FakeStream {
  #tracks: MediaStreamTrack[] = [];
  addTrack(track: MediaStreamTrack): void {
    if (!this.#tracks.includes(track)) this.#tracks.push(track);
  }
  removeTrack(track: MediaStreamTrack): void {
    this.#tracks = this.#tracks.filter((one) => one !== track);
  }
  getTracks(): MediaStreamTrack[] {
    return [...this.#tracks];
  }
}

/** One side of a call: its page's world, with time that stands still. */
export class FakeWorld {
  time = 1_000_000;
  /** By how much this device's clock is off. */
  readonly state = new Store<string>('open');
  readonly sent: { event: string; payload: Record<string, unknown> }[] = [];
  readonly asked: string[] = [];
  readonly devices = new FakeDevices();
  readonly connections: FakeConnection[] = [];
  readonly remembered: Chat[] = [];
  serverAnswers: () => Promise<Servers> = () => Promise.resolve(noServers);
  answer: (event: string) => Acknowledged = () => ({ ok: true });
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #networkListeners = new Set<() => void>();
  #timers: { at: number; then: () => void }[] = [];

  world(roomId: string, me: string): CallWorld {
    return {
      roomId,
      me,
      connection: {
        state: this.state,
        on: (event, listener) => {
          const listeners = this.#listeners.get(event) ?? new Set();
          this.#listeners.set(event, listeners);
          listeners.add(listener as Listener);
          return () => listeners.delete(listener as Listener);
        },
        send: ((event: string, payload: Record<string, unknown>) => {
          if (this.state.get() === 'open') this.sent.push({ event, payload });
        }) as CallWorld['connection']['send'],
        ask: ((event: string) => {
          this.asked.push(event);
          return Promise.resolve(this.state.get() === 'open' ? this.answer(event) : { ok: false, error: 'not connected' });
        }) as CallWorld['connection']['ask'],
      },
      media: new LocalMedia(this.devices as unknown as MediaDevices, () => false),
      servers: () => this.serverAnswers(),
      connect: (configuration) => {
        const connection = new FakeConnection(configuration);
        this.connections.push(connection);
        return connection.asConnection();
      },
      now: () => this.time,
      setServerTime: (serverTime) => {
        this.time = serverTime;
      },
      after: (millis, then) => {
        const timer = { at: this.time + millis, then };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((one) => one !== timer);
        };
      },
      onNetworkChange: (changed) => {
        this.#networkListeners.add(changed);
        return () => this.#networkListeners.delete(changed);
      },
      remembered: null,
      remember: (chat) => this.remembered.push(chat),
    };
  }

  hear<E extends keyof ToClient>(event: E, payload?: unknown): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(payload as never);
  }

  get listening(): number {
    return [...this.#listeners.values()].reduce((all, one) => all + one.size, 0) + this.#networkListeners.size;
  }

  changeNetwork(): void {
    for (const changed of [...this.#networkListeners]) changed();
  }

  /** Time passes; what is due happens in order. */
  pass(millis: number): void {
    const until = this.time + millis;
    for (;;) {
      const [next] = this.#timers.filter((one) => one.at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.time = Math.max(this.time, next.at);
      next.then();
    }
    this.time = until;
  }

  get link(): FakeConnection {
    const link = this.connections.at(-1);
    if (link === undefined) throw new Error('there is no connection yet');
    return link;
  }
}
