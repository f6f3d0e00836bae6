import type { Question, Response } from '../../../content/question.ts';
import type { Log } from '../../../log.ts';
import { hasWords, originals, respondentName } from '../../../summary/attribution.ts';
import { lineForPart, mainSentence, PART_RULE } from '../../../summary/extract.ts';
import { mayQuote, quoteOf, type Span, verify } from '../../../summary/quotes.ts';
import { quoteHref } from './address.ts';
import { lang, speaker } from './badges.ts';
import { bdi, flat, type Html, html, wide } from './markup.ts';

const ROW = 30;
const NAMES = 196;
const CELL = 44;
const HEAD = 30;
const NAME_CHARS = 27;

type Cell =
  | { kind: 'editor' | 'rule' | 'main'; words: string; code: string; language: string }
  | { kind: 'not-addressed' | 'none' | 'no-words' | 'refused' };

interface Row {
  response: Response;
  cells: Cell[];
}

const MEANING: Record<Cell['kind'], string> = {
  editor: 'a line mapped by the editor',
  rule: 'a line extracted by rule',
  main: 'main sentence, extracted by rule',
  'not-addressed': 'does not address this [recorded by the editor]',
  none: 'no matching line found',
  'no-words': 'no words on file',
  refused: 'a quote was refused: it no longer matches the stored response',
};

/** Who answered which part: at a glance as a chart, in their own words as a table. */
export function matrix(question: Question, log: Log): Html {
  const rows = originals(question)
    .filter(({ status }) => status.is === 'usable')
    .map((response) => ({ response, cells: question.parts.map((_, index) => cellOf(question, response, index + 1, log)) }));
  if (question.rights === 'link' || rows.length === 0 || (rows.length === 1 && question.parts.length === 1)) return html``;
  return html`<section class="block" aria-labelledby="views">
<h2 id="views">Who answered what</h2>
${question.parts.length > 1 ? html`<figure class="figure">${wide('Who answered which part', chart(rows, question.parts.length))}${legend(rows)}</figure>` : ''}
${lines(question, rows)}
<p class="small">How lines are chosen: an editor’s first. Otherwise: ${PART_RULE} “No matching line found” says nothing about what a response holds.</p>
</section>`;
}

function cellOf(question: Question, original: Response, part: number, log: Log): Cell {
  const response = translated(question, original);
  if (!hasWords(original) || !mayQuote(question, response)) return { kind: 'no-words' };
  const found = lineForPart(question, response, part);
  if (found === 'not-addressed') return { kind: 'not-addressed' };
  if (found) return quoted(question, response, found.span, found.by, log);
  const main = question.parts.length === 1 ? mainSentence(response) : undefined;
  return main ? quoted(question, response, main, 'main', log) : { kind: 'none' };
}

/** A translation into the question’s language, where one is on file. */
const translated = ({ responses, language }: Question, original: Response): Response =>
  responses.find((one) => one.translationOf === original.id && one.language === language) ?? original;

function quoted(question: Question, response: Response, span: Span, kind: 'editor' | 'rule' | 'main', log: Log): Cell {
  const quote = quoteOf(question, response, span);
  const words = verify(quote);
  if (words !== undefined) return { kind, words, code: quote.code, language: response.language };
  log('error', 'quote refused: it does not match the stored response', { quote: quote.code, question: question.id });
  return { kind: 'refused' };
}

function chart(rows: readonly Row[], parts: number): Html {
  const width = NAMES + parts * CELL;
  const height = HEAD + rows.length * ROW + 4;
  const heads = Array.from(
    { length: parts },
    (_, index) => html`<text class="figure-label" x="${NAMES + index * CELL + CELL / 2}" y="20">${index + 1}</text>`,
  );
  return html`<svg class="chart matrix" role="img" aria-labelledby="matrix matrix-said" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title id="matrix">Who answered which part</title>
<desc id="matrix-said">${rows.map(({ response, cells }) => `${flat(respondentName(response))}: ${cells.map(({ kind }, index) => `part ${index + 1}, ${MEANING[kind]}`).join('; ')}.`).join(' ')}</desc>
<text class="figure-name figure-faint" x="0" y="20">Respondent / part</text>${heads}
${rows.map((row, index) => chartRow(row, HEAD + index * ROW, width))}
</svg>`;
}

