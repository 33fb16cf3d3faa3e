// Installs what package-lock.json says, when it is not what is there.
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf, textOf, web } from './inputs.mjs';

export async function installed() {
  const stamp = join(web, 'node_modules', '.installed');
  const wanted = await hashOf([join(web, 'package-lock.json')]);
  if ((await textOf(stamp)) === wanted) return;
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: web,
    stdio: 'inherit',
  });
  if (error || status !== 0) {
    console.error('gateway/web: npm ci failed; the packages of the browser client are not there');
    process.exit(1);
  }
  await writeFile(stamp, wanted);
}
