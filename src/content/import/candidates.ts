import { fold } from '../../search/tokens.ts';
import { absentIn, listedIn } from './absent.ts';
import type { DraftPerson, SourceBlock, SourceDocument } from './model.ts';
import { readName } from './person-name.ts';
import { BIO_HEADING, BOARD_HEADING, QUESTION_LABEL, QUESTION_LETTER } from './phrases.ts';
import { openerOf } from './quotation.ts';
import { type Candidate, respondentLine } from './respondent-line.ts';
import { bioSentence, dashSignature, trailingSignature } from './signature.ts';
import { type Standalone, standaloneName } from './standalone.ts';

/** What each block could be, before anything is decided. */
export interface Candidates {
  lines: (Candidate | undefined)[];
  standalones: (Standalone | undefined)[];
  signatures: (Candidate | undefined)[];
  trailing: (Candidate | undefined)[];
  bios: (Candidate | undefined)[];
  /** Persons whom the document names in full in one of its lines, bios or lists. */
  known: DraftPerson[];
}

export function findCandidates(document: SourceDocument, blocks: readonly SourceBlock[]): Candidates {
  const { text } = document;
  const dotted = blocks.some((block) => /^[QP]\.\s/.test(text.slice(block.start, block.start + 4)));
  const isWord = (block: SourceBlock) =>
    !block.furniture && block.kind !== 'rule' && block.kind !== 'table' && block.kind !== 'caption';
  const each = <Found>(find: (block: SourceBlock, index: number) => Found | undefined) =>
    blocks.map((block, index) => (isWord(block) && block.kind !== 'quote' ? find(block, index) : undefined));
  const bios = each((block) => bioSentence(document, block));
  const lines = each((block, index) =>
    isQuestionLabel(text, block) || bios[index] ? undefined : respondentLine(document, block, block.start, dotted),
  );
  const standalones = each((_block, index) =>
    lines[index] === undefined || lines[index]?.short ? standaloneName(document, blocks, index) : undefined,
  );
  const signatures = each((block) => dashSignature(document, block));
  const trailing = blocks.map((block, index) =>
    isWord(block) && signatures[index] === undefined ? trailingSignature(document, block) : undefined,
  );
  const named = blocks.flatMap((block) =>
    isWord(block)
      ? [...(listedIn(text, block)?.persons ?? []), ...(absentIn(text, block) ?? []).flatMap((one) => one.persons)]
      : [],
  );
  const strong = [...lines, ...bios, ...standalones.map((one) => (one?.hasTitle ? one : undefined))];
  const known = [...strong.flatMap((one) => (one && !one.isWeak && one.availability === 'text' ? one.persons : [])), ...named];
  return { lines, standalones, signatures, trailing, bios, known };
}

/** A label of a question, and not the initial of a name (“P. Ortiz, director at …”). */
export function isQuestionLabel(text: string, block: SourceBlock): boolean {
  const opening = text.slice(block.start, Math.min(block.end, block.start + 2200));
  if (QUESTION_LABEL.test(opening)) return true;
  if (!QUESTION_LETTER.test(opening)) return false;
  return /^[QP]\d{0,2}\s?(?:\.:|:)/.test(opening) || readName(opening, 0) === undefined;
}

export type Mode = 'line' | 'standalone' | 'after' | 'after-bio' | 'mixed';

