import { fold } from '../../search/tokens.ts';
import type { DraftResponse, SourceDocument, Span } from './model.ts';
import { readName } from './person-name.ts';
import { withRole } from './respondent-line.ts';

export interface Panel {
  responses: DraftResponse[];
  doubts: { message: string; at: Span }[];
}

const COLUMNS = {
  name: /^(?:name|participant|panell?ist|expert|economist|respondent|nombre|participante|experto a?|experta|economista|nome|especialista)s?$/,
  affiliation:
    /^(?:affiliation|university|institution|organi[sz]ation|employer|afiliacion|universidad|institucion|organizacion|filiacao|universidade|instituicao|organizacao)$/,
  role: /^(?:title|role|position|cargo|puesto|funcao)$/,
  vote: /^(?:vote|answer|opinion|voto|respuesta|opiniao|resposta)$/,
  confidence: /^(?:confidence|certainty|confianza|confianca|certeza)(?: 1 ?10)?$/,
  comment: /^(?:comments?|reasoning|explanation|comentarios?|justificacion|justificativa)$/,
} as const;
type Column = keyof typeof COLUMNS;

const NOT_ANSWERED = /^(?:did not answer|dna|no answer|not answered|no respondio|sin respuesta|nao respondeu|sem resposta)?$/;

/** The tables of a document that have a column of names beside votes, confidence or comments. */
export function panelsOf(document: SourceDocument): ReadonlyMap<number, Panel> {
  const found = new Map<number, Panel>();
  document.blocks.forEach((block, index) => {
    if (block.kind !== 'table' || block.furniture || !block.rows || block.rows.length > 2000) return;
    const [header, ...rows] = block.rows;
    const columns = header === undefined ? undefined : columnsOf(document.text, header);
    if (columns) found.set(index, readPanel(document.text, rows, columns));
  });
  return found;
}

/** Which column holds what; undefined where the table is no panel. */
export function columnsOf(text: string, header: readonly Span[]): ReadonlyMap<Column, number> | undefined {
  const columns = new Map<Column, number>();
  for (const [index, cell] of header.entries()) {
    const title = fold(text.slice(cell.start, cell.end));
    for (const column of ['name', 'affiliation', 'role', 'vote', 'confidence', 'comment'] as const) {
      if (COLUMNS[column].test(title) && !columns.has(column)) columns.set(column, index);
    }
  }
  const isPanel = columns.has('name') && (columns.has('vote') || columns.has('comment'));
  return isPanel ? columns : undefined;
}

function readPanel(text: string, rows: readonly (readonly Span[])[], columns: ReadonlyMap<Column, number>): Panel {
  const panel: Panel = { responses: [], doubts: [] };
  const seen = new Set<string>();
  for (const row of rows) {
    const at = (column: Column) => row[columns.get(column) ?? -1];
    const cell = (column: Column) => {
      const span = at(column);
      return span === undefined ? '' : text.slice(span.start, span.end).trim();
    };
    const nameAt = at('name');
    if (nameAt === undefined || row.every((one) => text.slice(one.start, one.end).trim() === '')) continue;
    const name = readName(text, nameAt.start);
    if (name === undefined || name.end > nameAt.end) {
      panel.doubts.push({ message: `“${cell('name')}” in the column of names is not surely a name.`, at: nameAt });
      continue;
    }
    const person = withRole(name, nameAt.start, text.slice(name.end, nameAt.end).replace(/^[\s,]+/, ''));
    if (cell('affiliation') !== '') person.affiliation = cell('affiliation');
    if (cell('role') !== '') person.role = cell('role');
    if (seen.has(fold(person.display)))
      panel.doubts.push({ message: `${person.display} stands in the table twice.`, at: nameAt });
    seen.add(fold(person.display));
    const response = answer(
      person,
      { vote: cell('vote'), confidence: cell('confidence'), comment: cell('comment') },
      at('comment'),
    );
    panel.responses.push(response);
  }
  return panel;
}

function answer(
  person: DraftResponse['respondents'][number],
  cells: { vote: string; confidence: string; comment: string },
  at: Span | undefined,
): DraftResponse {
  const base = { respondents: [person], begins: 'row of a panel table', ends: 'end of the cell' };
  const hasVote = !NOT_ANSWERED.test(fold(cells.vote));
  const confidence = /^(?:10|\d)(?:\.\d)?$/.test(cells.confidence) ? Number(cells.confidence) : undefined;
  const stances = hasVote
    ? [{ value: cells.vote, ...(confidence === undefined ? {} : { confidence }), by: 'respondent' as const }]
    : [];
  const paragraphs =
    at && /\p{L}/u.test(cells.comment) ? [{ text: cells.comment.replace(/\s+/g, ' '), start: at.start, end: at.end }] : [];
  if (paragraphs.length > 0) return { ...base, availability: 'text', paragraphs, ...(stances.length > 0 ? { stances } : {}) };
  if (hasVote) return { ...base, availability: 'stance-only', paragraphs: [], stances };
  return { ...base, availability: 'did-not-answer', paragraphs: [], ...(cells.vote === '' ? {} : { note: cells.vote }) };
}
