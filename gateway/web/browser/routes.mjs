// What pages the client has, as it says itself, so that no list beside it can lack one.
import { readFile } from 'node:fs/promises';

const app = new URL('../src/app/', import.meta.url);
const addresses = JSON.parse(await readFile(new URL('pages.json', app), 'utf8'));
const written = await readFile(new URL('routes.tsx', app), 'utf8');

/** Each page with its `name`, its `path` and whether one must be signed in for it. */
export const routes = [...written.matchAll(/path: paths\.(\w+),[^\n]*/g)].map(([line, name]) => ({
  name,
  path: addresses[name],
  session: line.includes('session: true'),
}));
if (routes.length !== written.split('lazy(').length - 1 || routes.some(({ path }) => path === undefined)) {
  throw new Error('routes.tsx is not written as it is read here: one line a page, with paths.<its name in pages.json>');
}
