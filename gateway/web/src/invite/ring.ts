/**
 * A ring tone without a file: two notes that answer each other, as long as it rings. Browsers play
 * nothing before the user has touched the page, so the sound is made ready at his first touch.
 */

type Sound = Pick<AudioContext, 'currentTime' | 'destination' | 'resume' | 'suspend' | 'state' | 'createGain' | 'createOscillator'>;

/** Hertz, from when, and for how long, in seconds from the start of a ring. */
const NOTES = [
  { hertz: 659.25, from: 0, seconds: 0.22 },
  { hertz: 880, from: 0.24, seconds: 0.34 },
  { hertz: 659.25, from: 0.7, seconds: 0.22 },
  { hertz: 880, from: 0.94, seconds: 0.34 },
] as const;
const EVERY_MS = 3_000;
const LOUDNESS = 0.16;
/** Milliseconds on and off. */
const SHAKE = [250, 120, 250] as const;

export interface RingDevices {
  /** Null where there is no sound. */
  readonly sound: () => Sound | null;
  readonly vibrate: (pattern: readonly number[]) => void;
}

export class Ring {
  readonly #devices: RingDevices;
  #sound: Sound | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(devices: RingDevices) {
    this.#devices = devices;
  }

  /** To be called while the user touches the page. */
  makeReady(): void {
    try {
      this.#sound ??= this.#devices.sound();
      if (this.#sound?.state === 'suspended') void this.#sound.resume().catch(() => {});
    } catch {
      // No sound then; the invite is seen, felt and announced all the same.
    }
  }

  get ringing(): boolean {
    return this.#timer !== undefined;
  }

  start(): void {
    if (this.ringing) return;
    this.makeReady();
    this.#once();
    this.#timer = setInterval(() => this.#once(), EVERY_MS);
  }

  stop(): void {
    if (!this.ringing) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#devices.vibrate([]);
    // Cuts what is already on its way to the loudspeaker.
    try {
      void this.#sound?.suspend().catch(() => {});
    } catch {
      // It ends by itself within a second.
    }
  }

  #once(): void {
    this.#devices.vibrate(SHAKE);
    const sound = this.#sound;
    if (sound === null) return;
    try {
      if (sound.state === 'suspended') void sound.resume().catch(() => {});
      for (const note of NOTES) play(sound, note);
    } catch {
      // A sound device that went away.
    }
  }
}

function play(sound: Sound, { hertz, from, seconds }: (typeof NOTES)[number]): void {
  const at = sound.currentTime + from;
  const loudness = sound.createGain();
  // Without a slope each note would begin and end with a click.
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.03);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + seconds);
  loudness.connect(sound.destination);
  const note = sound.createOscillator();
  note.type = 'sine';
  note.frequency.value = hertz;
  note.connect(loudness);
  note.start(at);
  note.stop(at + seconds);
}

/** This device's loudspeaker and motor. */
export const thisDevice: RingDevices = {
  sound: () => (typeof AudioContext === 'undefined' ? null : new AudioContext()),
  vibrate: (pattern) => {
    // Refused with a warning before the user has touched the page.
    if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.([...pattern]);
  },
};
