import { parentPort, workerData } from 'node:worker_threads';
import { type Batch, type FileToRead, prepare } from './prepare.ts';

/** What the thread answers each time that it is asked for the next batch. */
export type Prepared = { type: 'batch'; batch: Batch } | { type: 'end' } | { type: 'failed'; error: unknown };

const { files, now }: { files: FileToRead[]; now: number } = workerData;
const batches = prepare(files, now);

parentPort?.on('message', () => {
  void batches
    .next()
    .then(
      ({ value, done }): Prepared => (done === true ? { type: 'end' } : { type: 'batch', batch: value }),
      (error: unknown): Prepared => ({ type: 'failed', error }),
    )
    .then((prepared) => parentPort?.postMessage(prepared));
});
