import { colonAfter, isDescriptor, withoutSaid } from './descriptor.ts';
import type { DraftPerson, SourceBlock, SourceDocument, Span } from './model.ts';
import { isNoPerson } from './not-persons.ts';
import { draftPerson, type ReadName, readName } from './person-name.ts';
import { ANONYMOUS, ANSWER_LABEL, ANSWER_LETTER, BARE_ANSWER_LETTER, DOTTED_ANSWER_LETTER } from './phrases.ts';
import { openerOf } from './quotation.ts';
import { splitRole } from './split-role.ts';

/** A stretch of the text that says who answers, before or after the words. */
export interface Candidate extends Span {
  /** Empty: the source gives no name here. */
  persons: DraftPerson[];
  availability: 'text' | 'unnamed' | 'anonymous';
  label?: string;
  /** Offset of the first word of the response; the end of the block where the words stand in the next one. */
  bodyStart: number;
  /** What the line looks like; lines of one document look alike. */
  look: string;
  /** Not enough on its own: a name and a colon alone may be a heading. */
  isWeak: boolean;
  /** Surname or initials that only the document itself can complete. */
  short?: string;
  doubts: string[];
  rule: string;
}

const MAX_LINE = 420;
const JOINT = /(?:([,;])\s+(?:(?:and|&|y|e)\s+)?|\s+(?:and|&|y|e)\s+)(?=\p{Lu})/gu;
const BOTH =
  /,?\s*(?:both|all|ambos|ambas|todos|todas)\s+(?:at|of|with|from|de|da|do|en|na|no)\s+(?:the\s+|la\s+|el\s+|a\s+|o\s+)?(\p{Lu}.{1,120})$/u;

/** The respondent line that opens a block at `from` and ends in a colon or a dash; undefined where there is none. */
export function respondentLine(
  document: SourceDocument,
  block: SourceBlock,
  from: number,
  dotted: boolean,
): Candidate | undefined {
  const { text } = document;
  const label = answerLabel(text.slice(from, Math.min(block.end, from + 60)), dotted);
  const topic = /^\((?:on|sobre) [^)\n]{2,60}\)\s+/iu.exec(text.slice(from + label.length, from + label.length + 80))?.[0] ?? '';
  const at = from + label.length + topic.length;
  const limit = Math.min(block.end, at + MAX_LINE);
  const name = readName(text, at, boldEnd(block, at, text));
  const look = `${label === '' ? '' : 'label '}${topic === '' ? '' : 'topic '}${isBold(block, at) ? 'bold ' : ''}`;
  if (name === undefined) return nameless(text, { from, at, limit, hasLabel: label !== '', look, end: block.end });
  const start = { from, at, look, block };
  return (
    afterColon(text, name, limit, { ...start, hasLabel: label !== '' }) ??
    afterDash(text, name, limit, start) ??
    afterItalics(text, name, start)
  );
}

function answerLabel(opening: string, dotted: boolean): string {
  const found = ANSWER_LABEL.exec(opening)?.[0] ?? ANSWER_LETTER.exec(opening)?.[0];
  if (found !== undefined) return found;
  const bare = BARE_ANSWER_LETTER.exec(opening)?.[0];
  if (bare !== undefined && readName(opening, bare.length) !== undefined) return bare;
  return (dotted ? DOTTED_ANSWER_LETTER.exec(opening)?.[0] : undefined) ?? '';
}

/** Where bold ends in the middle of a word, markup has glued a title to the name: the name ends there. */
export function boldEnd(block: SourceBlock, at: number, text: string): number | undefined {
  const bold = block.marks.find((mark) => mark.type === 'bold' && mark.start <= at && mark.end > at + 3 && mark.end < block.end);
  return bold && /[\p{L}\p{N}]/u.test(text.charAt(bold.end)) && /[\p{L}\p{N}.]/u.test(text.charAt(bold.end - 1))
    ? bold.end
    : undefined;
}

const isBold = (block: SourceBlock, at: number): boolean =>
  block.kind === 'heading' || block.marks.some((mark) => mark.type === 'bold' && mark.start <= at && mark.end > at + 3);

