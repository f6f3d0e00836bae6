import { on } from 'node:events';
import { startThread } from '../threads.ts';
import { type Batch, type FileToRead, prepare } from './prepare.ts';
import type { Prepared } from './prepare-thread.ts';

/** So much (bytes) is read at once: a thread takes longer to start. */
const FEW_BYTES = 200_000;
/** Batches that the thread is ahead by. */
const AHEAD = 3;

/** What `prepare` gives, out of a thread of its own where there is much to read. Ends the thread in any case. */
export async function* prepareApart(files: readonly FileToRead[], now: number): AsyncGenerator<Batch> {
  if (files.reduce((bytes, { found }) => bytes + found.size, 0) <= FEW_BYTES) return yield* prepare(files, now);
  const thread = startThread('prepare-thread', import.meta.url, { workerData: { files, now } });
  // Also while nobody listens any more: an error that nobody hears ends the process.
  thread.on('error', () => undefined);
  try {
    for (let asked = 0; asked < AHEAD; asked += 1) thread.postMessage('next');
    for await (const answers of on(thread, 'message', { close: ['exit'] })) {
      const [prepared]: Prepared[] = answers;
      if (!prepared || prepared.type === 'end') return;
      if (prepared.type === 'failed') throw prepared.error;
      thread.postMessage('next');
      yield prepared.batch;
    }
    throw new Error('the thread that reads the content files has ended');
  } finally {
    await thread.terminate();
  }
}
