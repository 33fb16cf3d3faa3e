// Draws the icons of installed clients from the mark; run it after a change of public/icons/mark.svg.
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { chromiumPath } from './chromium.mjs';

const icons = new URL('../public/icons/', import.meta.url);
const mark = await readFile(new URL('mark.svg', icons), 'utf8');
// Whole to the edge: systems cut the corners themselves.
const square = mark.replace('rx="16" ', '');
const browser = await chromium.launch({ executablePath: await chromiumPath(), args: ['--no-sandbox'] });
for (const [name, size, drawing] of [
  ['192.png', 192, mark],
  ['512.png', 512, mark],
  ['maskable.png', 512, square],
  ['touch.png', 180, square],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
  await writeFile(new URL(name, icons), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
