import type { Span } from './document.ts';
import { literal } from './literal.ts';

/** Text in one style: the parameters of its SGR escape sequence, empty for plain text. */
export interface Run {
  text: string;
  sgr: string;
}
export type Screen = { width: number; colour: boolean };

export const STYLES = { strong: '1', emphasis: '3', faint: '2', hit: '1;7' } as const;
export const TO_TYPE = '36';

/** Lines of at most `width` columns; breaks at spaces, at newlines, and inside a word only when it is wider than a line. */
export function wrap(runs: readonly Run[], width: number): Run[][] {
  const lines: Run[][] = [[]];
  let used = 0;
  let word: Run[] = [];
  let space = '';
  let spaced = false;
  const newLine = () => {
    lines.push([]);
    used = 0;
  };
  const place = () => {
    if (word.length === 0) return;
    const wide = widthOfRuns(word);
    const gap = used > 0 && spaced ? 1 : 0;
    if (used > 0 && used + gap + wide > width) newLine();
    else if (gap > 0) lines.at(-1)?.push({ text: ' ', sgr: space });
    if (used > 0) used += gap;
    for (const part of wide <= width ? word : word.flatMap(lettersOf)) {
      const one = widthOf(part.text);
      if (used > 0 && used + one > width) newLine();
      lines.at(-1)?.push(part);
      used += one;
    }
    word = [];
    spaced = false;
  };
  for (const { text, sgr } of runs) {
    for (const piece of text.split(/(\n|[^\S\n\u00a0\u202f]+)/)) {
      if (piece === '\n') {
        place();
        newLine();
      } else if (/^[^\S\u00a0\u202f]/.test(piece)) {
        place();
        space = sgr;
        spaced = true;
      } else if (piece !== '') {
        word.push({ text: piece, sgr });
      }
    }
  }
  place();
  // One empty line between paragraphs, none at either end.
  while (lines.at(-1)?.length === 0) lines.pop();
  return lines.filter((line, index) => line.length > 0 || (lines[index - 1]?.length ?? 0) > 0);
}

export function runsOf(spans: readonly Span[], base = ''): Run[] {
  const join = (sgr: string) => [base, sgr].filter((one) => one !== '').join(';');
  return spans.flatMap((span): Run[] => {
    if (span.type === 'text') return [run(span.text, join(span.style === undefined ? '' : STYLES[span.style]))];
    if (span.text === span.href) return [run(span.href, join(TO_TYPE))];
    return [run(span.text, base), run(` <${span.href}>`, join(TO_TYPE))];
  });
}

export function paint(runs: readonly Run[], { colour }: Screen): string {
  if (!colour) return plainText(runs).trimEnd();
  const merged: Run[] = [];
  for (const { text, sgr } of trimRuns(runs)) {
    const last = merged.at(-1);
    if (last?.sgr === sgr) last.text += text;
    else merged.push({ text, sgr });
  }
  return merged.map(({ text, sgr }) => (sgr === '' || text.trim() === '' ? text : `\u001b[${sgr}m${text}\u001b[0m`)).join('');
}

/** Without white space at the end. */
export function trimRuns(runs: readonly Run[]): Run[] {
  const kept = [...runs];
  for (let last = kept.pop(); last; last = kept.pop()) {
    const text = last.text.trimEnd();
    if (text !== '') return [...kept, { ...last, text }];
  }
  return [];
}

export const run = (text: string, sgr = ''): Run => ({ text: literal(text), sgr });
const lettersOf = ({ text, sgr }: Run): Run[] => (text.match(LETTER) ?? []).map((letter) => ({ text: letter, sgr }));
export const plainText = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');
export const widthOfRuns = (runs: readonly Run[]): number => runs.reduce((sum, { text }) => sum + widthOf(text), 0);

/** A letter as it is seen, marks and joined emoji included; Intl.Segmenter copies the whole text for every one of them. */
const LETTER = /\p{Regional_Indicator}{2}|.(?:\u200d\p{Extended_Pictographic}|[\p{M}\p{Cf}\p{Emoji_Modifier}\u1160-\u11ff])*/gsu;
const NARROW = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u202f-\u205e\ufffd]*$/;
const UNSEEN = /^[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]+$/u;
/** East Asian Wide and Fullwidth: https://www.unicode.org/reports/tr11/ */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|\ufe0f/u;

/** Columns that a terminal needs for a text without newlines. */
export function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const letter of text.match(LETTER) ?? []) width += UNSEEN.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
  return width;
}
