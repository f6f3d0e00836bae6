import { fold } from '../../search/tokens.ts';
import { lookOf, resolveShort } from './candidates.ts';
import { colonAfter, isDescriptor, resemblesLine } from './descriptor.ts';
import type { SourceBlock, Span } from './model.ts';
import { addParagraph, openResponse } from './open-response.ts';
import { readName } from './person-name.ts';
import { CONTINUED_FROM, EDITED, READ_MORE, TRANSLATED } from './phrases.ts';
import { type Candidate, respondentLine } from './respondent-line.ts';
import { answersAlready, closeResponse, doubt, goAdrift, leaveUnassigned, place, type Scene } from './scene.ts';
import { resemblesSignature } from './signature.ts';

/** Begins a response where block `index` names a respondent as the others are named; returns how many more blocks that took. */
export function beginResponse(scene: Scene, index: number): number | undefined {
  const { candidates, mode, blocks } = scene;
  const block = blocks[index];
  if (block === undefined || block.kind === 'quote') return undefined;
  if (scene.adrift === 'bio' || scene.adrift === 'board') return backMatter(scene, index);
  const signature = candidates.signatures[index];
  if (signature) return sign(scene, block, signature);
  const bio = candidates.bios[index];
  if (bio) return placeBio(scene, block, bio);
  const line = candidates.lines[index];
  const standalone = candidates.standalones[index];
  const candidate = mode === 'standalone' ? (standalone ?? line) : line;
  if (candidate === undefined) {
    if (mode !== 'standalone' && standalone?.hasTitle)
      return refuse(scene, block, 'names somebody in another way than the other respondents are named');
    return resemblesName(scene, block) || resemblesSignature(scene.document, block)
      ? refuse(scene, block, 'begins like a line that names a respondent, but the name cannot be read')
      : undefined;
  }
  const named = candidate.short === undefined ? candidate : completed(scene, candidate);
  if (named === undefined) return refuse(scene, block, `“${candidate.short}” cannot be resolved to one person of this document`);
  const objection = objectionTo(scene, named, index);
  if (objection !== undefined) return refuse(scene, block, objection);
  closeResponse(scene, 'the next respondent line');
  delete scene.adrift;
  scene.open = openResponse(named);
  if (named.bodyStart < block.end) addWords(scene, { ...block, start: named.bodyStart });
  return 'taken' in candidate && typeof candidate.taken === 'number' ? candidate.taken : 0;
}

function resemblesName({ text, look }: Scene, block: SourceBlock): boolean {
  if (block.kind === 'list') return false;
  if (resemblesLine(text.slice(block.start, Math.min(block.end, block.start + 420)))) return true;
  return (
    look?.includes('bold') === true &&
    block.kind === 'paragraph' &&
    block.marks.some((mark) => mark.type === 'bold' && mark.start <= block.start + 2)
  );
}

function refuse(scene: Scene, block: Span, why: string): number {
  closeResponse(scene, 'a line that may name another respondent');
  leaveUnassigned(scene, block, why);
  goAdrift(scene, why);
  return 0;
}

/** A surname or initials with the one person of the document that they fit. */
function completed(scene: Scene, candidate: Candidate): Candidate | undefined {
  const { short = '', start, end } = candidate;
  const person = resolveShort(short, scene.candidates.known, scene.text);
  if (person === undefined) return undefined;
  return {
    ...candidate,
    isWeak: false,
    persons: [{ ...person, printed: short, at: { start, end } }],
    rule: `${candidate.rule}: only ${person.display} fits`,
  };
}

/** Why a candidate is not taken for a respondent line; undefined: it is one. */
function objectionTo(scene: Scene, candidate: Candidate, index: number): string | undefined {
  const { text, look, mode } = scene;
  if (mode === 'mixed') return 'some names stand before and others after the words';
  const question =
    scene.sections
      .at(-1)
      ?.question.spans.map((span) => fold(text.slice(span.start, span.end)))
      .join(' ') ?? '';
  const known = new Set([...scene.candidates.known, ...scene.listed].map((person) => fold(person.display)));
  for (const person of candidate.persons) {
    if (question.includes(fold(person.display))) return `${person.printed} is named in the question itself`;
    if (answersAlready(scene, person)) return `${person.printed} answers this question already`;
    if (candidate.isWeak && !known.has(fold(person.display)))
      return `“${person.printed}” stands alone: nothing says that it names a respondent`;
  }
  if (mode === 'standalone') return standaloneObjection(scene, candidate, index);
  if (candidate.isWeak || candidate.persons.length === 0 || candidate.short !== undefined || look === undefined) return undefined;
  const body = { ...candidate, bodyStart: firstWord(scene, candidate, index) };
  return lookOf(body, text) === look || lookOf(candidate, text) === look
    ? undefined
    : 'names somebody in another way than the other respondents are named';
}