function chartRow({ response, cells }: Row, y: number, width: number): Html {
  const name = flat(respondentName(response));
  const shown =
    Array.from(name).length > NAME_CHARS
      ? `${Array.from(name)
          .slice(0, NAME_CHARS - 1)
          .join('')}…`
      : name;
  return html`<g><line class="rule" x1="0" x2="${width}" y1="${y}" y2="${y}"/><text class="figure-name" x="0" y="${y + 19}">${shown}</text>${cells.map(({ kind }, index) => mark(kind, NAMES + index * CELL + CELL / 2, y + ROW / 2))}</g>`;
}

function mark(kind: Cell['kind'], x: number, y: number): Html {
  const shape = {
    editor: html`<circle class="full" cx="${x}" cy="${y}" r="8"/>`,
    rule: html`<circle class="ring" cx="${x}" cy="${y}" r="7"/><circle class="full" cx="${x}" cy="${y}" r="3"/>`,
    main: html`<circle class="ring" cx="${x}" cy="${y}" r="7"/><circle class="full" cx="${x}" cy="${y}" r="3"/>`,
    'not-addressed': html`<path class="stroke" d="M${x - 6} ${y - 6}l12 12m0 -12l-12 12"/>`,
    none: html`<circle class="ring" cx="${x}" cy="${y}" r="7"/>`,
    'no-words': html`<line class="dashed" x1="${x - 7}" x2="${x + 7}" y1="${y}" y2="${y}"/>`,
    refused: html`<text class="figure-count" x="${x}" y="${y + 4}">!</text>`,
  }[kind];
  return html`<g>${shape}<title>${MEANING[kind]}</title></g>`;
}

function legend(rows: readonly Row[]): Html {
  const kinds = (['editor', 'rule', 'none', 'not-addressed', 'no-words'] as const).filter((kind) =>
    rows.some(({ cells }) => cells.some((cell) => cell.kind === kind)),
  );
  return html`<ul class="legend" aria-hidden="true">${kinds.map((kind) => html`<li><svg width="20" height="20" viewBox="0 0 20 20">${mark(kind, 10, 10)}</svg> ${MEANING[kind]}</li>`)}</ul>`;
}

function lines({ parts }: Question, rows: readonly Row[]): Html {
  const heads = parts.map(
    (part, index) =>
      html`<th scope="col"><span class="part-number">${parts.length === 1 ? '' : index + 1}</span> <span dir="auto">${part}</span></th>`,
  );
  const body = rows
    .filter(({ cells }) => cells.some(({ kind }) => kind !== 'no-words'))
    .map(
      ({ response, cells }) =>
        html`<tr><th scope="row">${speaker(response)}</th>${cells.map((cell, index) => html`<td data-part="${parts.length === 1 ? '' : `Part ${index + 1}`}">${stance(response, index + 1, parts.length)}${said(cell)}</td>`)}</tr>`,
    );
  if (body.length === 0) return html``;
  return wide(
    'Lines by respondent and part',
    html`<table class="views"><caption>Each line is verbatim</caption><thead><tr><th scope="col">Respondent</th>${heads}</tr></thead><tbody>${body}</tbody></table>`,
  );
}

function said(cell: Cell): Html {
  if (!('words' in cell)) return html`<span class="absent">${MEANING[cell.kind]}</span>`;
  return html`<q dir="auto"${lang(cell.language)}>${cell.words}</q> <a class="tag" href="${quoteHref(cell.code)}">${MEANING[cell.kind].replace('a line ', '')}</a>`;
}

function stance({ stances }: Response, part: number, parts: number): Html | '' {
  const held = stances.find((one) => (one.part ?? (parts === 1 ? 1 : undefined)) === part);
  if (!held) return '';
  const confidence = held.confidence === undefined ? '' : `, confidence ${held.confidence}`;
  return html`<span class="stance">${bdi(held.value)}${confidence}${held.by === 'editor' ? ' [as read by the editor]' : ''}</span> `;
}
