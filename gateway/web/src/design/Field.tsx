import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';
import { classes } from './classes';
import css from './design.module.css';

interface Labelled {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with it, said beside it and to those who do not see it. */
  readonly problem?: string | undefined;
}

function useDescription({ hint, problem }: Labelled) {
  const id = useId();
  const described = classes(hint !== undefined && `${id}-hint`, problem !== undefined && `${id}-problem`);
  return {
    id,
    aria: {
      'aria-invalid': problem === undefined ? undefined : true,
      'aria-describedby': described === '' ? undefined : described,
    },
  };
}

function Around({ id, label, hint, problem, children }: Labelled & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className={css['field']}>
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      {children}
      {hint !== undefined && (
        <span id={`${id}-hint`} className={css['hint']}>
          {hint}
        </span>
      )}
      {problem !== undefined && (
        <span id={`${id}-problem`} className={css['problem']} role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

/** One line of text. */
export function Field({ label, hint, problem, className, ...rest }: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  const { id, aria } = useDescription({ label, hint, problem });
  return (
    <Around id={id} label={label} hint={hint} problem={problem}>
      <input {...rest} {...aria} id={id} className={classes(css['input'], className)} />
    </Around>
  );
}

/** Several lines of text. */
export function TextArea({ label, hint, problem, ...rest }: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const { id, aria } = useDescription({ label, hint, problem });
  return (
    <Around id={id} label={label} hint={hint} problem={problem}>
      <textarea rows={4} {...rest} {...aria} id={id} className={css['input']} />
    </Around>
  );
}

/** One of a few. */
export function Select({
  label,
  hint,
  problem,
  children,
  ...rest
}: Labelled & SelectHTMLAttributes<HTMLSelectElement> & { readonly children: ReactNode }) {
  const { id, aria } = useDescription({ label, hint, problem });
  return (
    <Around id={id} label={label} hint={hint} problem={problem}>
      <select {...rest} {...aria} id={id} className={css['input']}>
        {children}
      </select>
    </Around>
  );
}

interface CheckboxProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: ReactNode;
  readonly problem?: string | undefined;
}

export function Checkbox({ label, problem, ...rest }: CheckboxProps) {
  const id = useId();
  return (
    <div className={css['check']}>
      <input
        {...rest}
        type="checkbox"
        id={id}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
      />
      <label htmlFor={id}>{label}</label>
      {problem !== undefined && (
        <span id={`${id}-problem`} className={css['problem']} role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
