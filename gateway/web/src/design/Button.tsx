import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'react-router';
import { classes } from './classes';
import css from './design.module.css';
import { Spinner } from './Spinner';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
  readonly wide?: boolean;
  /** Shows that it is at work; pressing it again does nothing meanwhile. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

export function Button({ look = 'primary', wide, busy, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy ? true : undefined}
      aria-busy={busy ? true : undefined}
      className={classes(css['button'], css[look], wide && css['wide'], className)}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does, for those who do not see the sign. */
  readonly label: string;
  readonly look?: Look;
  readonly children: ReactNode;
}

export function IconButton({ label, look = 'quiet', className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={classes(css['button'], css[look], css['icon'], className)}
    >
      {children}
    </button>
  );
}

interface LinkButtonProps {
  readonly to: string;
  readonly look?: Look;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A link that looks like a button: it leads somewhere and does nothing else. */
export function LinkButton({ to, look = 'primary', wide, children }: LinkButtonProps) {
  return (
    <Link to={to} className={classes(css['button'], css[look], wide && css['wide'])}>
      {children}
    </Link>
  );
}
