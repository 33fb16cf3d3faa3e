import { serverNow } from '../../app/clock';

const DAY_MS = 86_400_000;
/** So much less is asked for: a device whose clock is a little ahead must not ask for more than the longest. */
const MARGIN_MS = 60_000;

/** The longest ban and the longest life of a code: five years. */
export const MOST_DAYS = 1_825;

/** How many days somebody typed; undefined when it is no whole number from 1 to `most`. */
export function daysOf(typed: string, most = MOST_DAYS): number | undefined {
  const days = Number(typed);
  return typed.trim() !== '' && Number.isInteger(days) && days >= 1 && days <= most ? days : undefined;
}

/** The moment so many days from now, but for a minute. */
export function inDays(days: number): number {
  return serverNow() + days * DAY_MS - MARGIN_MS;
}
