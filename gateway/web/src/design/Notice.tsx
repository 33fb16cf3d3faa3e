import type { ReactNode } from 'react';
import { classes } from './classes';
import css from './design.module.css';

interface NoticeProps {
  readonly kind?: 'bad' | 'warn' | 'good' | 'note';
  readonly children: ReactNode;
  /** What can be done about it. */
  readonly action?: ReactNode;
}

/** Something about the state of the page, said where it matters and to those who do not see it. */
export function Notice({ kind = 'note', children, action }: NoticeProps) {
  return (
    <div className={classes(css['notice'], css[kind])} role={kind === 'bad' ? 'alert' : 'status'}>
      <div>{children}</div>
      {action}
    </div>
  );
}
