import { type FormEvent, type ReactNode, useId } from 'react';
import { Button, Dialog, Notice } from '../../design';
import { useAttempt } from '../../forms/useAttempt';
import { useTexts } from '../../i18n/texts';
import css from '../form.module.css';
import { consoleTexts } from './texts';

interface ConfirmDialogProps {
  readonly title: string;
  /** What the button says that does it. */
  readonly act: string;
  readonly danger?: boolean;
  /** Whether what is filled in does not do yet. */
  readonly blocked?: boolean;
  /** Does it; what it fails with is shown, and the dialog stays. */
  readonly onDo: () => Promise<unknown>;
  readonly onClose: () => void;
  /** What will come of it, and what is to be filled in. */
  readonly children: ReactNode;
}

/** Asks before something is done that others feel, with what there is to fill in; closes itself when it is done. */
export function ConfirmDialog({ title, act, danger, blocked, onDo, onClose, children }: ConfirmDialogProps) {
  const t = useTexts(consoleTexts);
  const form = useId();
  const { busy, problem, attempt } = useAttempt();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (blocked || !(await attempt(onDo))) return;
    onClose();
    // What was pressed may be gone with the thing it was about.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus();
    });
  };

  return (
    <Dialog
      title={title}
      onClose={busy ? undefined : onClose}
      actions={
        <>
          <Button look="secondary" disabled={busy} onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" form={form} look={danger ? 'danger' : 'primary'} busy={busy} disabled={blocked}>
            {act}
          </Button>
        </>
      }
    >
      <form id={form} className={css['form']} onSubmit={(event) => void submit(event)}>
        {children}
        {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      </form>
    </Dialog>
  );
}
