import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

// Text needs 4.5:1, edges of what can be pressed 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
const TEXT: readonly (readonly [string, string])[] = [
  ['ink', 'ground'],
  ['ink', 'surface'],
  ['ink', 'raised'],
  ['ink-soft', 'ground'],
  ['ink-soft', 'surface'],
  ['ink-soft', 'raised'],
  ['accent', 'ground'],
  ['accent', 'surface'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['good', 'surface'],
  ['warn', 'surface'],
  ['bad', 'surface'],
  ['bad', 'ground'],
  ['on-bad-fill', 'bad-fill'],
];
const EDGES: readonly (readonly [string, string])[] = [
  ['edge-strong', 'ground'],
  ['edge-strong', 'surface'],
];

const sheet = readFileSync('src/design/tokens.css', 'utf8');

function theme(selector: string): ReadonlyMap<string, string> {
  const start = sheet.indexOf(`${selector} {`);
  const block = sheet.slice(start, sheet.indexOf('}', start));
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

it.each([':root', ":root[data-theme='light']"])('every pair of colours of %s can be told apart', (selector) => {
  const colours = theme(selector);
  const of = ([one, other]: readonly [string, string]) => contrast(colours.get(one) ?? '', colours.get(other) ?? '');

  expect(TEXT.map((pair) => [pair.join(' on '), of(pair)]).filter(([, value]) => !(Number(value) >= 4.5))).toEqual([]);
  expect(EDGES.map((pair) => [pair.join(' on '), of(pair)]).filter(([, value]) => !(Number(value) >= 3))).toEqual([]);
});
