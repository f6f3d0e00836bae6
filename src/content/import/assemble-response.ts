import { detectLanguage } from './language.ts';
import type { DraftParagraph, DraftPerson, DraftResponse, Span } from './model.ts';
import { CLOSERS, openerOf, resumes } from './quotation.ts';
import type { Repairer } from './repair.ts';
import { type ClosedResponse, doubt, leaveUnassigned, type Scene } from './scene.ts';

const MIN_LANGUAGE_CHARS = 200;

/** A response with its words repaired and checked against the source; none where the check fails. */
export function assembleResponse(
  scene: Scene,
  closed: ClosedResponse,
  { repair, language }: { repair: Repairer; language: string | undefined },
): DraftResponse[] {
  const { candidate } = closed;
  const paragraphs = joinPages(scene, closed, withoutQuotation(scene, closed)).map((piece) => {
    const text = repair.mend(piece.raw, piece);
    return { text, start: piece.start, end: piece.end };
  });
  if (!survives(scene, paragraphs)) {
    for (const span of closed.paragraphs) leaveUnassigned(scene, span, 'its words could not be kept letter by letter');
    return [];
  }
  if (closed.retracted === undefined) checkEnds(scene, closed, paragraphs);
  else doubt(scene, candidate, 'A response is said to be retracted.');
  const words = paragraphs.map((one) => one.text).join('\n');
  const own = words.length >= MIN_LANGUAGE_CHARS ? detectLanguage(words) : undefined;
  const response: DraftResponse = {
    availability: candidate.availability,
    respondents: candidate.persons.map((person) => withJoinedWords(person, repair)),
    ...(candidate.label === undefined ? {} : { label: candidate.label }),
    paragraphs: closed.retracted === undefined ? paragraphs : [],
    begins: candidate.rule,
    ends: closed.ends,
    ...(own?.isSure && own.language !== language?.slice(0, 2) ? { language: own.language } : {}),
    ...(closed.translatedBy === undefined ? {} : { translatedBy: closed.translatedBy }),
    ...(closed.completeness === undefined ? {} : { completeness: closed.completeness }),
    ...(closed.note === undefined
      ? scene.editedNote === undefined
        ? {}
        : { note: scene.editedNote, completeness: closed.completeness ?? 'excerpt' }
      : { note: closed.note }),
    ...(closed.retracted === undefined ? {} : { retracted: closed.retracted }),
  };
  return [response];
}

/** Titles and affiliations, too, are parted at the ends of lines: “Salt- marsh Partners”. */
function withJoinedWords(person: DraftPerson, repair: Repairer): DraftPerson {
  const joined = (words: string): string =>
    repair.mend(words.replace(/(?<=\p{L}[-‐]) (?!(?:and|or|to|y|e|o|ou)\s)(?=\p{L})/gu, '\n'), person.at);
  return {
    ...person,
    ...(person.role === undefined ? {} : { role: joined(person.role) }),
    ...(person.affiliation === undefined ? {} : { affiliation: joined(person.affiliation) }),
  };
}

interface Piece extends Span {
  raw: string;
}

/** The paragraphs without the marks around the whole; marks inside stay. */
function withoutQuotation(scene: Scene, { opener, paragraphs, isClosed, style }: ClosedResponse): Piece[] {
  return paragraphs.map((span, index) => {
    let raw = scene.text.slice(span.start, span.end);
    let [start, end] = [span.start, span.end];
    if (opener === undefined) return { raw, start, end };
    const opens = index === 0 ? openerOf(raw) !== undefined : style === 'each' && resumes(raw, opener);
    if (opens) {
      const lead = raw.length - raw.trimStart().length + 1;
      raw = raw.slice(lead);
      start += lead;
    }
    if (index === paragraphs.length - 1 && isClosed) {
      const at = raw.lastIndexOf(CLOSERS[opener]);
      const tail = raw.slice(at + 1).replace(/[\s\d[\]()]+/g, '');
      raw = raw.slice(0, at) + (/[.!?…]$/.test(raw.slice(0, at)) ? '' : tail);
      end = start + at;
    }
    return { raw, start, end };
  });
}

const UNFINISHED = /[\p{L}\p{N},;—–-]$/u;

/** A sentence that page furniture has cut in two is joined across it. */
function joinPages(scene: Scene, { ends }: ClosedResponse, pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const isCut =
      last && UNFINISHED.test(last.raw.trimEnd()) && /^\p{Ll}/u.test(piece.raw.trimStart()) && isPageBetween(scene, last, piece);
    if (!last || !isCut) {
      joined.push({ ...piece });
      continue;
    }
    last.raw = `${last.raw.trimEnd()}\n${piece.raw.trimStart()}`;
    last.end = piece.end;
    scene.document.repairs.push(...(scene.document.repairs.includes(PAGES) ? [] : [PAGES]));
  }
  return ends === '' ? [] : joined;
}

const PAGES = 'Paragraphs that a page break had cut in two were joined.';

function isPageBetween(scene: Scene, before: Span, after: Span): boolean {
  if (scene.text.slice(before.end, after.start).includes('\f')) return true;
  return scene.placed.some((one) => one.role === 'furniture' && one.start >= before.end && one.end <= after.start);
}

function checkEnds(scene: Scene, closed: ClosedResponse, paragraphs: readonly DraftParagraph[]): void {
  const [first] = paragraphs;
  const last = paragraphs.at(-1);
  if (first && /^\p{Ll}/u.test(first.text)) doubt(scene, first, 'A response begins in the middle of a sentence.');
  if (last && closed.completeness === undefined && UNFINISHED.test(last.text))
    doubt(scene, last, 'A response breaks off in the middle of a sentence.');
}

const letters = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');

/** The last guard: the letters and digits of each paragraph are those of its stretch of the source, furniture between pages left out. */
function survives(scene: Scene, paragraphs: readonly DraftParagraph[]): boolean {
  return paragraphs.every((one) => {
    const cut = scene.placed.filter((placed) => placed.role !== 'response' && placed.start > one.start && placed.end < one.end);
    let source = '';
    let at = one.start;
    for (const piece of cut.toSorted((a, b) => a.start - b.start)) {
      source += scene.text.slice(at, Math.max(at, piece.start));
      at = Math.max(at, piece.end);
    }
    source += scene.text.slice(at, one.end);
    return letters(source) === letters(one.text);
  });
}
