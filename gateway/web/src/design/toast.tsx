import { useEffect } from 'react';
import { Store, useStore } from '../app/store';
import { defineTexts, useTexts } from '../i18n/texts';
import { Button, IconButton } from './Button';
import css from './design.module.css';
import { Icon } from './Icon';

/** What can be done about it; the toast stays until that is done or it is dismissed. */
interface Action {
  readonly name: string;
  readonly act: () => void;
}

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action: Action | undefined;
}

const MOST = 3;
const SHOWN_MS = 6_000;
const toasts = new Store<readonly Toast[]>([]);
let last = 0;

const texts = defineTexts({ close: 'Dismiss' }, { de: { close: 'Schließen' } });

/** Says something in passing, for a few seconds; what must not be missed belongs into the page. */
export function toast(text: string, action?: Action): void {
  last += 1;
  toasts.set([...toasts.get().filter((one) => one.text !== text), { id: last, text, action }].slice(-MOST));
}

function dismiss(id: number): void {
  toasts.set(toasts.get().filter((one) => one.id !== id));
}

/** Where they appear; once in the page. */
export function Toasts() {
  const shown = useStore(toasts);
  return (
    <div className={css['toasts']} role="status" aria-live="polite">
      {shown.map((one) => (
        <Shown key={one.id} toast={one} />
      ))}
    </div>
  );
}

function Shown({ toast: { id, text, action } }: { readonly toast: Toast }) {
  const t = useTexts(texts);
  const stays = action !== undefined;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, stays]);
  return (
    <div className={css['toast']}>
      <span>{text}</span>
      {action !== undefined && (
        <Button
          look="secondary"
          onClick={() => {
            dismiss(id);
            action.act();
          }}
        >
          {action.name}
        </Button>
      )}
      <IconButton label={t.close} onClick={() => dismiss(id)}>
        <Icon name="close" />
      </IconButton>
    </div>
  );
}
