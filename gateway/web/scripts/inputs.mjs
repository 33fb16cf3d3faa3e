// What a build and its tests depend on, as one hash.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const web = fileURLToPath(new URL('..', import.meta.url));
export const target = join(web, '..', 'target');
const described = [
  ...['openapi.yaml', 'asyncapi.yaml'].map((name) => join(web, '..', 'src', 'main', 'resources', name)),
  // Each action of the audit log has its text here.
  join(web, '..', '..', 'docs', 'contracts', 'admin.md'),
];

async function files(folder) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name === 'node_modules' || entry.name.includes('.gen.')) continue;
    if (entry.isDirectory()) found.push(...(await files(path)));
    else found.push(path);
  }
  return found;
}

export async function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) {
    hash.update(path).update('\0').update(await readFile(path)).update('\0');
  }
  return hash.digest('hex');
}

export async function inputs() {
  return hashOf([...(await files(web)), ...described]);
}

/** The text of a file, or nothing when there is none. */
export async function textOf(path) {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
