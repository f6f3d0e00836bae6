import { defineConfig } from 'vitest/config';
import reporter from './test/support/reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/browser-setup.ts'],
    reporters: [reporter()],
    // A test left focused would hide the others.
    allowOnly: false,
  },
});
