// Where the browser is that tests drive. Run by itself it prints that, or what to do, and fails.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What Playwright has downloaded for itself, if anything. */
async function downloaded() {
  try {
    const { chromium } = await import('playwright-core');
    return chromium.executablePath();
  } catch {
    return '';
  }
}

/** Throws with what to do when there is none. */
export async function chromiumPath() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM is ${named}, where there is nothing`);
  }
  const found = [...PLACES, await downloaded()].find((place) => place !== '' && existsSync(place));
  if (found) return found;
  throw new Error(
    'Chromium is needed for the browser tests: install it (apt-get install chromium, or npx playwright-core install' +
      ' chromium in gateway/web) or say where it is in CHROMIUM',
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await chromiumPath());
  } catch (missing) {
    console.error(missing.message);
    process.exit(1);
  }
}