/** Where the words begin: in the same block, or in the next. */
function firstWord(scene: Scene, candidate: Candidate, index: number): number {
  const block = scene.blocks[index];
  return block && candidate.bodyStart < block.end ? candidate.bodyStart : (scene.blocks[index + 1]?.start ?? candidate.bodyStart);
}

function standaloneObjection(scene: Scene, candidate: Candidate, index: number): string | undefined {
  const looks = new Set(scene.candidates.standalones.flatMap((one) => (one && !one.isWeak ? [one.look] : [])));
  const [look] = scene.look?.split(/ (?:plain|quoted)$/) ?? [];
  if (looks.size > 1 && look !== undefined && candidate.look !== look)
    return 'names somebody in another way than the other respondents are named';
  if (candidate.look.includes('heading')) return undefined;
  const first = scene.candidates.standalones.findIndex((one) => one !== undefined && !one.isWeak);
  const isLed = scene.placed.some((one) => one.role === 'unassigned') || (index === first && scene.sections.length === 0);
  if (isLed) return 'words without a name stand before the first name: names may follow the words';
  const last = scene.candidates.standalones.findLast((one) => one !== undefined && !one.isWeak);
  const after = scene.blocks.some(
    (block) => last !== undefined && block.end > last.bodyStart && block.kind !== 'heading' && !block.furniture,
  );
  return after ? undefined : 'no words follow the last name: names may follow the words';
}

/** Names under “About the authors” and in boards are never respondents. */
function backMatter(scene: Scene, index: number): number | undefined {
  const block = scene.blocks[index];
  if (block === undefined || block.kind === 'heading') {
    const isName =
      block !== undefined && (scene.candidates.standalones[index] !== undefined || scene.candidates.lines[index] !== undefined);
    if (!isName) return undefined;
  }
  if (block)
    place(
      scene,
      block,
      scene.adrift === 'bio' ? 'bio' : 'furniture',
      scene.adrift === 'bio' ? 'under a heading over bios' : 'under a heading over a board or staff list',
    );
  return 0;
}

/** “— Name” after words that have no name yet, or that are the same person’s. */
function sign(scene: Scene, block: SourceBlock, signature: Candidate): number {
  const { open } = scene;
  const same = open?.candidate.persons.some((person) =>
    signature.persons.some((signed) => fold(signed.display) === fold(person.display)),
  );
  if (open && open.candidate.availability === 'unnamed' && open.paragraphs.length > 0) {
    if (signature.persons.some((person) => answersAlready(scene, person)))
      return refuse(scene, block, 'a signature of somebody who answers already');
    open.candidate = {
      ...open.candidate,
      persons: signature.persons,
      availability: 'text',
      rule: `${open.candidate.rule}, signed after the text`,
      doubts: signature.doubts,
    };
    place(scene, block, 'attribution', signature.rule);
    closeResponse(scene, 'a signature after the text');
    goAdrift(scene, 'follows a signature');
    return 0;
  }
  if (!same) return refuse(scene, block, 'a signature that is not of the respondent named before the words');
  place(scene, block, 'attribution', signature.rule);
  closeResponse(scene, 'a signature after the text');
  goAdrift(scene, 'follows a signature');
  return 0;
}

function placeBio(scene: Scene, block: SourceBlock, bio: Candidate): number {
  const { open } = scene;
  const isOf = open?.candidate.persons.some((person) => bio.persons.some((told) => fold(told.display) === fold(person.display)));
  if (open && open.candidate.availability === 'unnamed' && open.paragraphs.length > 0) return sign(scene, block, bio);
  const answers = bio.persons.some((person) => answersAlready(scene, person));
  closeResponse(scene, 'a bio');
  place(scene, block, 'bio', 'says who somebody is');
  if (!isOf && !answers)
    doubt(
      scene,
      block,
      'A sentence says who somebody is that is no respondent so far.',
      scene.candidates.lines.some((one) => one?.short) ? 'note' : 'review',
    );
  goAdrift(scene, 'follows a bio');
  return 0;
}

const UNFINISHED = /[\p{L}\p{N},—-]$/u;

