import type { AnyCommand } from '../command.ts';
import { formatLine } from '../line.ts';
import type { Action, Block, ListEntry, Message } from './document.ts';
import { literal } from './literal.ts';
import {
  paint,
  plainText,
  type Run,
  run,
  runsOf,
  type Screen,
  STYLES,
  TO_TYPE,
  trimRuns,
  widthOf,
  widthOfRuns,
  wrap,
} from './terminal-text.ts';

interface Page extends Screen {
  /** Where the text of labelled blocks starts. */
  labelColumn: number;
  commands: Commands;
}
type Commands = ReadonlyMap<string, AnyCommand>;
type Cell = ReturnType<typeof cellOf>;

const GAP = 2;
const SMALL_SCREEN = 80;
const ACTION_COLUMNS = [3, 2];
const ACTION_GAP = 4;

/** The message as lines of at most `width` columns (`copy` blocks keep their own lines); no control character of its content survives. */
export function toTerminal(message: Message, { width, colour }: Screen, commands: Commands): string {
  const labels = message.blocks.map((block) => ('label' in block ? widthOf(literal(block.label ?? '')) : 0));
  const widest = Math.max(0, ...labels.filter((label) => label <= width / 3));
  const page: Page = { width, colour, labelColumn: widest + GAP, commands };
  const blocks: Block[] = message.blocks.length > 0 ? message.blocks : [{ type: 'heading', text: message.title }];
  return blocks
    .flatMap((block, index) => [...(areParagraphs(blocks[index - 1], block) ? [''] : []), ...blockLines(block, page)])
    .join('\n');
}

/** Running text: an empty line between two paragraphs. */
const areParagraphs = (before: Block | undefined, block: Block): boolean =>
  before?.type === 'text' && block.type === 'text' && before.label === undefined && block.label === undefined;

/** No `default`: a new kind of block does not compile until it has a case here. */
function blockLines(block: Block, page: Page): string[] {
  switch (block.type) {
    case 'heading':
      return hanging([], 0, [run(block.text, STYLES.strong)], page);
    case 'text':
      return block.label === undefined
        ? hanging([], 0, runsOf(block.spans), page)
        : labelledLines(block.label, runsOf(block.spans), page);
    case 'list':
      return listLines(block, page);
    case 'quote':
      return quoteLines(block, page);
    case 'table':
      return gridLines(block, page) ?? recordLines(block, page);
    case 'note':
      return hanging([], 0, runsOf(block.spans, STYLES.faint), page);
    case 'copy':
      return literal(block.text.replace(/\t/g, '  '))
        .split('\n')
        .map((copied) => copied.trimEnd());
    case 'divider':
      return ['─'.repeat(page.width)];
    case 'actions':
      return actionLines(block.actions, page);
  }
}

/** Behind its label; on a narrow screen the label's column is not kept free below it. */
function labelledLines(label: string, body: Run[], page: Page): string[] {
  const name = run(label, STYLES.strong);
  if (page.width >= SMALL_SCREEN) return hanging([name], page.labelColumn, body, page);
  const [first = [], ...rest] = wrap([name, run('\u00a0'.repeat(GAP)), ...body], page.width - GAP);
  return [first, ...rest.map((one) => [run(' '.repeat(GAP)), ...one])].map((one) => paint(one, page).replaceAll('\u00a0', ' '));
}

function quoteLines({ marker, words, tags }: Extract<Block, { type: 'quote' }>, page: Page): string[] {
  const lead = [run(`  ${marker ?? ''}`, STYLES.faint)];
  const indent = marker === undefined ? GAP : widthOfRuns(lead) + 1;
  const after = tags.map((tag) => run(` [${tag}]`, STYLES.faint));
  return hanging(lead, indent, [run('“'), ...runsOf(words), run('”'), ...after], page);
}

