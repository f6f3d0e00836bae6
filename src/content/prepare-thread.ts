import { parentPort, workerData } from 'node:worker_threads';
import { type FileToRead, prepare } from './prepare.ts';

/** One batch for each time it is asked, nothing after the last; an error ends the thread, and so the load. */
const { files, now }: { files: FileToRead[]; now: number } = workerData;
const batches = prepare(files, now);

parentPort?.on('message', () => {
  void batches.next().then(({ value }) => parentPort?.postMessage(value));
});
