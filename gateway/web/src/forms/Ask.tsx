import type { ReactNode } from 'react';
import { Button, Dialog, Notice } from '../design';
import { defineTexts, useTexts } from '../i18n/texts';
import { useAttempt } from './useAttempt';

const texts = defineTexts({ cancel: 'Cancel' }, { de: { cancel: 'Abbrechen' } });

interface AskProps {
  readonly title: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly onAction: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks before something is done that cannot be undone. */
export function Ask({ title, action, onAction, onClose, children }: AskProps) {
  const t = useTexts(texts);
  const { busy, problem, attempt } = useAttempt();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button look="danger" busy={busy} onClick={() => void attempt(onAction)}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
    </Dialog>
  );
}