function listLines({ label, entries }: Extract<Block, { type: 'list' }>, page: Page): string[] {
  const title = label === undefined ? [] : [run(label, STYLES.strong)];
  const start = label === undefined ? GAP : page.width < SMALL_SCREEN ? widthOf(literal(label)) + GAP : page.labelColumn;
  const markers = entries.map(({ marker }) => literal(marker ?? '•'));
  const widest = Math.max(0, ...markers.map(widthOf));
  const column = start + widest + 1;
  const beside = entries.length > 0 && widthOfRuns(title) + GAP <= start;
  const lines = entries.flatMap((entry, index) => {
    const marker = markers[index] ?? '';
    const before = beside && index === 0 ? title : [];
    const pad = ' '.repeat(start - widthOfRuns(before) + widest - widthOf(marker));
    return entryLines(entry, { lead: [...before, run(pad), run(marker, STYLES.faint)], column, page });
  });
  return beside ? lines : [...hanging([], 0, title, page), ...lines];
}

/** An entry, and the line to type for its button: behind it where there is room, else below. */
function entryLines({ spans, action }: ListEntry, { lead, column, page }: { lead: Run[]; column: number; page: Page }): string[] {
  const body = runsOf(spans);
  if (!action) return hanging(lead, column, body, page);
  // Ordinary spaces would be wrapped to one.
  const gap = run('\u00a0'.repeat(GAP));
  const { label, toType } = cellOf(action, page);
  const button = [...(label === '' ? [] : [run(label, STYLES.faint), gap]), run(toType, TO_TYPE)];
  const wide = column + widthOfRuns([...body, gap, ...button]);
  const lines =
    wide <= page.width && !plainText(body).includes('\n')
      ? hanging(lead, column, [...body, gap, ...button], page)
      : [...hanging(lead, column, body, page), ...hanging([], column, button, page)];
  return lines.map((one) => one.replaceAll('\u00a0', ' '));
}

/** A row a line, when every row fits. */
function gridLines({ columns, rows }: Extract<Block, { type: 'table' }>, page: Page): string[] | undefined {
  const inOneLine = (cell: Run[]) => trimRuns(cell.map(({ text, sgr }) => run(text.replace(/\s+/g, ' '), sgr)));
  const head = columns.map((name) => [run(name, STYLES.strong)]);
  const cells = [head, ...rows.map((row) => row.map((cell) => runsOf(cell)))].map((row) => row.map(inOneLine));
  const count = Math.max(...cells.map((row) => row.length));
  const columnOf = (index: number) => cells.map((row) => row[index] ?? []);
  const widths = Array.from({ length: count }, (_, index) => Math.max(0, ...columnOf(index).map(widthOfRuns)));
  if (widths.reduce((sum, one) => sum + one, GAP * (count - 1)) > page.width) return undefined;
  const isNumber = (cell: Run[]) => /^[\d.,%]+$/.test(plainText(cell));
  const numeric = widths.map((_, index) => columnOf(index).slice(1).every(isNumber));
  const lines = cells.map((row) =>
    row.flatMap((cell, index) => {
      const pad = run(' '.repeat((widths[index] ?? 0) - widthOfRuns(cell)));
      return [...(index === 0 ? [] : [run(' '.repeat(GAP))]), ...(numeric[index] ? [pad, ...cell] : [...cell, pad])];
    }),
  );
  const rule = [run(widths.map((one) => '─'.repeat(one)).join(' '.repeat(GAP)), STYLES.faint)];
  const [heads, ...body] = lines;
  return (heads && columns.some((name) => name.trim() !== '') ? [heads, rule, ...body] : body).map((runs) => paint(runs, page));
}

/** Each row as a record: its first cell, below it a line for each other cell. */
function recordLines({ columns, rows }: Extract<Block, { type: 'table' }>, page: Page): string[] {
  if (rows.length === 0) return hanging([], 0, [run(columns.join(' · '), STYLES.strong)], page);
  return rows.flatMap((row) =>
    row.flatMap((cell, index) => {
      const name = columns[index]?.trim() ? [run(`${columns[index]}: `, STYLES.faint)] : [];
      return hanging([], index === 0 ? 0 : GAP, [...name, ...runsOf(cell, index === 0 ? STYLES.strong : '')], page);
    }),
  );
}

