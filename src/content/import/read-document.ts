import { createHash } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../../threads.ts';
import type { Draft, Hints } from './model.ts';
import { refusedDraft } from './refused-draft.ts';

export interface ReadLimits {
  /** Milliseconds that one document may take. */
  ms: number;
  /** Megabytes by which the process may grow meanwhile. */
  megabytes: number;
}

const LIMITS: ReadLimits = { ms: 30_000, megabytes: 1000 };
/** How often memory is looked at, and how long an idle thread is kept for the next document. */
const WATCH_MS = 100;
const IDLE_MS = 20_000;

let thread: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * A draft question out of the bytes of a file: text, Markdown, HTML, CSV, PDF or .docx. Never throws. It works in a thread of its own,
 * one document at a time, so that the caller’s thread stays free, and what takes too long or too much memory is refused.
 */
export function readDocument(bytes: Uint8Array, hints: Hints = {}, limits: ReadLimits = LIMITS): Promise<Draft> {
  const read = queue.then(() => readNext(bytes, hints, limits));
  queue = read;
  return read;
}

async function readNext(bytes: Uint8Array, hints: Hints, limits: ReadLimits): Promise<Draft> {
  clearTimeout(idle);
  thread ??= startThread('read-thread', import.meta.url, { resourceLimits: { maxOldGenerationSizeMb: LIMITS.megabytes } });
  thread.ref();
  const outcome = await answerOf(thread, { bytes, hints }, limits);
  if (typeof outcome !== 'string') {
    thread.unref();
    idle = setTimeout(() => void endThread(), IDLE_MS).unref();
    return outcome;
  }
  await endThread();
  return refusedDraft(outcome, { sha256: createHash('sha256').update(bytes).digest('hex'), type: hints.type ?? 'text' });
}

/** The draft, or why there is none. */
function answerOf(
  worker: Worker,
  document: { bytes: Uint8Array; hints: Hints },
  { ms, megabytes }: ReadLimits,
): Promise<Draft | string> {
  const { promise, resolve } = whenSettled<Draft | string>();
  const before = process.memoryUsage.rss();
  const late = setTimeout(() => resolve(`The document takes longer than ${ms / 1000} s to read: import it in pieces.`), ms);
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() - before > megabytes * 1e6)
      resolve(`The document takes more than ${megabytes} MB of memory to read: import it in pieces.`);
  }, WATCH_MS);
  const failed = (error: unknown) => resolve(failure(error, megabytes));
  worker.once('message', resolve);
  worker.once('error', failed);
  worker.postMessage(document);
  return promise.finally(() => {
    clearTimeout(late);
    clearInterval(watch);
    // Not removeAllListeners, which takes those away that the worker lives by.
    worker.off('message', resolve);
    worker.off('error', failed);
  });
}

const failure = (error: unknown, megabytes: number): string =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? `The document takes more than ${megabytes} MB of memory to read: import it in pieces.`
    : `The document could not be read: ${error instanceof Error ? error.message : String(error)}.`;

/** Promise.withResolvers, which Node has from version 22 on. */
function whenSettled<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function endThread(): Promise<void> {
  const ending = thread;
  thread = undefined;
  await ending?.terminate();
}
