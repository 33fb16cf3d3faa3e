import { describe, expect, test } from 'vitest';
import { excesses, inline, loads } from './budget.mjs';

const built = {
  'index.html': { file: 'index.js', css: ['index.css'], imports: ['_shared'], isEntry: true },
  _shared: { file: 'shared.js', css: ['index.css'], imports: [] },
  'node_modules/socket.io-client/index.js': { file: 'sockets.js', isDynamicEntry: true },
  'src/pages/small/Page.tsx': { file: 'small.js', imports: ['_shared', 'index.html'], isDynamicEntry: true },
  'src/pages/large/Page.tsx': { file: 'large.js', css: ['large.css'], imports: ['_shared', '_part'], isDynamicEntry: true },
  _part: { file: 'part.js', imports: ['_shared'] },
  'src/offline/later.ts': { file: 'later.js', isDynamicEntry: true },
};
const sizes = { 'index.js': 100, 'shared.js': 10, 'sockets.js': 20, 'small.js': 1, 'large.js': 5, 'part.js': 2, 'index.css': 7, 'large.css': 3 };

describe('the weight of a page', () => {
  test('is each file once that it starts with, and nothing that comes later', () => {
    expect(loads(built, (file) => sizes[file])).toEqual([
      { page: 'src/pages/large/Page.tsx', scriptBytes: 137, styleBytes: 10, requests: 8 },
      { page: 'src/pages/small/Page.tsx', scriptBytes: 131, styleBytes: 7, requests: 6 },
    ]);
  });

  test('over the budget is named with the page', () => {
    const pages = loads(built, (file) => sizes[file]);
    const budget = { scriptBytes: 136, styleBytes: 10, requests: 8 };

    expect(excesses(pages, budget)).toEqual(['src/pages/large/Page.tsx: scriptBytes is 137, and may be 136']);
    expect(excesses(pages, { ...budget, scriptBytes: 137 })).toEqual([]);
  });
});

test.each([
  ['<script type="module" src="/a.js"></script>', 0],
  ['<script>alert(1)</script>', 1],
  ['<style>p{}</style>', 1],
  ['<p style="color:red" onclick="x()">', 2],
])('script and style in a page are found: %s', (html, count) => {
  expect(inline(html)).toHaveLength(count);
});
