import { paths } from '../app/paths';

/** Where a friend begins who is introduced to somebody. */
export function introductionLink(code: string): string {
  return `${location.origin}${paths.onboarding}?ref=${encodeURIComponent(code)}`;
}

/** Where a friend begins who is let in by an access code. */
export function accessLink(code: string): string {
  return `${location.origin}${paths.onboarding}?inviteCode=${encodeURIComponent(code)}`;
}
