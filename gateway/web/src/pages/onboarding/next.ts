import { paths } from '../../app/paths';

/** Where to go when one is in. Only addresses of this client: what stands in a link is anybody's word. */
export function nextOf(query: URLSearchParams): string {
  const next = query.get('next');
  return next !== null && /^\/(?![/\\])/.test(next) ? next : paths.home;
}
