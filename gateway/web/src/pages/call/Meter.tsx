import { useStore } from '../../app/store';
import type { CallSession } from '../../call/callSession';
import type { Level } from '../../call/quality';
import { Hidden } from '../../design';
import { useTexts } from '../../i18n/texts';
import css from './call.module.css';
import { callTexts } from './texts';

const bars: Readonly<Record<Level, number>> = { good: 3, fair: 2, poor: 1, none: 0 };

/** How good the connection is, by what has arrived in the last moments. */
export function Meter({ call }: { readonly call: CallSession }) {
  const t = useTexts(callTexts);
  const quality = useStore(call.quality);
  const { mediaFlows } = useStore(call.state);
  if (quality === null || !mediaFlows) return null;
  const names = { good: t.qualityGood, fair: t.qualityFair, poor: t.qualityPoor, none: t.qualityNone };
  const details = [
    names[quality.level],
    quality.roundTripMillis === null
      ? null
      : t.qualityDetail(Math.round(quality.roundTripMillis), Math.round(quality.loss * 100)),
    quality.relayed === true ? t.qualityRelayed : null,
  ].filter((one) => one !== null);
  return (
    <span className={css['meter']} data-level={quality.level} title={details.join(', ')}>
      {[1, 2, 3].map((bar) => (
        <span key={bar} className={css['bar']} data-on={bar <= bars[quality.level]} aria-hidden="true" />
      ))}
      <Hidden>
        {t.quality}: {names[quality.level]}
      </Hidden>
    </span>
  );
}
