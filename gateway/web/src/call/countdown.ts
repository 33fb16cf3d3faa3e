/** What of the time that is left is said aloud, in seconds. */
export const warnings = [60, 30, 10] as const;
export type Warning = (typeof warnings)[number];

/** Whole seconds until the end, rounded up so that 0 is only shown when the time is over. */
export function secondsLeft(endsAt: number, now: number): number {
  return Math.max(0, Math.ceil((endsAt - now) / 1000));
}

/**
 * What to warn of when so many seconds were left and now fewer are: the nearest one, so that a page
 * that was asleep says one thing and not three. Calls shorter than twice a warning go without it.
 */
export function warningBetween(before: number, left: number, agreedSeconds: number): Warning | null {
  return (
    [...warnings].reverse().find((one) => one * 2 <= agreedSeconds && before > one && left <= one && left > 0) ?? null
  );
}

/** Milliseconds until the number of seconds that is shown changes. */
export function untilNextSecond(endsAt: number, now: number): number {
  const left = endsAt - now;
  if (left <= 0) return 1000;
  const rest = left % 1000;
  // A timer may fire a little early; then the same number would be shown for another second.
  return (rest === 0 ? 1000 : rest) + 5;
}
