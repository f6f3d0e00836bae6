import { on } from 'node:events';
import { startThread } from '../threads.ts';
import { type Batch, type FileToRead, prepare } from './prepare.ts';

/** So much (bytes) is read at once: a thread takes longer to start. */
const FEW_BYTES = 200_000;
/** Batches that the thread is ahead by. */
const AHEAD = 3;

/** What `prepare` gives, out of a thread of its own where there is much to read. Ends the thread in any case. */
export async function* prepareApart(files: readonly FileToRead[], now: number): AsyncGenerator<Batch> {
  if (files.reduce((bytes, { found }) => bytes + found.size, 0) <= FEW_BYTES) return yield* prepare(files, now);
  const thread = startThread('prepare-thread', import.meta.url, { workerData: { files, now } });
  try {
    for (let asked = 0; asked < AHEAD; asked += 1) thread.postMessage('next');
    for await (const [batch] of on(thread, 'message')) {
      if (batch === undefined) return;
      thread.postMessage('next');
      yield batch;
    }
  } finally {
    await thread.terminate();
  }
}
