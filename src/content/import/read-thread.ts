import { parentPort } from 'node:worker_threads';
import type { Answer, Job } from './read-apart.ts';
import { readBytes } from './read-bytes.ts';

/** Reads one job after another in a thread of its own; an error that is no answer ends the thread, as it should. */
parentPort?.on('message', (job: Job) => {
  void answerTo(job).then((answer) => parentPort?.postMessage(answer));
});

/** The library for feeds is large: it is loaded when the first feed comes. */
const answerTo = async (job: Job): Promise<Answer> =>
  job.type === 'document'
    ? { type: 'document', draft: await readBytes(job.bytes, job.hints) }
    : { type: 'feed', read: (await import('./feed.ts')).readFeed(job.bytes) };
