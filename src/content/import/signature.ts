import { isDescriptor } from './descriptor.ts';
import type { SourceBlock, SourceDocument, Span } from './model.ts';
import { readName } from './person-name.ts';
import { type Candidate, readPersons, withRole } from './respondent-line.ts';
import { splitRole } from './split-role.ts';

const DASH = /^(?:—|–|―|--|~)\s*/u;
const HANDLE = /\s*\(@\w{1,30}\)[^\n]{0,60}$/u;
const BIO = /^\s+(?:is|was|es|é|fue|foi)\s+(?:an?\s+|the\s+|una?\s+|el\s+|la\s+|uma?\s+|o\s+|a\s+)?/u;

/** “— Name, title at Org”, alone in its block (or from `from` to its end). */
export function dashSignature({ text }: SourceDocument, block: Span, from = block.start): Candidate | undefined {
  const dash = DASH.exec(text.slice(from, from + 6))?.[0];
  if (dash === undefined || block.end - from > 300) return undefined;
  const at = from + dash.length;
  const name = readName(text, at);
  if (name === undefined || name.end > block.end) return undefined;
  const handle = HANDLE.exec(text.slice(name.end, block.end));
  const end = handle === null ? block.end : name.end + handle.index;
  const persons = readPersons(
    text,
    name,
    end - (text.charAt(end - 1) === '.' && !/\p{Lu}\.$/u.test(text.slice(0, end)) ? 1 : 0),
    at,
  );
  if (persons === undefined) return undefined;
  return {
    start: from,
    end: block.end,
    ...persons,
    availability: 'text',
    bodyStart: block.end,
    look: 'dash after',
    isWeak: false,
    rule: 'signature after the text',
  };
}

/** Whether a line of a block begins as a signature does, although the block is none: its words are not surely one person’s. */
export function resemblesSignature({ text }: SourceDocument, block: Span): boolean {
  const lines = text.slice(block.start, block.end).matchAll(/(?:^|[\n”»"])[ \t]*(?:—|–|―|--)[ \t]*(?=\p{Lu})/gu);
  return [...lines].some((found) => readName(text, block.start + found.index + found[0].length) !== undefined);
}

/** A signature that closes a paragraph: “… the end.” — Name, title at Org. */
export function trailingSignature(document: SourceDocument, block: Span): Candidate | undefined {
  const window = Math.max(block.start, block.end - 300);
  const found = [...document.text.slice(window, block.end).matchAll(/(?:[”»"]|\n)\s*(?=[—–―]\s*\p{Lu})/gu)].at(-1);
  if (found === undefined) return undefined;
  return dashSignature(document, block, window + found.index + found[0].length);
}

/** “Name is a title at Org.”, one sentence alone in its block: a bio, or the name of whoever wrote the text above. */
export function bioSentence({ text }: SourceDocument, block: SourceBlock): Candidate | undefined {
  if (block.end - block.start > 420 || block.kind === 'table') return undefined;
  const name = readName(text, block.start);
  if (name === undefined || name.end > block.end) return undefined;
  const is = BIO.exec(text.slice(name.end, name.end + 20))?.[0];
  if (is === undefined) return undefined;
  const descriptor = text
    .slice(name.end + is.length, block.end)
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '');
  if (!isDescriptor(descriptor) || /[.!?]\s+\p{Lu}\p{L}{3}/u.test(descriptor)) return undefined;
  const doubts = splitRole(descriptor).isSafe
    ? []
    : [`“${descriptor}” was kept whole as the role: it has no safe place to split.`];
  return {
    start: block.start,
    end: block.end,
    persons: [withRole(name, block.start, descriptor)],
    availability: 'text',
    bodyStart: block.end,
    look: 'bio after',
    isWeak: false,
    doubts,
    rule: 'sentence after the text that says who the author is',
  };
}
