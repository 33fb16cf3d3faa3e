/** Why a camera or microphone is not there. */
export type DeviceProblem =
  /** The user, or a rule of the browser, does not allow it. */
  | 'denied'
  /** There is none. */
  | 'missing'
  /** Another program has it, or it does not work. */
  | 'busy';

export type Kind = 'audio' | 'video';

/** Which devices are wanted; null for the browser's choice. */
export interface Choice {
  readonly camera: string | null;
  readonly microphone: string | null;
  readonly facing: 'user' | 'environment';
}

/** What was opened: for each kind a track, or why not. */
export interface Opened {
  readonly audio: MediaStreamTrack | DeviceProblem;
  readonly video: MediaStreamTrack | DeviceProblem;
}

/** What of MediaDevices is needed; tests have one of their own. */
export type Devices = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'>;

export function isTrack(opened: MediaStreamTrack | DeviceProblem): opened is MediaStreamTrack {
  return typeof opened !== 'string';
}

/** The constraints of a camera: never exact ones, which fail where the device was unplugged. */
export function videoConstraints(choice: Choice, portrait: boolean): MediaTrackConstraints {
  const [width, height] = portrait ? [720, 1280] : [1280, 720];
  return {
    width: { ideal: width },
    height: { ideal: height },
    frameRate: { ideal: 30, max: 30 },
    ...(choice.camera === null ? { facingMode: { ideal: choice.facing } } : { deviceId: { ideal: choice.camera } }),
  };
}

export function audioConstraints(choice: Choice): MediaTrackConstraints {
  return {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(choice.microphone === null ? {} : { deviceId: { ideal: choice.microphone } }),
  };
}

/** What a refusal of getUserMedia means for who asked. */
export function problemOf(cause: unknown): DeviceProblem {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError' || name === 'TypeError') return 'missing';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return 'busy';
}

/**
 * Opens camera and microphone, both by one question to the user; when that fails, whichever can be
 * had. Never fails.
 */
export async function open(devices: Devices | undefined, choice: Choice, portrait: boolean): Promise<Opened> {
  // Pages that did not come over TLS have no devices at all.
  if (devices === undefined) return { audio: 'denied', video: 'denied' };
  const audio = audioConstraints(choice);
  const video = videoConstraints(choice, portrait);
  try {
    const stream = await devices.getUserMedia({ audio, video });
    const [microphone] = stream.getAudioTracks();
    const [camera] = stream.getVideoTracks();
    return { audio: microphone ?? 'missing', video: camera ?? 'missing' };
  } catch {
    // Without one of the two the browser gives neither; each is asked for alone.
  }
  return { audio: await openOne(devices, { audio }), video: await openOne(devices, { video }) };
}

/** Opens one of the two. */
export async function openOne(
  devices: Devices | undefined,
  constraints: MediaStreamConstraints,
): Promise<MediaStreamTrack | DeviceProblem> {
  if (devices === undefined) return 'denied';
  try {
    const stream = await devices.getUserMedia(constraints);
    return stream.getTracks()[0] ?? 'missing';
  } catch (cause) {
    return problemOf(cause);
  }
}

const KEY = 'napalmsky.devices';
const NO_CHOICE: Choice = { camera: null, microphone: null, facing: 'user' };

/** What the user chose on this device before. */
export function rememberedChoice(): Choice {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return NO_CHOICE;
    const { camera, microphone } = kept as Record<string, unknown>;
    return {
      camera: typeof camera === 'string' ? camera : null,
      microphone: typeof microphone === 'string' ? microphone : null,
      facing: 'user',
    };
  } catch {
    return NO_CHOICE;
  }
}

export function rememberChoice(choice: Choice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ camera: choice.camera, microphone: choice.microphone }));
  } catch {
    // Full or blocked: it holds for this page.
  }
}
