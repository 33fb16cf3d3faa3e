import { useStore } from '../../app/store';
import type { CallSession } from '../../call/callSession';
import { Hidden } from '../../design';
import { useTexts } from '../../i18n/texts';
import css from './call.module.css';
import { callTexts } from './texts';

/** What was reacted with in the last seconds, flying over the picture. */
export function Reactions({ call, name }: { readonly call: CallSession; readonly name: string }) {
  const t = useTexts(callTexts);
  const shown = useStore(call.reactions);
  const last = shown.filter((one) => one.from === 'peer').at(-1);
  return (
    <>
      <div className={css['reactions']} aria-hidden="true">
        {shown.map((one) => (
          <span key={one.key} className={css['reaction']} data-from={one.from}>
            {one.reaction}
          </span>
        ))}
      </div>
      <div role="status">
        <Hidden>{last === undefined ? '' : t.reacted(name, last.reaction)}</Hidden>
      </div>
    </>
  );
}
