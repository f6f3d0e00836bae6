import { createHash } from 'node:crypto';
import { assemble } from './assemble.ts';
import { interleavedColumns } from './columns.ts';
import { readCsv } from './csv.ts';
import { decode } from './decode.ts';
import { readHtml } from './html.ts';
import { lineNumbers } from './line-numbers.ts';
import { readMarkdown } from './markdown.ts';
import type { Doubt, Draft, Hints, SourceDocument, SourceType } from './model.ts';
import { type Origin, refusedDraft } from './refused-draft.ts';
import { assignRoles } from './roles.ts';
import { readText } from './text.ts';

export const MAX_BYTES = 20 * 1024 * 1024;
const MAX_CHARS = 2_000_000;
const MAX_BLOCKS = 6000;
const MAX_LINES_OF_NAMES = 600;
const MIN_LETTERS = 20;

/**
 * A draft question out of the bytes of a text, Markdown, HTML or CSV file. Never throws: what cannot be read is refused with the
 * reason. Names are only those that the document gives to the words right there; everything else stays unassigned for review.
 */
export function importDocument(bytes: Uint8Array, hints: Hints = {}): Draft {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const type = hints.type ?? 'text';
  try {
    if (bytes.length > MAX_BYTES) return refusedDraft('The file is larger than 20 MB.', { sha256, type });
    const decoded = decode(bytes);
    if (decoded.outcome === 'refused') return refusedDraft(decoded.reason, { sha256, type });
    const known = hints.type ?? sourceType(decoded.text, hints.name);
    const read = readAs(known, decoded.text);
    if ('refused' in read) return refusedDraft(read.refused, { sha256, type: known });
    const { repairs = [], doubts: unsure = [] } = hints.earlier ?? {};
    const doubts = [...unsure, ...decoded.doubts].map((message): Doubt => ({ message, weight: 'review', start: 0, end: 0 }));
    const document = { ...read, repairs: [...repairs, ...decoded.repairs, ...read.repairs], doubts: [...doubts, ...read.doubts] };
    return draftDocument(document, hints, { sha256, type: known });
  } catch (error) {
    return refusedDraft(`The document could not be read: ${error instanceof Error ? error.message : String(error)}.`, {
      sha256,
      type,
    });
  }
}

/** A draft out of a document that any reader has given; the readers of other formats end here too. */
export function draftDocument(document: SourceDocument, hints: Hints, origin: Origin): Draft {
  if ((document.text.match(/\p{L}/gu)?.length ?? 0) < MIN_LETTERS) return refusedDraft('The document holds no text.', origin);
  if (document.text.length > MAX_CHARS)
    return refusedDraft(`The text is longer than ${MAX_CHARS.toLocaleString('en')} characters.`, origin);
  if (document.blocks.length > MAX_BLOCKS)
    return refusedDraft(`The text has more than ${MAX_BLOCKS.toLocaleString('en')} paragraphs.`, origin);
  const columns =
    origin.type === 'text' || origin.type === 'pdf' || origin.type === 'docx' ? interleavedColumns(document.text) : undefined;
  if (columns !== undefined) return { ...refusedDraft(columns, origin), text: document.text };
  const scene = assignRoles(document, MAX_LINES_OF_NAMES);
  if (scene === undefined)
    return refusedDraft(`The text has more than ${MAX_LINES_OF_NAMES} lines that name somebody: import it in pieces.`, origin);
  const draft = assemble(scene, document, hints);
  const lineOf = lineNumbers(document.text);
  const doubts = draft.doubts.map((one) => ({ ...one, line: lineOf(one.start) }));
  const reasons = [...new Set(doubts.filter((one) => one.weight === 'review').map((one) => one.message))];
  const hasWords = draft.responses.length > 0 || draft.further.some((one) => one.responses.length > 0);
  const { text: asked, rule } = draft.question;
  // A title that asks nothing, over words that nobody gives: any page has as much.
  if ((asked === undefined || (rule === 'title only' && !asked.includes('?'))) && !hasWords) {
    return {
      ...draft,
      ...origin,
      doubts,
      outcome: 'refused',
      reasons: ['The document holds neither a question nor a response that can be told.'],
    };
  }
  if (!hasWords) reasons.push('The document holds no response that can be told.');
  return { ...draft, ...origin, doubts, outcome: reasons.length === 0 ? 'ok' : 'review', reasons };
}

/** What kind of text a file holds, by its name, else by its first words. */
export function sourceType(text: string, name: string | undefined): SourceType {
  const extension = /\.(\w{2,8})$/.exec(name ?? '')?.[1]?.toLowerCase();
  if (extension === 'html' || extension === 'htm' || extension === 'xhtml') return 'html';
  if (extension === 'md' || extension === 'markdown') return 'markdown';
  if (extension === 'csv' || extension === 'tsv') return 'csv';
  if (extension === 'txt' || extension === 'text') return 'text';
  const opening = text.slice(0, 2000);
  if (/^\s*(?:<!doctype html|<html|<\?xml|<(?:article|main|body|div|section|p|h[1-6])[\s>])/i.test(opening)) return 'html';
  return /^#{1,6} \S|^---\n[\s\S]{0,800}\n---\n|\*\*[^*\n]{2,80}\*\*|^> /m.test(opening) ? 'markdown' : 'text';
}

function readAs(type: SourceType, text: string): SourceDocument | { refused: string } {
  switch (type) {
    case 'html': {
      const read = readHtml(text);
      return read.outcome === 'read' ? read.document : { refused: read.reason };
    }
    case 'markdown':
      return readMarkdown(text);
    case 'csv':
      return readCsv(text);
    case 'text':
      return readText(text);
    case 'pdf':
    case 'docx':
    case 'feed':
      return { refused: `A file of type ${type} is not text.` };
  }
}
