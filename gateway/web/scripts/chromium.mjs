// Where the browser is that tests drive.
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** Throws with what to do when there is none. */
export function chromiumPath() {
  const named = process.env.CHROMIUM;
  const found = named ? [named].filter(existsSync) : PLACES.filter(existsSync);
  if (found.length === 0) {
    throw new Error(
      named
        ? `CHROMIUM is ${named}, where there is nothing`
        : 'Chromium is needed for the browser tests: install it (apt-get install chromium) or say where it is in CHROMIUM',
    );
  }
  return found[0];
}
