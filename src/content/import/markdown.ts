import { parse } from 'yaml';
import { inlineMarkdown } from './markdown-inline.ts';
import type { Mark, SourceBlock, SourceDocument, Span } from './model.ts';

interface Raw {
  kind: SourceBlock['kind'];
  level?: number;
  lines: string[];
  rows?: string[][];
}

/** Markdown as blocks; the text of the document is what the markup shows, so that offsets count in words and not in asterisks. */
export function readMarkdown(source: string): SourceDocument {
  const front = /^---\n([\s\S]{0,5000}?)\n---\n/.exec(source);
  const body = withoutComments(front ? source.slice(front[0].length) : source);
  const builder = documentBuilder();
  for (const raw of rawBlocks(body.split('\n'))) {
    if (raw.rows) builder.table(raw.rows);
    else if (raw.kind === 'rule') builder.add({ kind: 'rule', text: '* * *', marks: [] });
    else {
      const { text, marks } = inlineMarkdown(raw.lines.join('\n').trim());
      builder.add({ kind: raw.kind, ...(raw.level === undefined ? {} : { level: raw.level }), text, marks });
    }
  }
  return { ...builder.done(), page: frontMatter(front?.[1] ?? '') };
}

/** By hand, because a pattern searches to the end again for every comment that does not close. */
function withoutComments(source: string): string {
  let text = '';
  let at = 0;
  for (let open = source.indexOf('<!--'); open >= 0; open = source.indexOf('<!--', at)) {
    const close = source.indexOf('-->', open);
    if (close < 0) break;
    text += source.slice(at, open);
    at = close + 3;
  }
  return text + source.slice(at);
}

function frontMatter(source: string): SourceDocument['page'] {
  try {
    const value: unknown = parse(source, { schema: 'failsafe', maxAliasCount: 0 });
    if (typeof value !== 'object' || value === null) return {};
    const held = new Map<string, unknown>(Object.entries(value));
    const string = (key: string) => {
      const found = held.get(key);
      return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
    };
    const [title, date, language] = [string('title'), string('date'), string('lang') ?? string('language')];
    return {
      ...(title === undefined ? {} : { title }),
      ...(date === undefined ? {} : { date }),
      ...(language === undefined ? {} : { language }),
    };
  } catch {
    return {};
  }
}

/** Blocks added one after another, with the text and offsets that grow from them. */
export function documentBuilder() {
  const pieces: string[] = [];
  const blocks: SourceBlock[] = [];
  let at = 0;
  const append = (text: string): Span => {
    const start = at;
    pieces.push(text);
    at += text.length;
    return { start, end: at };
  };
  return {
    add({ text, marks, ...block }: Omit<SourceBlock, 'start' | 'end'> & { text: string }) {
      if (text.trim() === '') return;
      const span = append(text);
      append('\n\n');
      blocks.push({ ...block, ...span, marks: marks.map((mark) => shifted(mark, span.start)) });
    },
    table(rows: readonly (readonly string[])[]) {
      const start = at;
      const cells = rows.map((row) =>
        row.map((cell) => {
          const span = append(cell);
          append('\t');
          return span;
        }),
      );
      append('\n\n');
      if (cells.length > 0) blocks.push({ kind: 'table', start, end: at - 2, marks: [], rows: cells });
    },
    done: (): SourceDocument => ({ text: pieces.join(''), blocks, page: {}, repairs: [], doubts: [] }),
  };
}

const shifted = (mark: Mark, by: number): Mark => ({ ...mark, start: mark.start + by, end: mark.end + by });

const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const BULLET = /^\s{0,3}(?:[-*+]|\d{1,2}[.)])\s+/;
const TABLE_LINE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/;

function rawBlocks(lines: readonly string[]): Raw[] {
  const found: Raw[] = [];
  let open: Raw | undefined;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const heading = HEADING.exec(line);
    if (line.trim() === '' || line.trim() === '>') open = undefined;
    else if (heading) {
      found.push({ kind: 'heading', level: heading[1]?.length ?? 1, lines: [heading[2] ?? ''] });
      open = undefined;
    } else if (open?.kind === 'paragraph' && /^ {0,3}(?:=+|-+)\s*$/.test(line)) {
      Object.assign(open, { kind: 'heading', level: line.includes('=') ? 1 : 2 });
      open = undefined;
    } else if (RULE.test(line)) {
      found.push({ kind: 'rule', lines: [] });
      open = undefined;
    } else if (line.includes('|') && TABLE_LINE.test(lines[index + 1] ?? '') && (lines[index + 1] ?? '').includes('|')) {
      const rows = [cellsOf(line)];
      index += 2;
      for (; (lines[index] ?? '').includes('|'); index += 1) rows.push(cellsOf(lines[index] ?? ''));
      index -= 1;
      found.push({ kind: 'table', lines: [], rows });
      open = undefined;
    } else open = addLine(found, open, line);
  }
  return found;
}

function addLine(found: Raw[], open: Raw | undefined, line: string): Raw {
  const quoted = /^ {0,3}>\s?(.*)$/.exec(line);
  const kind = quoted ? 'quote' : BULLET.test(line) && !/\?\s*$/.test(line) ? 'list' : 'paragraph';
  const words = quoted?.[1] ?? (kind === 'list' ? line.replace(BULLET, '') : line);
  const isNew = open === undefined || kind === 'list' || (kind === 'quote') !== (open.kind === 'quote');
  if (!isNew && open) {
    open.lines.push(words);
    return open;
  }
  const next: Raw = { kind, lines: [words] };
  found.push(next);
  return next;
}

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => inlineMarkdown(cell.trim()).text.replaceAll('\\|', '|'));
