import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The package file stands beside `src` in the source and beside `dist` once built. */
const packageFile = ['../package.json', '../../package.json']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => readable(url));

function readable(url: URL): boolean {
  try {
    readFileSync(url);
    return true;
  } catch {
    return false;
  }
}

/** Version of Briefdesk, from its package file. */
export const version: string = packageFile
  ? z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version
  : 'unknown';
