import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildClient } from '../../src/platforms/console/build-client.ts';

/** Once for all tests: the pages are built, and the browser that came with the packages is unpacked (or CHROMIUM_PATH is used). */
export default async function setUp(project: TestProject): Promise<void> {
  // Vite builds for development where NODE_ENV says something else.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  await buildClient(join(import.meta.dirname, '../..'));
  process.env.NODE_ENV = NODE_ENV;
  const { default: chromium } = await import('@sparticuz/chromium');
  project.provide('chromium', process.env.CHROMIUM_PATH ?? (await chromium.executablePath()));
  project.provide('chromiumFlags', process.env.CHROMIUM_PATH === undefined ? chromium.args : []);
}

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: string;
    chromiumFlags: string[];
  }
}
