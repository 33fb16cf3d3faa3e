// How much a browser loads before a page can be used, and the most that it may be.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const BUDGET = {
  /** Compressed script that any page starts with, the socket library included. */
  scriptBytes: 150 * 1024,
  /** Compressed styles of it. */
  styleBytes: 20 * 1024,
  /** Files of the build that a page starts with, the page itself among them. */
  requests: 20,
};

const SOCKETS = /socket\.io-client/;

/** The chunks that are loaded with those named, by the manifest of the build; each once. */
function together(built, names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    together(built, built[name].imports ?? [], found);
  }
  return found;
}

/**
 * What each page starts with, the heaviest first.
 *
 * @param built the manifest of the build
 * @param sizeOf answers how many bytes of a file cross the network
 */
export function loads(built, sizeOf) {
  const sockets = Object.keys(built).filter((name) => SOCKETS.test(name));
  return Object.keys(built)
    .filter((name) => built[name].isDynamicEntry && name.startsWith('src/pages/'))
    .map((page) => {
      const chunks = [...together(built, ['index.html', ...sockets, page])].map((name) => built[name]);
      const scripts = new Set(chunks.map(({ file }) => file));
      const styles = new Set(chunks.flatMap(({ css }) => css ?? []));
      const sum = (files) => [...files].reduce((bytes, file) => bytes + sizeOf(file), 0);
      return {
        page,
        scriptBytes: sum(scripts),
        styleBytes: sum(styles),
        requests: 1 + scripts.size + styles.size,
      };
    })
    .sort((one, other) => other.scriptBytes - one.scriptBytes);
}

/** What is over the budget, in words; nothing when all is well. */
export function excesses(pages, budget = BUDGET) {
  return pages.flatMap((load) =>
    Object.entries(budget)
      .filter(([what, most]) => load[what] > most)
      .map(([what, most]) => `${load.page}: ${what} is ${load[what]}, and may be ${most}`),
  );
}

/** Script and style in the page itself, which the content policy would refuse. */
export function inline(html) {
  return html.match(/<script(?![^>]*\ssrc=)[^>]*>|<style[^>]*>|\s(?:style|on\w+)=/g) ?? [];
}

/** Checks a build, and says how heavy it is; throws when it is too heavy. */
export async function check(out, sizeOf) {
  const pages = loads(JSON.parse(await readFile(join(out, 'built.json'), 'utf8')), sizeOf);
  const faults = excesses(pages);
  const found = inline(await readFile(join(out, 'index.html'), 'utf8'));
  if (found.length > 0) faults.push(`index.html has script or style in itself: ${found.join(' ')}`);
  if (pages.length === 0) faults.push('the build has no pages');
  if (faults.length > 0) throw new Error(`the client is over its budget (scripts/budget.mjs):\n${faults.join('\n')}`);
  const [heaviest] = pages;
  const kb = (bytes) => `${Math.round(bytes / 1024)} KB`;
  console.log(
    `gateway/web: the heaviest page starts with ${kb(heaviest.scriptBytes)} of compressed script, ` +
      `${kb(heaviest.styleBytes)} of styles, ${heaviest.requests} requests (${heaviest.page})`,
  );
}
