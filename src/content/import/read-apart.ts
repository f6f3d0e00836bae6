import type { Worker } from 'node:worker_threads';
import { startThread } from '../../threads.ts';
import type { FeedRead } from './feed.ts';
import type { Draft, Hints } from './model.ts';

export interface ReadLimits {
  /** Milliseconds that one document may take. */
  ms: number;
  /** Megabytes by which the process may grow meanwhile. */
  megabytes: number;
}

/** What the thread is asked to read, and what it answers. */
export type Job = { type: 'document'; bytes: Uint8Array; hints: Hints } | { type: 'feed'; bytes: Uint8Array };
export type Answer = { type: 'document'; draft: Draft } | { type: 'feed'; read: FeedRead | undefined };
type AnswerTo<Asked extends Job> = Extract<Answer, { type: Asked['type'] }> | { type: 'none'; reason: string };

const LIMITS: ReadLimits = { ms: 30_000, megabytes: 1000 };
/** How often memory is looked at, and how long an idle thread is kept for the next document. */
const WATCH_MS = 100;
const IDLE_MS = 20_000;

let thread: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Reads in a thread of its own, one job at a time, so that the caller’s thread stays free. Resolves to the answer, or to the reason
 * where it takes too long or too much memory, or breaks.
 */
export function readApart<Asked extends Job>(job: Asked, limits: ReadLimits = LIMITS): Promise<AnswerTo<Asked>> {
  const read = queue.then(() => readNext(job, limits));
  queue = read;
  return read;
}

async function readNext<Asked extends Job>(job: Asked, limits: ReadLimits): Promise<AnswerTo<Asked>> {
  clearTimeout(idle);
  thread ??= startThread('read-thread', import.meta.url, { resourceLimits: { maxOldGenerationSizeMb: LIMITS.megabytes } });
  thread.ref();
  const answer = await answerOf(thread, job, limits);
  if (answer.type === 'none') await endThread();
  else {
    thread.unref();
    idle = setTimeout(() => void endThread(), IDLE_MS).unref();
  }
  return answer;
}

function answerOf<Asked extends Job>(worker: Worker, job: Asked, { ms, megabytes }: ReadLimits): Promise<AnswerTo<Asked>> {
  const { promise, resolve } = whenSettled<AnswerTo<Asked>>();
  const giveUp = (reason: string) => resolve({ type: 'none', reason });
  const before = process.memoryUsage.rss();
  const tooMuch = `The ${job.type} takes more than ${megabytes} MB of memory to read: import it in pieces.`;
  const late = setTimeout(() => giveUp(`The ${job.type} takes longer than ${ms / 1000} s to read: import it in pieces.`), ms);
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() - before > megabytes * 1e6) giveUp(tooMuch);
  }, WATCH_MS);
  const failed = (error: unknown) =>
    giveUp(isOutOfMemory(error) ? tooMuch : `The ${job.type} could not be read: ${words(error)}.`);
  worker.once('message', resolve);
  worker.once('error', failed);
  worker.postMessage(job);
  return promise.finally(() => {
    clearTimeout(late);
    clearInterval(watch);
    // Not removeAllListeners, which takes those away that the worker lives by.
    worker.off('message', resolve);
    worker.off('error', failed);
  });
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

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
