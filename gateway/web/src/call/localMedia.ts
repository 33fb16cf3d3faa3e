import { Store } from '../app/store';
import {
  audioConstraints,
  type Choice,
  type DeviceProblem,
  type Devices,
  isTrack,
  type Kind,
  open,
  openOne,
  rememberChoice,
  rememberedChoice,
  videoConstraints,
} from './devices';

/** What this side shows, and why not what it does not. */
export interface Shown {
  readonly audio: MediaStreamTrack | null;
  readonly video: MediaStreamTrack | null;
  readonly audioProblem: DeviceProblem | null;
  readonly videoProblem: DeviceProblem | null;
  /** Whether the user wants to be heard, and seen. */
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly choice: Choice;
  /** Those of the device, with names once one of them was allowed. */
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

/**
 * The own camera and microphone. A camera that is off is closed, so that its light goes out; a muted
 * microphone stays open, so that it is there at once. A device that is unplugged is replaced by
 * another one if there is one.
 */
export class LocalMedia {
  readonly shown: Store<Shown>;
  /** The same tracks, as one stream. */
  readonly stream = new MediaStream();
  readonly #devices: (Devices & Partial<EventTarget>) | undefined;
  readonly #portrait: () => boolean;
  #changed: (kind: Kind, track: MediaStreamTrack | null) => void = () => undefined;
  #closed = false;
  readonly #listChanged = () => void this.#list();

  constructor(devices: (Devices & Partial<EventTarget>) | undefined, portrait: () => boolean) {
    this.#devices = devices;
    this.#portrait = portrait;
    this.shown = new Store<Shown>({
      audio: null,
      video: null,
      audioProblem: null,
      videoProblem: null,
      microphone: true,
      camera: true,
      choice: rememberedChoice(),
      cameras: [],
      microphones: [],
      speakers: [],
    });
    devices?.addEventListener?.('devicechange', this.#listChanged);
  }

  /** Hears of each track that takes another one's place. */
  onChange(changed: (kind: Kind, track: MediaStreamTrack | null) => void): void {
    this.#changed = changed;
  }

  /** Opens what is wanted; asks the user if need be. Never fails: what is missing has its reason. */
  async open(): Promise<void> {
    const { choice, camera } = this.shown.get();
    const portrait = this.#portrait();
    const opened = camera
      ? await open(this.#devices, choice, portrait)
      : { audio: await openOne(this.#devices, { audio: audioConstraints(choice) }), video: null };
    this.#take('audio', opened.audio);
    if (opened.video !== null) this.#take('video', opened.video);
    await this.#list();
  }

  setMicrophone(on: boolean): void {
    const { audio } = this.shown.get();
    if (audio !== null) audio.enabled = on;
    this.#set({ microphone: on });
    if (on && audio === null) void this.#reopen('audio');
  }

  setCamera(on: boolean): void {
    if (this.shown.get().camera === on && on === (this.shown.get().video !== null)) return;
    this.#set({ camera: on });
    if (on) void this.#reopen('video');
    else this.#put('video', null);
  }

  /** From the front camera to the one at the back, or to the next one. */
  flip(): void {
    const { choice, cameras, video } = this.shown.get();
    const current = video?.getSettings().deviceId ?? choice.camera;
    const known = cameras.filter((one) => one.deviceId !== '');
    const index = known.findIndex((one) => one.deviceId === current);
    const next = known[(index + 1) % Math.max(1, known.length)];
    const facing = choice.facing === 'user' ? 'environment' : 'user';
    // Phones name more cameras than they have sides: there the side is asked for.
    const sides = video?.getSettings().facingMode !== undefined;
    this.#choose({ ...choice, facing, camera: sides ? null : (next?.deviceId ?? null) });
    if (this.shown.get().camera) void this.#reopen('video');
  }

  chooseCamera(deviceId: string): void {
    this.#choose({ ...this.shown.get().choice, camera: deviceId });
    if (this.shown.get().camera) void this.#reopen('video');
  }

  chooseMicrophone(deviceId: string): void {
    this.#choose({ ...this.shown.get().choice, microphone: deviceId });
    void this.#reopen('audio');
  }

  /** Asks again for what could not be had. */
  retry(): void {
    const { audio, video, camera } = this.shown.get();
    if (audio === null) void this.#reopen('audio');
    if (video === null && camera) void this.#reopen('video');
  }

  close(): void {
    this.#closed = true;
    this.#devices?.removeEventListener?.('devicechange', this.#listChanged);
    for (const track of this.stream.getTracks()) {
      track.onended = null;
      track.stop();
      this.stream.removeTrack(track);
    }
  }

  async #reopen(kind: Kind): Promise<void> {
    const { choice } = this.shown.get();
    // Phones have one camera open at a time.
    if (kind === 'video') this.#put('video', null);
    const constraints =
      kind === 'audio' ? { audio: audioConstraints(choice) } : { video: videoConstraints(choice, this.#portrait()) };
    const opened = await openOne(this.#devices, constraints);
    if (kind === 'video' && !this.shown.get().camera) {
      if (isTrack(opened)) opened.stop();
      return;
    }
    this.#take(kind, opened);
    await this.#list();
  }

  #take(kind: Kind, opened: MediaStreamTrack | DeviceProblem): void {
    const track = isTrack(opened) ? opened : null;
    if (this.#closed) {
      track?.stop();
      return;
    }
    if (track !== null) {
      if (kind === 'audio') track.enabled = this.shown.get().microphone;
      // Unplugged, or taken away by the system: whatever else there is takes its place.
      track.onended = () => {
        if (this.shown.get()[kind] === track) void this.#replace(kind, track);
      };
    }
    this.#put(kind, track);
    const problem = isTrack(opened) ? null : opened;
    this.#set(kind === 'audio' ? { audioProblem: problem } : { videoProblem: problem });
  }

  async #replace(kind: Kind, ended: MediaStreamTrack): Promise<void> {
    this.#put(kind, null);
    const { choice } = this.shown.get();
    const gone = ended.getSettings().deviceId;
    if (kind === 'audio' && choice.microphone === gone) this.#set({ choice: { ...choice, microphone: null } });
    if (kind === 'video' && choice.camera === gone) this.#set({ choice: { ...choice, camera: null } });
    await this.#reopen(kind);
  }

  #put(kind: Kind, track: MediaStreamTrack | null): void {
    const before = this.shown.get()[kind];
    if (before === track) return;
    if (before !== null) {
      before.onended = null;
      this.stream.removeTrack(before);
      before.stop();
    }
    if (track !== null) this.stream.addTrack(track);
    this.#set(kind === 'audio' ? { audio: track } : { video: track });
    this.#changed(kind, track);
  }

  #choose(choice: Choice): void {
    this.#set({ choice });
    rememberChoice(choice);
  }

  async #list(): Promise<void> {
    if (this.#devices === undefined || this.#closed) return;
    try {
      const all = await this.#devices.enumerateDevices();
      const of = (kind: MediaDeviceKind) => all.filter((one) => one.kind === kind);
      this.#set({ cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') });
    } catch {
      // Not allowed here; nothing can be chosen then.
    }
  }

  #set(change: Partial<Shown>): void {
    this.shown.set({ ...this.shown.get(), ...change });
  }
}
