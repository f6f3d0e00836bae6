import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, 'src/platforms/console/client');

/** The browser's half of the console; every file is served from here, so nothing is put into the page where the CSP forbids it. */
export default defineConfig({
  root,
  plugins: [preact({ devToolsEnabled: false })],
  resolve: { alias: { 'lit/directives/style-map.js': join(root, 'style-map.ts') } },
  logLevel: 'warn',
  build: {
    outDir: join(import.meta.dirname, 'dist/console'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [
        join(root, 'index.html'),
        join(root, 'login.html'),
        join(root, '../archive/archive.css'),
        join(root, '../review/review.css'),
      ],
      // These pages are written by the server, which knows no hashes.
      output: {
        assetFileNames: ({ names }) =>
          /^(archive|review)\.css$/.test(names[0] ?? '') ? 'assets/[name][extname]' : 'assets/[name]-[hash][extname]',
      },
    },
  },
});
