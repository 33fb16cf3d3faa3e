import { consolePath, paths } from '../../app/paths';

/** Where to go when one is in. Only the console: what stands in a link is anybody's word. */
export function nextOf(query: URLSearchParams): string {
  const next = query.get('next');
  return next !== null && next.startsWith(`${paths.console}/`) && !next.includes('\\') ? next : consolePath('live');
}

/** The way in, and back to where one is. */
export function wayIn(here: string): string {
  return `${paths.consoleLogin}?next=${encodeURIComponent(here)}`;
}