/** Words that follow a respondent line: the response’s, where it is open and not yet closed; else nobody’s. */
export function addWords(scene: Scene, block: SourceBlock): void {
  const { text, open } = scene;
  if (open === undefined) {
    leaveUnassigned(scene, block, scene.adrift ?? 'no respondent line stands before it');
    return;
  }
  if (open.isClosed) {
    closeResponse(scene, 'the closing quotation mark');
    goAdrift(scene, 'follows a quotation that has closed');
    leaveUnassigned(scene, block, 'follows a quotation that has closed');
    return;
  }
  if (block.kind === 'paragraph' && isWhollyItalic(block, open.paragraphs.length)) {
    leaveUnassigned(scene, block, 'a paragraph wholly in italics may be the editor’s');
    closeResponse(scene, 'a paragraph wholly in italics');
    goAdrift(scene, 'follows a paragraph wholly in italics');
    return;
  }
  if (block.kind === 'quote' && namesLikeOthers(scene, block)) {
    closeResponse(scene, 'a line in a block quotation that looks like a respondent line');
    leaveUnassigned(scene, block, 'a block quotation names somebody as the respondents are named');
    goAdrift(scene, 'follows a name in a block quotation');
    return;
  }
  const hidden = hiddenLine(text, block);
  if (hidden !== undefined) {
    const head = { ...block, end: hidden };
    if (hidden > block.start) addWords(scene, head);
    closeResponse(scene, 'a line inside a paragraph that names another respondent');
    leaveUnassigned(scene, { start: hidden, end: block.end }, 'names somebody inside a paragraph as a respondent line would');
    goAdrift(scene, 'follows a name inside a paragraph');
    return;
  }
  const span = withoutTail(scene, { start: block.start, end: block.end });
  if (open.paragraphs.length > 0 && open.depth === 0 && open.opener === undefined && !readsLikeProse(text, span)) {
    closeResponse(scene, 'a line that is no sentence');
    goAdrift(scene, 'follows a line that is no sentence');
    leaveUnassigned(scene, span, 'a line that is no sentence');
    return;
  }
  const rest = addParagraph(open, text, span);
  if (rest) leaveUnassigned(scene, rest, 'follows the end of the quotation in the same paragraph');
}

/** Inside a block quotation a label is text; a line that looks like the document’s respondent lines may be one. */
function namesLikeOthers({ document, text, look }: Scene, block: SourceBlock): boolean {
  const line = respondentLine(document, block, block.start, false);
  return line !== undefined && line.persons.length > 0 && !line.look.includes('label') && lookOf(line, text) === look;
}

/** Where a paragraph that lost its breaks names the next respondent: “… the end. Jane Doe, director at Acme: …”. */
function hiddenLine(text: string, span: Span): number | undefined {
  const words = text.slice(span.start, span.end);
  if (!words.includes(':')) return undefined;
  for (const found of words.matchAll(/(?:[.?!…]["”»)\]]*\s+|\n\s*)(?:[AR][.:]{0,2}\s+)?(?=\p{Lu})/gu)) {
    const at = span.start + found.index + found[0].length;
    const name = readName(text, at);
    const colon = name && name.end < span.end ? colonAfter(text, name.end, Math.min(span.end, name.end + 300)) : undefined;
    if (name === undefined || colon === undefined) continue;
    const descriptor = text.slice(name.end, colon);
    if (descriptor.trim() === '' || (/^\s*[,(]/.test(descriptor) && isDescriptor(descriptor))) return at;
  }
  return undefined;
}

const isWhollyItalic = (block: SourceBlock, before: number): boolean =>
  before > 0 && block.marks.some((mark) => mark.type === 'italic' && mark.start <= block.start && mark.end >= block.end - 1);

function readsLikeProse(text: string, span: Span): boolean {
  const words = text.slice(span.start, span.end);
  if (CONTINUED_FROM.test(words)) return false;
  if (/[.?!…:;][)\]"”»’]*$/.test(words)) return words.split(/\s+/).length > 1;
  return words.length > 80 && UNFINISHED.test(words);
}

/** Takes remarks off the end of a paragraph: a signature of the same person, “(Translated by …)”, “Read more”, “[…]”. */
function withoutTail(scene: Scene, span: Span): Span {
  const { text, open } = scene;
  if (open === undefined) return span;
  let end = span.end;
  const words = () => text.slice(span.start, end);
  const more = READ_MORE.exec(words());
  if (more && more.index > 20) {
    end = span.start + more.index;
    open.completeness = 'teaser';
  }
  const note = /\s*[[(]([^[\]()]{5,120})[\])]\.?$/.exec(words());
  const translated = note ? TRANSLATED.exec(note[1] ?? '') : null;
  if (note && (translated?.index === 0 || EDITED.test(note[1] ?? ''))) {
    end = span.start + note.index;
    if (translated) open.translatedBy = translated[1]?.trim() ?? '';
    else Object.assign(open, { note: note[1], completeness: 'excerpt' });
    place(scene, { start: end, end: span.start + note.index + note[0].length }, 'editors-note', 'a remark on the response');
  }
  if (/(?:\[(?:…|\.\.\.)\]|…|\.\.\.)["”»]?$/.test(words()))
    open.completeness ??= /\]["”»]?$/.test(words()) ? 'excerpt' : 'teaser';
  return { start: span.start, end };
}