/** Addresses one a line; lines to type side by side where they fit, read row by row. */
function actionLines(actions: readonly Action[], page: Page): string[] {
  const cells = actions.map((action) => cellOf(action, page));
  const grid = ACTION_COLUMNS.map((count) => actionGrid(cells, count, page)).find((lines) => lines !== undefined);
  if (grid) return grid;
  const widest = Math.max(0, ...cells.map(({ label }) => widthOf(label)).filter((label) => label <= page.width / 2));
  return cells.flatMap(({ label, toType }) => {
    if (label === '') return hanging([], 0, [run(toType, TO_TYPE)], page);
    // An address broken over lines cannot be followed: it leaves the column rather than break.
    const indent = [widest + GAP, widthOf(label) + GAP].find((start) => start + widthOf(toType) <= page.width) ?? GAP;
    return hanging([run(label)], indent, [run(toType, TO_TYPE)], page);
  });
}

function actionGrid(cells: readonly Cell[], count: number, page: Page): string[] | undefined {
  const rows: Cell[][] = [];
  for (const cell of cells) {
    const last = rows.at(-1);
    if (last?.[0] && last.length < count && !cell.alone && !last[0].alone) last.push(cell);
    else rows.push([cell]);
  }
  if (rows.length === cells.length) return undefined;
  const columns = Array.from({ length: count }, (_, index) => {
    const column = rows.flatMap((row) => row[index] ?? []);
    const label = Math.max(0, ...column.map((cell) => widthOf(cell.label)));
    const toType = Math.max(0, ...column.map((cell) => (cell.alone ? 0 : widthOf(cell.toType))));
    return { label: label === 0 ? 0 : label + GAP, toType };
  });
  const lines = rows.map((row) =>
    row.flatMap((cell, index) => {
      const { label, toType } = columns[index] ?? { label: 0, toType: 0 };
      const after = index + 1 < row.length ? ' '.repeat(toType - widthOf(cell.toType) + ACTION_GAP) : '';
      return [run(cell.label + ' '.repeat(label - widthOf(cell.label))), run(cell.toType, TO_TYPE), run(after)];
    }),
  );
  return lines.every((one) => widthOfRuns(one) <= page.width) ? lines.map((one) => paint(one, page)) : undefined;
}

/** What an action is called and what to type for it; no label where it says the same. */
function cellOf(action: Action, { commands }: Page) {
  const address = action.type === 'open' ? action.href : formatLine(action.command, action.options, commands);
  const [label, toType] = [action.label, address].map((one) => literal(one).replace(/\s+/g, ' ').trim());
  return { label: label === toType ? '' : (label ?? ''), toType: toType ?? '', alone: action.type === 'open' };
}

/** Wrapped text behind a lead; where the lead leaves no room it stands on lines of its own. */
function hanging(lead: Run[], indent: number, body: Run[], page: Page): string[] {
  const leadWidth = widthOfRuns(lead);
  const blank = plainText(lead).trim() === '';
  if (indent > page.width / 2 || (!blank && leadWidth >= indent)) {
    const margin = Math.min(indent, GAP);
    const below = wrap(body, page.width - margin).map((one) => [run(' '.repeat(margin)), ...one]);
    return [...wrap(lead, page.width), ...below].map((one) => paint(one, page));
  }
  const lines = wrap(body, page.width - indent);
  if (lines.length === 0 && !blank) return [paint(lead, page)];
  return lines.map((one, index) => {
    const before = index === 0 ? [...lead, run(' '.repeat(Math.max(0, indent - leadWidth)))] : [run(' '.repeat(indent))];
    return paint([...before, ...one], page);
  });
}
