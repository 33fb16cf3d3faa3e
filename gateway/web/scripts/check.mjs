// Types and tests of the client, unless the same files have passed before.
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installed } from './install.mjs';
import { inputs, target, textOf, web } from './inputs.mjs';

const stamp = join(target, 'web.checked');
const wanted = await inputs();
if ((await textOf(stamp)) === wanted) {
  console.log('gateway/web: unchanged since its tests passed');
  process.exit(0);
}
await installed();
for (const command of [
  ['scripts/generate.mjs'],
  ['node_modules/typescript/bin/tsc', '--noEmit'],
  ['node_modules/vitest/vitest.mjs', 'run'],
]) {
  const { status } = spawnSync(process.execPath, command, { cwd: web, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
await mkdir(target, { recursive: true });
await writeFile(stamp, wanted);
