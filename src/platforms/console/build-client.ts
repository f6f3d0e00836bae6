import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const CLIENT = 'src/platforms/console';
const BUILT = 'dist/console/index.html';

/** Builds the browser's half of the console, where a source of it is newer than what was built; needs no network. */
export async function buildClient(root: string): Promise<void> {
  const built = join(root, BUILT);
  const sources = [
    ...['client', 'style', 'archive', 'review'].flatMap((folder) => filesIn(join(root, CLIENT, folder))),
    ...['vite.config.ts', 'package-lock.json', `${CLIENT}/wire.ts`].map((file) => join(root, file)),
  ];
  if (existsSync(built) && Math.max(...sources.map(modified)) < modified(built)) return;
  const { build } = await import('vite');
  // Built aside and then put in place, so that a console that starts meanwhile finds whole pages.
  const dist = join(root, 'dist');
  const place = join(dist, 'console');
  const fresh = join(dist, `console-${process.pid}-new`);
  const stale = join(dist, `console-${process.pid}-old`);
  await build({ configFile: join(root, 'vite.config.ts'), build: { outDir: fresh, emptyOutDir: true } });
  if (existsSync(place)) renameSync(place, stale);
  renameSync(fresh, place);
  rmSync(stale, { recursive: true, force: true });
}

const modified = (file: string): number => statSync(file).mtimeMs;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildClient(process.cwd());
