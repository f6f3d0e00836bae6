import { documentBuilder } from './markdown.ts';
import type { SourceDocument } from './model.ts';

const MAX_ROWS = 5000;

/** Comma-, semicolon- or tab-separated values as one table; lines of a single cell before it are paragraphs. */
export function readCsv(source: string): SourceDocument {
  const rows = csvRows(source);
  const builder = documentBuilder();
  const cells = (row: readonly string[]) => row.filter((cell) => cell.trim() !== '').length;
  let first = rows.findIndex((row) => cells(row) > 1);
  if (first < 0) first = rows.length;
  for (const row of rows.slice(0, first)) builder.add({ kind: 'paragraph', text: row.join(' ').trim(), marks: [] });
  builder.table(rows.slice(first).filter((row) => cells(row) > 0));
  return builder.done();
}

function csvRows(source: string): string[][] {
  const delimiter = commonDelimiter(source);
  const rows: string[][] = [];
  const row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < source.length && rows.length < MAX_ROWS; at += 1) {
    const letter = source.charAt(at);
    if (isQuoted && letter === '"' && source.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted;
    else if (!isQuoted && (letter === delimiter || letter === '\n')) {
      row.push(cell);
      cell = '';
      if (letter === '\n') rows.push(row.splice(0));
    } else cell += letter;
  }
  row.push(cell);
  rows.push(row);
  return rows;
}

function commonDelimiter(source: string): string {
  const count = (delimiter: string) => source.slice(0, 5000).split(delimiter).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}