/** Where this document puts its names; `mixed` where some stand before and others after the words. */
export function modeOf(candidates: Candidates, document: SourceDocument, blocks: readonly SourceBlock[]): Mode {
  const outside = backMatter(document, blocks);
  const count = (found: readonly (Candidate | undefined)[], is: (one: Candidate) => boolean) =>
    found.filter((one, index) => one && index < outside && is(one)).length;
  const lines = count(candidates.lines, (one) => !one.isWeak && one.persons.length > 0);
  const anonymous = count(candidates.lines, (one) => one.persons.length === 0 && one.short === undefined);
  const before = new Set(candidates.lines.flatMap((one) => one?.persons ?? []).map((person) => fold(person.display)));
  const differs = (one: Candidate) => one.persons.some((person) => !before.has(fold(person.display)));
  const after = [...candidates.signatures, ...candidates.trailing];
  const signatures = after.filter((one) => one !== undefined).length;
  if (lines > 0) return after.some((one) => one && differs(one)) && anonymous === 0 ? 'mixed' : 'line';
  if (signatures > 0) return anonymous > 0 ? 'line' : 'after';
  if (count(candidates.standalones, (one) => isStrongStandalone(one)) > 0) return 'standalone';
  if (anonymous > 0) return 'line';
  if (count(candidates.bios, () => true) > 0 && candidates.lines.every((one) => one === undefined)) return 'after-bio';
  return candidates.standalones.some((one) => one !== undefined) ? 'standalone' : 'line';
}

const isStrongStandalone = (one: Candidate): boolean =>
  'hasTitle' in one && (one.hasTitle === true || one.look.includes('heading'));

/** Index of the heading from which on names are those of bios or a board. */
export function backMatter({ text }: SourceDocument, blocks: readonly SourceBlock[]): number {
  const found = blocks.findLastIndex((block) => {
    const words = text.slice(block.start, block.end);
    return words.length < 60 && (BIO_HEADING.test(words) || BOARD_HEADING.test(words));
  });
  return found < blocks.length / 3 ? blocks.length : found;
}

/** What lines of one document have in common: weight, shape, “said”, quotation. */
export function lookOf(candidate: Candidate, text: string): string {
  const look = candidate.look.replace(/label |topic /g, '');
  const opener = openerOf(text.slice(candidate.bodyStart, candidate.bodyStart + 40));
  return `${look} ${opener === undefined ? 'plain' : 'quoted'}`;
}

/** The look that most candidates share; where two are as common, the first. */
export function commonLook(candidates: readonly Candidate[], text: string): string | undefined {
  const counts = new Map<string, number>();
  for (const one of candidates) counts.set(lookOf(one, text), (counts.get(lookOf(one, text)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** The one person of the document whom a surname or initials fit; undefined where none or several do. */
export function resolveShort(short: string, known: readonly DraftPerson[], text: string): DraftPerson | undefined {
  const called = short.replace(/^(?:(?:Prof(?:essora?|esora?|a)?|Dra?|Mr|Mrs|Ms|Sir|Sra?|Amb|Sen)\.?\s+)/u, '').trim();
  const isInitials = /^(?:\p{Lu}\.?\s?){2,4}$/u.test(called);
  const initials = called.replace(/[.\s]/g, '');
  const fits = (display: string) =>
    isInitials
      ? display
          .split(/[\s-]+/)
          .map((word) => (/^\p{Lu}/u.test(word) ? word.charAt(0) : ''))
          .join('') === initials
      : fold(display).endsWith(` ${fold(called)}`) || fold(display).includes(` ${fold(called)} `);
  const fitting = new Map(known.filter((person) => fits(person.display)).map((person) => [fold(person.display), person]));
  if (fitting.size !== 1) return undefined;
  const [only] = fitting.values();
  return only && !isInitials && hasNamesake(called, only, text) ? undefined : only;
}

/** Whether the document speaks of somebody else of that name. */
function hasNamesake(called: string, person: DraftPerson, text: string): boolean {
  const pattern = new RegExp(
    `(?:(?<![\\p{L}])\\p{Lu}[\\p{L}.’'-]*\\s){1,3}${called.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\p{L})`,
    'gu',
  );
  return [...text.matchAll(pattern)].some((found) => {
    const name = readName(found[0], 0);
    return (
      name !== undefined &&
      !fold(name.display).includes(fold(person.display)) &&
      !fold(person.display).includes(fold(name.display))
    );
  });
}
