import { useEffect, useRef, useState } from 'react';
import { useStore } from '../../app/store';
import type { CallSession } from '../../call/callSession';
import { type Warning, warningBetween } from '../../call/countdown';
import { classes, Hidden, Icon } from '../../design';
import { clock } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import css from './call.module.css';
import { callTexts } from './texts';

/** How much time is left; what it says aloud it says at a few marks only. */
export function Clock({ call }: { readonly call: CallSession }) {
  const t = useTexts(callTexts);
  const left = useStore(call.left);
  const { terms, hasTalked } = useStore(call.state);
  const agreed = terms?.agreedSeconds ?? 0;
  const before = useRef(Number.POSITIVE_INFINITY);
  const [warning, setWarning] = useState<Warning | null>(null);
  useEffect(() => {
    if (left === null) return;
    const next = Number.isFinite(before.current) ? warningBetween(before.current, left, agreed) : null;
    before.current = left;
    if (next !== null) setWarning(next);
  }, [left, agreed]);
  useEffect(() => {
    if (warning === null) return undefined;
    const timer = setTimeout(() => setWarning(null), 6_000);
    return () => clearTimeout(timer);
  }, [warning]);
  const texts: Readonly<Record<Warning, string>> = { 60: t.warning60, 30: t.warning30, 10: t.warning10 };
  if (left === null || !hasTalked) return null;
  return (
    <>
      <span className={classes(css['clock'], left <= 60 && css['clockSoon'], left <= 10 && css['clockNow'])}>
        <Icon name="clock" />
        <Hidden>{t.timeLeft} </Hidden>
        <span role="timer" aria-live="off">
          {clock(left)}
        </span>
      </span>
      <span role="status" className={css['warning']}>
        {warning !== null && texts[warning]}
      </span>
    </>
  );
}
