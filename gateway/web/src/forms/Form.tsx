import type { ReactNode } from 'react';
import { Button, Notice } from '../design';
import css from '../pages/form.module.css';
import { useAttempt } from './useAttempt';

interface FormProps {
  /** What its button says. */
  readonly submit: string;
  readonly look?: 'primary' | 'secondary';
  /** Sends it; not called while it is being sent. */
  readonly onSubmit: () => Promise<unknown>;
  /** What to tell people of a failure, if that is not said otherwise. */
  readonly why?: ((cause: unknown) => string | undefined) | undefined;
  /** Whether the page says itself what is missing, instead of the browser. */
  readonly noValidate?: boolean;
  readonly children: ReactNode;
  /** Beside the button. */
  readonly actions?: ReactNode;
}

/** Fields and a button that sends them; says why it did not work, and keeps what was typed. */
export function Form({ submit, look = 'primary', onSubmit, why, noValidate = false, children, actions }: FormProps) {
  const { busy, problem, attempt } = useAttempt(why);
  return (
    <form
      className={css['form']}
      noValidate={noValidate}
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(onSubmit);
      }}
    >
      {children}
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <div className={css['row']}>
        <Button type="submit" look={look} busy={busy}>
          {submit}
        </Button>
        {actions}
      </div>
    </form>
  );
}
