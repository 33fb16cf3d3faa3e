import { useId, useState } from 'react';
import { clock } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import css from './invite.module.css';
import { callLength, LONGEST_CALL, SHORTEST_CALL, USUAL_CALL } from './invites';
import { inviteTexts } from './texts';

const STEP = 30;
const KEY = 'napalmsky.call-length';

interface LengthSliderProps {
  readonly label: string;
  readonly seconds: number;
  readonly onChange: (seconds: number) => void;
  /** What comes of it, said below it. */
  readonly outcome: string;
}

/** How long a call is wished to be. */
export function LengthSlider({ label, seconds, onChange, outcome }: LengthSliderProps) {
  const t = useTexts(inviteTexts);
  const id = useId();
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  return (
    <div className={css['length']}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id} className={css['lengthNow']}>
        {clock(seconds)}
      </output>
      <input
        id={id}
        type="range"
        min={SHORTEST_CALL}
        max={LONGEST_CALL}
        step={STEP}
        value={seconds}
        aria-valuetext={rest === 0 ? t.minutes(minutes) : t.minutesAndSeconds(minutes, rest)}
        aria-describedby={`${id}-outcome`}
        onChange={(event) => onChange(callLength(Number(event.target.value)))}
      />
      <small id={`${id}-outcome`}>{outcome}</small>
    </div>
  );
}

/** The length that this device was set to last. */
export function useLength(): [number, (seconds: number) => void] {
  const [seconds, set] = useState(() => {
    try {
      const kept = Number(localStorage.getItem(KEY) ?? USUAL_CALL);
      return callLength(Math.round(kept / STEP) * STEP);
    } catch {
      return USUAL_CALL;
    }
  });
  return [
    seconds,
    (next) => {
      set(next);
      try {
        localStorage.setItem(KEY, String(next));
      } catch {
        // It holds for this page then.
      }
    },
  ];
}
