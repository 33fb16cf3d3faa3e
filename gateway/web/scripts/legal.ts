// Makes pages of the Markdown in `legal` when the client is built, so that no browser has to.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { micromark } from 'micromark';
import type { Plugin } from 'vite';

const TITLE = /^# (.+)\r?\n/;

/**
 * A document as its title and its HTML. HTML in it is shown as text, and links lead to the web, to
 * mail or to this site only.
 *
 * @param operator what `{name}` and the like stand for
 */
export function legalPage(markdown: string, operator: Readonly<Record<string, string>>) {
  const title = TITLE.exec(markdown)?.[1];
  if (title === undefined) throw new Error('a legal page begins with its title: # Title');
  const whole = markdown.replace(TITLE, '').replace(/\{(\w+)\}/g, (placeholder, key: string) => {
    const value = operator[key];
    if (value === undefined) throw new Error(`operator.json does not say what ${placeholder} is`);
    return value;
  });
  return { title, html: micromark(whole) };
}

/** For Vite: `import page from './terms.md'` is `{ title, html }`. */
export function legalPages(): Plugin {
  let folder = '';
  return {
    name: 'legal-pages',
    configResolved({ root }) {
      folder = join(root, 'legal');
    },
    async transform(source, id) {
      if (!id.startsWith(folder) || !id.endsWith('.md')) return null;
      const operator = join(folder, 'operator.json');
      this.addWatchFile(operator);
      const page = legalPage(source, JSON.parse(await readFile(operator, 'utf8')));
      return { code: `export default ${JSON.stringify(page)};`, map: null };
    },
  };
}
