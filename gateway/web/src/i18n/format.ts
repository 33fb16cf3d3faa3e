import { language } from './language';

/** A day and time, such as 5 March 2026, 14:05. */
export function dateTime(millis: number): string {
  return new Intl.DateTimeFormat(language.get(), { dateStyle: 'medium', timeStyle: 'short' }).format(millis);
}

/** A day. */
export function date(millis: number): string {
  return new Intl.DateTimeFormat(language.get(), { dateStyle: 'medium' }).format(millis);
}

export function number(value: number): string {
  return new Intl.NumberFormat(language.get()).format(value);
}

/** Minutes and seconds, as on a clock: 4:05. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
