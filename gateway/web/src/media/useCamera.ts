import { useCallback, useEffect, useRef, useState } from 'react';

export type CameraState = 'off' | 'asking' | 'on' | 'denied';

/** The camera while the component is there; it goes dark with it, whatever happens. */
export function useCamera(sound: boolean) {
  const [state, setState] = useState<CameraState>('off');
  const [stream, setStream] = useState<MediaStream | null>(null);
  const alive = useRef(true);
  const current = useRef<MediaStream | null>(null);

  const stop = useCallback(() => {
    for (const track of current.current?.getTracks() ?? []) track.stop();
    current.current = null;
    setStream(null);
    setState('off');
  }, []);

  const start = useCallback(async () => {
    setState('asking');
    try {
      const opened = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 720 } },
        audio: sound,
      });
      if (!alive.current) {
        for (const track of opened.getTracks()) track.stop();
        return;
      }
      current.current = opened;
      setStream(opened);
      setState('on');
    } catch {
      if (alive.current) setState('denied');
    }
  }, [sound]);

  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
      for (const track of current.current?.getTracks() ?? []) track.stop();
      current.current = null;
    };
  }, []);

  const show = useCallback(
    (element: HTMLVideoElement | null) => {
      if (element !== null && element.srcObject !== stream) element.srcObject = stream;
    },
    [stream],
  );
  return { state, stream, start, stop, show };
}
