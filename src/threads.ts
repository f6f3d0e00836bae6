import { extname } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a module beside another (`import.meta.url` of that one) in a thread of its own. Built code is loaded as it is; from source
 * (tests, the bench) a thread needs the loader that strips types.
 */
export function startThread(name: string, beside: string, options: WorkerOptions): Worker {
  const file = new URL(`./${name}${extname(beside)}`, beside);
  if (extname(file.pathname) !== '.ts') return new Worker(file, options);
  const load = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); })`;
  return new Worker(load, { ...options, eval: true });
}
