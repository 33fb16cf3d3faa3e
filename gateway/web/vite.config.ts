import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { legalPages } from './scripts/legal.ts';

// The gateway that `npm run dev` talks to.
const gateway = process.env['GATEWAY'] ?? 'http://localhost:3001';
const routes = [
  '/admin',
  '/announcements',
  '/auth',
  '/health',
  '/media',
  '/payment',
  '/referral',
  '/report',
  '/room',
  '/stats',
  '/turn',
  '/uploads',
  '/user',
];

// The gateway lets pages of its own origin in, which those of the development server are not.
const behind = { target: gateway, changeOrigin: true, headers: { origin: gateway } };

export default defineConfig({
  plugins: [react(), legalPages()],
  build: {
    target: 'es2022',
    sourcemap: false,
    // A file of data inside a style sheet or script would be refused by the content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'built.json',
    rolldownOptions: {
      input: { index: 'index.html', worker: 'src/offline/worker.ts' },
      // Browsers compare a service worker with the one before at the same address.
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          // What most pages are made of is one file, instead of one for each part that some two pages share.
          groups: [{ name: 'parts', test: /src\/(api|design|forms|i18n|pages\/form\.module\.css)/, minShareCount: 5 }],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      // Whole names only: /payment is the gateway's, /payment-success is a page.
      ...Object.fromEntries(routes.map((route) => [`^${route}(/|\\?|$)`, behind])),
      '/socket.io': { ...behind, ws: true },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
    setupFiles: ['src/testing/setup.ts'],
    testTimeout: 60_000,
    restoreMocks: true,
    css: false,
  },
});
