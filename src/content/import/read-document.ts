import { createHash } from 'node:crypto';
import type { FeedRead } from './feed.ts';
import { looksLikeFeed } from './looks-like-feed.ts';
import type { Draft, Hints } from './model.ts';
import { type ReadLimits, readApart } from './read-apart.ts';
import { refusedDraft } from './refused-draft.ts';

/**
 * A draft question out of the bytes of a file: text, Markdown, HTML, CSV, PDF or .docx. Never throws. It works in a thread of its own,
 * one document at a time, and what takes too long or too much memory is refused.
 */
export async function readDocument(bytes: Uint8Array, hints: Hints = {}, limits?: ReadLimits): Promise<Draft> {
  const answer = await readApart({ type: 'document', bytes, hints }, limits);
  if (answer.type === 'document') return answer.draft;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return refusedDraft(answer.reason, { sha256, type: hints.type ?? 'text' });
}

/** The same of a feed; undefined where the bytes hold none. */
export async function readFeedDocument(bytes: Uint8Array, limits?: ReadLimits): Promise<FeedRead | undefined> {
  if (!looksLikeFeed(bytes)) return undefined;
  const answer = await readApart({ type: 'feed', bytes }, limits);
  return answer.type === 'feed' ? answer.read : { outcome: 'refused', reason: answer.reason };
}
