import { useEffect, useState } from 'react';
import { useTexts } from '../../i18n/texts';
import css from './deviceCheck.module.css';
import { checkTexts } from './texts';

const EVERY_MS = 100;

/** A quiet room is below it, speech above. */
const HEARD = 0.08;

/** How loud the microphone is, 0 to 1. */
export function MicrophoneLevel({ track }: { readonly track: MediaStreamTrack | null }) {
  const t = useTexts(checkTexts);
  const [level, setLevel] = useState(0);
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    setHeard(false);
    setLevel(0);
    if (track === null) return undefined;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    const samples = new Uint8Array(analyser.fftSize);
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const timer = setInterval(() => {
      analyser.getByteTimeDomainData(samples);
      // Silence is at the middle, 128.
      const loudest = samples.reduce((most, one) => Math.max(most, Math.abs(one - 128)), 0) / 128;
      setLevel(loudest);
      if (loudest > HEARD) setHeard(true);
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [track]);
  return (
    <>
      <p>{t.speak}</p>
      <meter aria-label={t.level} min={0} max={1} value={level} className={css['level']} />
      <p role="status">{heard ? t.heard : ''}</p>
    </>
  );
}
