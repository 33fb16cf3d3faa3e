import { paths } from '../../app/paths';

/**
 * Where to go when one is in: where one wanted to, or to whom a link of introduction leads. Only
 * addresses of this client: what stands in a link is anybody's word.
 */
export function nextOf(query: URLSearchParams): string {
  const next = query.get('next');
  if (next !== null && /^\/(?![/\\])/.test(next)) return next;
  const ref = query.get('ref');
  return ref === null ? paths.home : `${paths.home}?ref=${encodeURIComponent(ref)}`;
}

/** Where an access code is used by somebody who has an account, and no access. */
export function unlockWith(code: string): string {
  return `${paths.paywall}?code=${encodeURIComponent(code)}`;
}
