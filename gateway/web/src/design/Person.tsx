import type { ReactNode } from 'react';
import css from './design.module.css';
import { Icon } from './Icon';

interface PersonProps {
  readonly name: string;
  readonly selfieUrl?: string | undefined;
  /** What is known of him here, in a line or two. */
  readonly children?: ReactNode;
  /** What can be done about him. */
  readonly actions?: ReactNode;
}

/** Somebody in a list. */
export function Person({ name, selfieUrl, children, actions }: PersonProps) {
  return (
    <div className={css['person']}>
      <span className={css['portrait']}>
        {selfieUrl === undefined ? <Icon name="person" /> : <img src={selfieUrl} alt="" loading="lazy" />}
      </span>
      <div className={css['about']}>
        <strong dir="auto">{name}</strong>
        {children}
      </div>
      {actions !== undefined && <div className={css['actions']}>{actions}</div>}
    </div>
  );
}
