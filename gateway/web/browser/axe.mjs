// What axe says of a page, as people see it on their devices.
import axe from 'axe-core';

const LOOKS = ['dark', 'light'].flatMap((colorScheme) => [
  { colorScheme, viewport: { width: 360, height: 740 } },
  { colorScheme, viewport: { width: 1280, height: 800 } },
]);

/** Sees each page in all looks, and remembers what is wrong with it. */
export class Inspector {
  faults = [];

  /** @param what the page, and the state it is in, for the report */
  async see(page, what) {
    for (const { colorScheme, viewport } of LOOKS) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
      await still(page);
      for (const { id, help, nodes } of await violations(page)) {
        for (const { target, failureSummary } of nodes) {
          this.faults.push(`${what}, ${colorScheme}, ${viewport.width} wide: ${id} (${help}) at ${target}\n${failureSummary}`);
        }
      }
    }
  }
}

/** What fades between two looks has no contrast of its own. */
async function still(page) {
  await page.evaluate(async () => {
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await drawn();
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    await drawn();
  });
}

async function violations(page) {
  // Not as a script tag, which the content policy of the page refuses.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // Off unless asked for, and part of WCAG 2.2.
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    });
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ target, failureSummary }) => ({ target: target.join(' '), failureSummary })),
    }));
  });
}
