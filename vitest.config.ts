import { defineConfig } from 'vitest/config';
import reporter from './test/support/reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/browser-setup.ts'],
    reporters: [reporter()],
    // Browsers, sockets and killed processes need longer on a busy machine; nothing waits this long when all is well.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test left focused would hide the others.
    allowOnly: false,
  },
});