function nameless(
  text: string,
  {
    from,
    at,
    limit,
    hasLabel,
    look,
    end,
  }: { from: number; at: number; limit: number; hasLabel: boolean; look: string; end: number },
): Candidate | undefined {
  const base = { start: from, persons: [], doubts: [], isWeak: false };
  const colon = colonAfter(text, at, limit);
  if (colon !== undefined && ANONYMOUS.test(text.slice(at, colon)) && !/[.!?]\s/.test(text.slice(at, colon))) {
    const label = withoutSaid(text.slice(at, colon)).text.replace(/\s+/g, ' ').replace(/,$/, '').trim();
    return {
      ...base,
      end: colon + 1,
      availability: 'anonymous',
      label,
      bodyStart: skipSpace(text, colon + 1, end),
      look: `${look}colon`,
      rule: 'line with a request not to be named',
    };
  }
  if (hasLabel)
    return {
      ...base,
      end: at,
      availability: 'unnamed',
      bodyStart: skipSpace(text, at, end),
      look: `${look}unnamed`,
      rule: 'answer label without a name',
    };
  const short =
    /^((?:(?:Prof(?:essora?|esora?|a)?|Dra?|Mr|Mrs|Ms|Sir|Sra?|Amb|Sen)\.?\s+)?\p{Lu}[\p{L}’'-]+|\p{Lu}{2,4}|(?:\p{Lu}\.\s?){2,4})(,? (?:says|said|responds|dice|responde|diz|disse))?:(?=[\s“"«])/u.exec(
      text.slice(at, limit),
    );
  const [whole = '', called = '', said] = short ?? [];
  if (short === null || isNoPerson(called)) return undefined;
  return {
    ...base,
    end: at + whole.length,
    availability: 'text',
    short: called,
    isWeak: true,
    bodyStart: skipSpace(text, at + whole.length, end),
    look: `${look}short${said === undefined ? '' : ' said'}`,
    rule: 'surname or initials before a colon',
  };
}

interface Start {
  from: number;
  at: number;
  look: string;
  block: SourceBlock;
}

function afterColon(text: string, name: ReadName, limit: number, start: Start & { hasLabel: boolean }): Candidate | undefined {
  const colon = colonAfter(text, name.end, limit);
  if (colon === undefined || (text.slice(name.end, colon).match(/\n/g) ?? []).length > 2) return undefined;
  if (/^[ \t]*\n/.test(text.slice(name.end, colon))) return undefined;
  const spoken = withoutSaid(text.slice(name.end, colon));
  const persons = readPersons(text, name, name.end + spoken.text.length, start.at);
  if (persons === undefined) return undefined;
  const bodyStart = skipSpace(text, colon + 1, start.block.end);
  const isBare = spoken.text.trim() === '';
  const opens = openerOf(text.slice(bodyStart, bodyStart + 2)) !== undefined;
  return {
    start: start.from,
    end: colon + 1,
    persons: persons.persons,
    availability: 'text',
    bodyStart,
    look: `${start.look}colon${spoken.said ? ' said' : ''}`,
    isWeak: isBare && !start.hasLabel && !start.look.includes('bold') && !opens,
    doubts: persons.doubts,
    rule: `${start.look.includes('label') ? 'answer label, ' : ''}${start.look.includes('bold') ? 'bold ' : ''}name${isBare ? '' : ', title'} and colon`,
  };
}

function afterDash(text: string, name: ReadName, limit: number, { from, at, look, block }: Start): Candidate | undefined {
  const dash = /\s[—–]\s*(?=[“«"])/u.exec(text.slice(name.end, limit));
  if (dash === null) return undefined;
  const persons = readPersons(text, name, name.end + dash.index, at);
  if (persons === undefined) return undefined;
  const bodyStart = skipSpace(text, name.end + dash.index + dash[0].length, block.end);
  return {
    start: from,
    end: bodyStart,
    ...persons,
    availability: 'text',
    bodyStart,
    look: `${look}dash`,
    isWeak: false,
    rule: 'name, title and dash before a quotation',
  };
}

/** “**Name** *title at Org* text”: the markup alone tells where the title ends. */
function afterItalics(text: string, name: ReadName, { from, at, look, block }: Start): Candidate | undefined {
  const bold = block.marks.find(
    (mark) => mark.type === 'bold' && mark.start <= at && mark.end >= name.end && mark.end <= name.end + 2,
  );
  const italic =
    bold && block.marks.find((mark) => mark.type === 'italic' && mark.start >= bold.end && mark.start <= bold.end + 3);
  if (italic === undefined || italic.end >= block.end) return undefined;
  const title = text.slice(italic.start, italic.end).replace(/[\s:,]+$/, '');
  if (!isDescriptor(title)) return undefined;
  const bodyStart = skipSpace(text, italic.end, block.end);
  const line = { start: from, end: italic.end };
  return {
    ...line,
    persons: [withRole(name, at, title)],
    availability: 'text',
    bodyStart,
    look: `${look}italics`,
    isWeak: false,
    doubts: notes(title),
    rule: 'bold name, title in italics',
  };
}

const notes = (descriptor: string): string[] =>
  splitRole(descriptor).isSafe
    ? []
    : [`“${descriptor.replace(/\s+/g, ' ').trim()}” was kept whole as the role: it has no safe place to split.`];

/** The persons named between `name` and `end`, with their titles; undefined where the words are no titles. */
export function readPersons(
  text: string,
  name: ReadName,
  end: number,
  at: number,
): { persons: DraftPerson[]; doubts: string[] } | undefined {
  const tail = text.slice(name.end, end);
  const shared = BOTH.exec(tail);
  const limit = shared === null ? end : name.end + shared.index;
  const pieces = [{ name, at, end: name.end }];
  let previous = name;
  for (const joint of text.slice(name.end, limit).matchAll(JOINT)) {
    const nameAt = name.end + joint.index + joint[0].length;
    if (nameAt < previous.end) continue;
    const next = readName(text, nameAt);
    const isDirect = name.end + joint.index === previous.end;
    const hasWord = /\p{L}/u.test(joint[0]);
    if (next === undefined || next.end > limit || (joint[1] === undefined && !isDirect) || (!hasWord && joint[1] !== ';'))
      continue;
    if (!/^(?:,\s+\p{Ll}|\s*\(|;|,?$|,?\s+(?:and|y|e|&)\s)/u.test(text.slice(next.end, limit)) && next.end < limit) continue;
    const last = pieces.at(-1);
    if (last) last.end = name.end + joint.index;
    pieces.push({ name: next, at: nameAt, end: limit });
    previous = next;
  }
  const last = pieces.at(-1);
  if (last) last.end = limit;
  const descriptors = pieces.map((piece) => ({
    ...piece,
    descriptor: text.slice(piece.name.end, piece.end).replace(/^[\s,]+|[\s,;]+$/g, ''),
  }));
  if (!/^\s*(?:[,(;]|$|(?:of|at|de|da|do|and|y|e|&)\s|,)/u.test(tail)) return undefined;
  if (!descriptors.every(({ descriptor }) => descriptor === '' || isDescriptor(descriptor))) return undefined;
  const persons = descriptors.map((piece) => {
    const person = withRole(piece.name, piece.at, piece.descriptor);
    return shared === null
      ? person
      : { ...person, ...(piece.descriptor === '' ? {} : { role: piece.descriptor }), affiliation: shared[1] ?? '' };
  });
  return { persons, doubts: shared === null ? descriptors.flatMap(({ descriptor }) => notes(descriptor)) : [] };
}

export function withRole(name: ReadName, at: number, descriptor: string): DraftPerson {
  const { role, affiliation } = splitRole(descriptor);
  const person = draftPerson(name, { start: at, end: name.end });
  return { ...person, ...(role === undefined ? {} : { role }), ...(affiliation === undefined ? {} : { affiliation }) };
}

export function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/.test(text.charAt(at))) at += 1;
  return at;
}
