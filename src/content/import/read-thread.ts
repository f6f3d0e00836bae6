import { parentPort } from 'node:worker_threads';
import type { Hints } from './model.ts';
import { readBytes } from './read-bytes.ts';

/** Reads one document after another in a thread of its own; an error that is not a draft ends the thread, as it should. */
parentPort?.on('message', ({ bytes, hints }: { bytes: Uint8Array; hints: Hints }) => {
  void readBytes(bytes, hints).then((draft) => parentPort?.postMessage(draft));
});
