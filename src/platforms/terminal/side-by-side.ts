import { lineNumbers } from '../../content/import/line-numbers.ts';
import { literal } from '../../message/literal.ts';
import { plainText, run, widthOf, wrap } from '../../message/terminal-text.ts';

const NARROW = 90;
const GAP = ' │ ';

export interface SideBySide {
  text: string;
  blocks: readonly { start: number; end: number; role: string; rule: string }[];
  doubts: readonly { start: number; message: string; weight: 'review' | 'note'; line?: number | undefined }[];
  responses: readonly { paragraphs: readonly { start: number; end: number }[]; by: string }[];
}

/** The source beside what was made of it, block by block with the rule; one below the other where the screen is narrow. */
export function sideBySide(draft: SideBySide, width: number): string {
  const lineOf = lineNumbers(draft.text);
  return draft.blocks
    .flatMap((block) => {
      const by = draft.responses.find(({ paragraphs }) =>
        paragraphs.some(({ start, end }) => start < block.end && end > block.start),
      )?.by;
      const doubts = draft.doubts.filter(({ start, weight }) => weight === 'review' && start >= block.start && start < block.end);
      const made = [
        `${block.role}${by === undefined ? '' : `: ${by}`}`,
        `[${block.rule}]`,
        ...doubts.map(({ message }) => `! ${message}`),
      ].join('\n');
      const source = `${lineOf(block.start)}  ${draft.text.slice(block.start, block.end)}`;
      return width < NARROW
        ? [...lines(made, width), ...lines(source, width - 4).map((line) => `    ${line}`), '']
        : [...columns(source, made, width), ''];
    })
    .join('\n');
}

function columns(left: string, right: string, width: number): string[] {
  const wide = Math.floor((width - GAP.length) * 0.6);
  const [source, made] = [lines(left, wide), lines(right, width - GAP.length - wide)];
  return Array.from({ length: Math.max(source.length, made.length) }, (_, at) =>
    `${padded(source[at] ?? '', wide)}${GAP}${made[at] ?? ''}`.trimEnd(),
  );
}

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
const lines = (text: string, width: number): string[] =>
  wrap([run(literal(text), '')], width).map((line) => plainText(line).trimEnd());
