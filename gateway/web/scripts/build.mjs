// Builds the client into the classes of the gateway, unless what is there was made of the same
// files. Every file that gets smaller is there as Brotli and gzip too, so that the gateway spends
// nothing on it.
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { check } from './budget.mjs';
import { installed } from './install.mjs';
import { inputs, target, textOf, web } from './inputs.mjs';

const out = join(target, 'classes', 'web');
const stamp = join(target, 'web.built');
const COMPRESSED = /\.(html|css|js|json|webmanifest|svg|txt|md)$/;
const WORTH_IT_BYTES = 512;

async function under(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function run(...command) {
  const { status, error } = spawnSync(process.execPath, command, { cwd: web, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const wanted = await inputs();
if ((await textOf(stamp)) === wanted && (await textOf(join(out, 'files'))) !== undefined) {
  process.exit(0);
}
await installed();
await rm(stamp, { force: true });
run('scripts/generate.mjs');
run('node_modules/vite/bin/vite.js', 'build', '--outDir', out, '--emptyOutDir', '--logLevel', 'warn');

const paths = (await under(out)).filter((path) => !path.endsWith('built.json'));
const pages = Object.values(JSON.parse(await readFile(join(web, 'src', 'app', 'pages.json'), 'utf8')));
const names = paths.map((path) => relative(out, path)).sort();

// Which release the service worker keeps on a device, and what belongs to it.
const worker = join(out, 'worker.js');
const { file } = JSON.parse(await readFile(join(out, 'built.json'), 'utf8'))['index.html'];
const release = {
  entry: `/${file}`,
  files: names.filter((name) => /^assets\/|\.webmanifest$|\.svg$/.test(name)).map((name) => `/${name}`),
  pages,
};
await writeFile(worker, `self.release=${JSON.stringify(release)};\n${await readFile(worker, 'utf8')}`);

const sizes = new Map();
for (const path of paths.filter((one) => COMPRESSED.test(one))) {
  const plain = await readFile(path);
  sizes.set(relative(out, path), plain.length);
  if (plain.length < WORTH_IT_BYTES) continue;
  const brotli = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
  sizes.set(relative(out, path), brotli.length);
  await writeFile(`${path}.br`, brotli);
  await writeFile(`${path}.gz`, gzipSync(plain, { level: 9 }));
}
// The gateway serves what is listed and nothing else.
await writeFile(join(out, 'files'), names.join('\n') + '\n');
await writeFile(join(out, 'pages'), pages.join('\n') + '\n');
await check(out, (file) => sizes.get(file));
await mkdir(target, { recursive: true });
await writeFile(stamp, wanted);
