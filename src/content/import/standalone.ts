import { findDates } from './dates.ts';
import { isDescriptor } from './descriptor.ts';
import type { DraftPerson, SourceBlock, SourceDocument } from './model.ts';
import { readName } from './person-name.ts';
import { boldEnd, type Candidate, readPersons, skipSpace, withRole } from './respondent-line.ts';
import { splitRole } from './split-role.ts';

const MAX_LINE = 130;

/** A candidate that has blocks to itself: a name as heading, in bold or alone on its line, with its title beside or below. */
export interface Standalone extends Candidate {
  /** Blocks taken beyond the first: the title below the name. */
  taken: number;
  hasTitle: boolean;
}

/** The name (and title) that stands alone at block `index`, with the words below it. */
export function standaloneName(document: SourceDocument, blocks: readonly SourceBlock[], index: number): Standalone | undefined {
  const block = blocks[index];
  if (block === undefined || block.kind === 'table' || block.kind === 'quote' || block.kind === 'list') return undefined;
  if (block.kind === 'heading' && block.level === 1) return undefined;
  const { text } = document;
  const name = readName(text, block.start, boldEnd(block, block.start, text));
  if (name === undefined || name.end > block.end) return undefined;
  const lineEnd = endOfLine(text, name.end, block.end);
  const bold = block.marks.find((mark) => mark.type === 'bold' && mark.start <= block.start && mark.end >= name.end);
  const kind = block.kind === 'heading' ? `heading ${block.level ?? 1}` : bold ? 'bold' : 'plain';
  const base = {
    start: block.start,
    availability: 'text' as const,
    look: `standalone ${kind}`,
    taken: 0,
    doubts: [],
    rule: `name alone (${kind})`,
  };
  const rest = text.slice(name.end, lineEnd).replace(/:$/, '');
  if ((findDates(rest)[0]?.start ?? MAX_LINE) <= 3) return undefined; // “Folha da Restinga, 9 de outubro de 2026” is a masthead
  if (
    rest.length > MAX_LINE ||
    /[.!?]$/.test(
      text
        .slice(block.start, lineEnd)
        .trim()
        .slice(name.end - block.start),
    )
  )
    return undefined;
  const glued = bold && bold.end <= name.end + 1 && rest !== '' && !/^\s*[,(]/.test(rest) && isDescriptor(rest);
  if (glued)
    return below(document, block, lineEnd, {
      ...base,
      persons: [withRole(name, block.start, rest.trim())],
      hasTitle: true,
      rule: 'bold name glued to its title',
    });
  const persons = readPersons(text, name, name.end + rest.trimEnd().length, block.start);
  if (persons === undefined) return undefined;
  if (rest.trim() !== '') {
    return below(document, block, lineEnd, {
      ...base,
      persons: persons.persons,
      doubts: persons.doubts,
      hasTitle: true,
      rule: `name and title alone (${kind})`,
    });
  }
  return titleBelow(document, blocks, index, { ...base, persons: persons.persons, hasTitle: false }, lineEnd);
}

type Known = Omit<Standalone, 'bodyStart' | 'end' | 'isWeak'>;

/** Words may follow in the same block, on the next line. */
function below({ text }: SourceDocument, block: SourceBlock, lineEnd: number, known: Known): Standalone {
  return { ...known, end: lineEnd, bodyStart: skipSpace(text, lineEnd, block.end), isWeak: !known.hasTitle };
}

function titleBelow(
  document: SourceDocument,
  blocks: readonly SourceBlock[],
  index: number,
  known: Known,
  lineEnd: number,
): Standalone | undefined {
  const { text } = document;
  const block = blocks[index];
  if (block === undefined) return undefined;
  const inBlock = skipSpace(text, lineEnd, block.end);
  if (inBlock < block.end) {
    const titleEnd = endOfLine(text, inBlock, block.end);
    const titles = titleLines(text, block, inBlock, titleEnd);
    if (titles === undefined) return below(document, block, lineEnd, known);
    return below(document, block, titles.end, withTitle(known, titles.lines));
  }
  let following = index + 1;
  while (blocks[following]?.furniture?.page === true) following += 1; // the name was the last line of its page
  const next = blocks[following];
  if (next === undefined || !isTitleBlock(text, next)) return below(document, block, lineEnd, known);
  const lines = text
    .slice(next.start, next.end)
    .split('\n')
    .map((line) => line.trim());
  const titled = withTitle(known, lines);
  return { ...titled, taken: following - index, end: next.end, bodyStart: next.end, isWeak: false };
}

function titleLines(
  text: string,
  block: SourceBlock,
  from: number,
  firstEnd: number,
): { lines: string[]; end: number } | undefined {
  const first = text.slice(from, firstEnd).trim();
  if (!isTitle(first)) return undefined;
  const secondStart = skipSpace(text, firstEnd, block.end);
  const secondEnd = endOfLine(text, secondStart, block.end);
  const second = text.slice(secondStart, secondEnd).trim();
  if (second !== '' && isTitle(second) && /^\p{Lu}/u.test(second)) return { lines: [first, second], end: secondEnd };
  return { lines: [first], end: firstEnd };
}

const isTitle = (line: string): boolean =>
  line.length <= MAX_LINE && line.split(/\s+/).length <= 16 && isDescriptor(line) && !/[.:;,…]$/.test(line);

function isTitleBlock(text: string, block: SourceBlock): boolean {
  if (block.kind !== 'paragraph' && block.kind !== 'heading') return false;
  const lines = text.slice(block.start, block.end).split('\n');
  return lines.length <= 2 && lines.every((line) => isTitle(line.trim())) && readName(text, block.start) === undefined;
}

function withTitle(known: Known, lines: string[]): Known {
  const [first = '', second] = lines;
  const split = splitRole(first);
  const titled = (person: DraftPerson): DraftPerson => {
    if (second !== undefined) return { ...person, role: first, affiliation: second };
    return {
      ...person,
      ...(split.role === undefined ? {} : { role: split.role }),
      ...(split.affiliation === undefined ? {} : { affiliation: split.affiliation }),
    };
  };
  const doubts =
    second !== undefined || split.isSafe
      ? known.doubts
      : [...known.doubts, `“${first}” was kept whole as the role: it has no safe place to split.`];
  return { ...known, persons: known.persons.map(titled), doubts, hasTitle: true, rule: `${known.rule}, title below` };
}

export function endOfLine(text: string, from: number, end: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 || found > end ? end : found;
}
