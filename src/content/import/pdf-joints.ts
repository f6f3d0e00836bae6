import { isShort, type Line } from './pdf-lines.ts';
import type { Paragraph } from './pdf-paragraphs.ts';
import { hyphenVerdict, REPAIRS, vocabularyOf } from './repair.ts';

export interface Joint {
  /** The words of the line as they stand in the text. */
  words: string;
  /** What stands between it and the next. */
  between: string;
  doubt?: string;
}

export interface LineJoiner {
  join(line: Line, next: Line): Joint;
  repairs: Set<string>;
}

/** Joins the lines of paragraphs as HTML would give them: a wrap is a space, what was broken on purpose stays broken. */
export function lineJoiner(paragraphs: readonly Paragraph[]): LineJoiner {
  const vocabulary = vocabularyOf(paragraphs.flatMap(({ lines }) => lines.map(({ text }) => text)).join('\n'));
  const repairs = new Set<string>();
  const join = (line: Line, next: Line): Joint => {
    const page = next.page > line.page ? '\f' : '';
    const halves = /(\p{L}+)([-‐‑\u00ad])$/u.exec(line.text);
    const right = /^\p{L}+/u.exec(next.text)?.[0];
    if (halves !== null && right !== undefined) {
      const [, left = '', hyphen = ''] = halves;
      const verdict = hyphen === '\u00ad' ? 'join' : hyphenVerdict(left, right, vocabulary);
      repairs.add(verdict === 'join' ? REPAIRS.hyphens : REPAIRS.keptHyphens);
      if (verdict === 'join') return { words: line.text.slice(0, -1), between: page };
      if (verdict === 'keep') return { words: line.text, between: page };
      const doubt = `“${left}${hyphen}${right}” was parted at the end of a line: the hyphen may be part of the word.`;
      return { words: line.text, between: page, doubt };
    }
    if (/\S[—/]$/.test(line.text)) return { words: line.text, between: page };
    repairs.add(REPAIRS.wraps);
    return { words: line.text, between: page !== '' || isShort(line, next) ? `\n${page}` : ' ' };
  };
  return { join, repairs };
}
