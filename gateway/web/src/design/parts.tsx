import type { ReactNode } from 'react';
import { classes } from './classes';
import css from './design.module.css';

export function Card({ children, className }: { readonly children: ReactNode; readonly className?: string | undefined }) {
  return <section className={classes(css['card'], className)}>{children}</section>;
}

export function Badge({ children }: { readonly children: ReactNode }) {
  return <span className={css['badge']}>{children}</span>;
}

/** For those who hear the page. */
export function Hidden({ children }: { readonly children: ReactNode }) {
  return <span className={css['hidden']}>{children}</span>;
}

/** Where something will be. */
export function Skeleton({ className }: { readonly className?: string | undefined }) {
  return <span className={classes(css['skeleton'], className)} aria-hidden="true" />;
}

/** Where some lines will be; `label` tells those who do not see them that they are on their way. */
export function SkeletonLines({ label, lines = 3 }: { readonly label: string; readonly lines?: number }) {
  return (
    <div className={css['skeletonLines']} role="status" data-skeleton>
      <Hidden>{label}</Hidden>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} />
      ))}
    </div>
  );
}

/** How much is done, from 0 to 1. */
export function Progress({ label, value }: { readonly label: string; readonly value: number }) {
  return <progress className={css['bar']} aria-label={label} max={1} value={Math.min(1, Math.max(0, value))} />;
}
