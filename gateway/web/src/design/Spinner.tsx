import css from './design.module.css';

/** Turns while something is at work; what that is must stand beside it. */
export function Spinner() {
  return <span className={css['spinner']} aria-hidden="true" />;
}
