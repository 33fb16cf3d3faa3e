import { type RefObject, useEffect, useState } from 'react';

/** Keeps the screen lit while this is true; a page that was in the background asks anew. */
export function useWakeLock(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !('wakeLock' in navigator)) return undefined;
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const ask = () => {
      if (document.visibilityState !== 'visible') return;
      navigator.wakeLock.request('screen').then(
        (granted) => {
          if (over) void granted.release();
          else lock = granted;
        },
        // Saving power, or not allowed: the screen may go dark, the call goes on.
        () => undefined,
      );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, [wanted]);
}

export interface PictureInPicture {
  readonly possible: boolean;
  readonly on: boolean;
  readonly toggle: () => void;
}

/** The video in a small window of its own. */
export function usePictureInPicture(video: RefObject<HTMLVideoElement | null>): PictureInPicture {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    const entered = () => setOn(true);
    const left = () => setOn(false);
    element.addEventListener('enterpictureinpicture', entered);
    element.addEventListener('leavepictureinpicture', left);
    return () => {
      element.removeEventListener('enterpictureinpicture', entered);
      element.removeEventListener('leavepictureinpicture', left);
      if (document.pictureInPictureElement === element) void document.exitPictureInPicture();
    };
  }, [video]);
  return {
    possible: document.pictureInPictureEnabled === true,
    on,
    toggle: () => {
      const done = on ? document.exitPictureInPicture() : video.current?.requestPictureInPicture();
      // Without a picture yet there is nothing to put there.
      done?.catch(() => undefined);
    },
  };
}

/** The keys of headsets and lock screens. */
export function useMediaKeys(actions: Readonly<Partial<Record<string, () => void>>>): void {
  useEffect(() => {
    if (!('mediaSession' in navigator)) return undefined;
    const names = Object.keys(actions);
    const set = (name: string, action: (() => void) | null) => {
      try {
        navigator.mediaSession.setActionHandler(name as MediaSessionAction, action);
      } catch {
        // Browsers refuse the keys they do not know.
      }
    };
    for (const name of names) set(name, actions[name] ?? null);
    return () => names.forEach((name) => set(name, null));
  }, [actions]);
}
