import { isBody, isSameColumn, isShort, isWholly, type Line, leadingOf } from './pdf-lines.ts';
import { CONTINUED_FROM, CONTINUED_ON } from './phrases.ts';

/** Lines of one paragraph, heading or table in reading order. */
export interface Paragraph {
  lines: Line[];
  kind: 'text' | 'heading' | 'table' | 'aside' | 'foot';
  /** In smaller type than the body. */
  isSmall: boolean;
}

export interface Paragraphs {
  paragraphs: Paragraph[];
  /** First lines of which it is not certain that a paragraph begins there, at the head of a column or page. */
  unsure: Line[];
  /** Neither gaps nor indents part the paragraphs. */
  isSolid: boolean;
}

const HEADING = 1.12;
const SMALL = 0.92;
const MAX_HEADING = 500;
/** Lines that a text without gaps or indents must have to be told so. */
const SOLID_STEPS = 7;
const ENDS = /[.?!…:][”"»’)\]]*$/;
const OPENS = /^[“«"]/;

/** Paragraphs by gaps, indents and type; a paragraph goes on over the end of a column or page where its words do. */
export function paragraphsOf(lines: readonly Line[], bodySize: number): Paragraphs {
  const leading = leadingOf(lines, bodySize);
  const look = { bodySize, leading, hasIndents: hasIndents(lines, bodySize, leading) };
  const isParted = partsParagraphs(lines, look);
  const isSolid = !isParted && bodySteps(lines, bodySize).length >= SOLID_STEPS;
  const unsure: Line[] = [];
  const groups: Line[][] = [];
  let open: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const verdict = begins(open, line, { ...look, isSolid, after: lines[index + 1] });
    if (verdict === 'unsure' || (verdict === 'goes on' && !isParted && !isSolid && mayBegin(open, line))) unsure.push(line);
    if (verdict === 'goes on') open.push(line);
    else {
      open = [line];
      groups.push(open);
    }
  }
  const paragraphs = groups.map((group): Paragraph => {
    const isSmall = (group[0]?.size ?? bodySize) < SMALL * bodySize;
    return { lines: group, kind: kindOf(group, bodySize, isSmall), isSmall };
  });
  return { paragraphs, unsure, isSolid };
}

/** Where nothing shows how paragraphs are parted, a sentence that begins a line after a full one may begin a paragraph. */
function mayBegin(open: readonly Line[], line: Line): boolean {
  const before = open.at(-1);
  return before?.kind === 'text' && ENDS.test(before.text) && /^[\p{Lu}“«"¿¡]/u.test(line.text);
}

interface Look {
  bodySize: number;
  leading: number;
  hasIndents: boolean;
}

interface Place extends Look {
  isSolid: boolean;
  /** The line below. */
  after: Line | undefined;
}

type Verdict = 'begins' | 'goes on' | 'unsure';

function begins(open: readonly Line[], line: Line, look: Place): Verdict {
  const before = open.at(-1);
  if (before === undefined) return 'begins';
  if (before.kind !== line.kind) return 'begins';
  if (line.kind === 'table') return isSameColumn(before, line) ? 'goes on' : 'begins';
  if (Math.abs(before.size - line.size) > 0.08 * look.bodySize) return 'begins';
  if (isSameColumn(before, line)) return beginsInColumn(open, before, line, look) ? 'begins' : 'goes on';
  return beginsAtHead(before, line, look);
}

function beginsInColumn(open: readonly Line[], before: Line, line: Line, look: Place): boolean {
  const scale = Math.max(1, line.size / look.bodySize);
  const step = line.y - before.y;
  if (step > look.leading * scale * 1.25 + 0.5 || step < -0.5 * line.size) return true;
  if (isIndented(line) && !isIndented(before)) return line.size <= HEADING * look.bodySize || !isCentred(line, before);
  if (look.hasIndents && isIndented(line) && beginsIndented(before, line, look)) return true;
  if (open.length > 1 && isIndented(before) && !isIndented(line)) return true;
  if (isForced(before, line) && (endsType(before, line, 'bold') || endsType(before, line, 'italic'))) return true;
  return look.isSolid && isForced(before, line) && ENDS.test(before.text);
}

/** Where lines are indented one after another: a line of its own paragraph each, or a quotation set in. */
function beginsIndented(before: Line, line: Line, { after, leading }: Place): boolean {
  const room = before.right - before.x1;
  if (line.x0 < before.x0 - 1) return room > 0.3 * (before.right - before.left);
  const isFirst =
    after !== undefined && isSameColumn(line, after) && !isIndented(after) && after.y - line.y <= leading * 1.25 + 0.5;
  return isFirst || ENDS.test(before.text) || isForced(before, line);
}

const isForced = (before: Line, line: Line): boolean => isShort(before, line);
/** A whole line in bold or italics, after which the type changes. */
const endsType = (before: Line, line: Line, type: 'bold' | 'italic'): boolean =>
  isWholly(before, type) && !line.marks.some((mark) => mark.type === type && mark.start === 0);

/** At the head of a column or page only the words can tell whether a paragraph goes on. */
function beginsAtHead(before: Line, line: Line, look: Look): Verdict {
  if (before.size > HEADING * look.bodySize || CONTINUED_ON.test(before.text) || CONTINUED_FROM.test(line.text)) return 'begins';
  if (!isBody(line, look.bodySize)) return 'begins';
  const isFull = !isShort(before, line);
  if (/^\p{Ll}/u.test(line.text) && (isFull || !ENDS.test(before.text))) return 'goes on';
  if (!ENDS.test(before.text)) return isFull ? 'goes on' : 'begins';
  if (!isFull || isIndented(line) || OPENS.test(line.text)) return 'begins';
  if (look.hasIndents) return 'goes on';
  return 'unsure';
}

const isIndented = ({ x0, left, size }: Line): boolean => x0 - left > 0.7 * size && x0 - left < 8 * size;
const isCentred = (a: Line, b: Line): boolean => Math.abs((a.x0 + a.x1) / 2 - (b.x0 + b.x1) / 2) < 0.5 * a.size;

/** Whether first lines are indented: lines that stand further right than the line right below them, and others like them. */
function hasIndents(lines: readonly Line[], bodySize: number, leading: number): boolean {
  const indented = lines.filter((line) => isBody(line, bodySize) && isIndented(line));
  const first = lines.filter((line, index) => {
    const after = lines[index + 1];
    if (after === undefined || !isBody(line, bodySize) || !isSameColumn(line, after)) return false;
    return isIndented(line) && !isIndented(after) && after.y - line.y <= leading * 1.25 + 0.5;
  });
  const like = (one: Line) => indented.filter((line) => Math.abs(line.x0 - line.left - (one.x0 - one.left)) < 1.5).length;
  return first.length >= 2 || (first[0] !== undefined && like(first[0]) >= 3);
}

/** Whether any gap or indent parts lines of the body. */
function partsParagraphs(lines: readonly Line[], { bodySize, leading, hasIndents: isIndenting }: Look): boolean {
  return isIndenting || bodySteps(lines, bodySize).some((step) => step > leading * 1.25 + 0.5);
}

/** Distances between lines of the body one below the other. */
const bodySteps = (lines: readonly Line[], bodySize: number): number[] =>
  lines.flatMap((line, index) => {
    const before = lines[index - 1];
    if (before === undefined || line.kind !== 'text' || !isSameColumn(before, line)) return [];
    return isBody(line, bodySize) && isBody(before, bodySize) ? [line.y - before.y] : [];
  });

function kindOf(lines: readonly Line[], bodySize: number, isSmall: boolean): Paragraph['kind'] {
  const [first] = lines;
  if (first === undefined || first.kind === 'table') return 'table';
  if (first.kind === 'aside') return 'aside';
  const text = lines.map((line) => line.text).join(' ');
  if (first.size > HEADING * bodySize && text.length <= MAX_HEADING) return 'heading';
  const isSentence = text.length > 100 || ENDS.test(text);
  return isSmall && isSentence ? 'foot' : 'text';
}
