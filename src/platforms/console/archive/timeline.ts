import { dateInWords, datePieces, dateSpan } from '../../../content/date.ts';
import type { ResponseInQuestion } from '../../../store/store.ts';
import { hasWords } from '../../../summary/attribution.ts';
import { counted, flat, type Html, html, shortName, wide } from './markup.ts';
import { questionTitle } from './question-title.ts';

const YEAR = 96;
const MIN_WIDTH = 300;
const MAX_WIDTH = 1600;
const SIDE = 14;
const STACK = 18;
const MONTH_MS = 2_629_800_000;

/** When a respondent responded, as dots on a line of years; the list on the page is its text equivalent. */
export function timeline(responses: readonly ResponseInQuestion[], name: string): Html {
  if (responses.length < 2) return html``;
  const years = responses.map(({ question }) => datePieces(question.date).year.value);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const from = Date.parse(`${String(first).padStart(4, '0')}-01-01`);
  const span = Date.parse(`${String(last + 1).padStart(4, '0')}-01-01`) - from;
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, (last - first + 1) * YEAR));
  const x = (at: number) => SIDE + ((at - from) / span) * (width - 2 * SIDE);
  const stacks = new Map<number, number>();
  const dots = [...responses].reverse().map(({ question, response }) => {
    const at = middle(question.date);
    const month = Math.floor((at - from) / MONTH_MS);
    const level = stacks.get(month) ?? 0;
    stacks.set(month, level + 1);
    return {
      at,
      level,
      words: hasWords(response) && question.rights !== 'link',
      label: `${dateInWords(question.date)}: ${questionTitle(question)}`,
    };
  });
  const base = 16 + (Math.max(0, ...stacks.values()) - 1) * STACK + 14;
  const height = base + 34;
  const ticks = Array.from({ length: last - first + 2 }, (_, index) => first + index);
  return html`<figure class="figure">
<figcaption>Over time</figcaption>
${wide(
  `Timeline of ${flat(name)}`,
  html`<svg class="chart" role="img" aria-labelledby="timeline timeline-said" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title id="timeline">Responses of ${flat(name)} over time</title>
<desc id="timeline-said">${counted(responses.length, 'response')} from ${first} to ${last}. The list of responses below holds every one.</desc>
<line class="axis" x1="0" x2="${width}" y1="${base}" y2="${base}"/>
${ticks.map((year) => tick(year, x(Date.parse(`${String(year).padStart(4, '0')}-01-01`)), base, year <= last ? (width - 2 * SIDE) / (last - first + 1) : 0))}
${dots.map(({ at, level, words, label }) => html`<g><circle class="${words ? 'full' : 'ring'}" cx="${x(at)}" cy="${base - 14 - level * STACK}" r="6"/><title>${flat(shortName(label))}</title></g>`)}
</svg>`,
)}
<ul class="legend" aria-hidden="true"><li><svg width="20" height="20" viewBox="0 0 20 20"><circle class="full" cx="10" cy="10" r="6"/></svg> words on file</li>${
    dots.every(({ words }) => words)
      ? ''
      : html`<li><svg width="20" height="20" viewBox="0 0 20 20"><circle class="ring" cx="10" cy="10" r="6"/></svg> named, no words to show</li>`
  }</ul>
</figure>`;
}

const tick = (year: number, x: number, base: number, room: number): Html =>
  html`<line class="axis" x1="${x}" x2="${x}" y1="${base}" y2="${base + 5}"/>${room < 30 ? '' : html`<text class="figure-label" x="${x + room / 2}" y="${base + 20}">${year}</text>`}`;

/** For the place of a dot only: the middle of what a partial date may mean. */
function middle(edtf: string): number {
  const { first, last } = dateSpan(edtf);
  return (Date.parse(first) + Date.parse(last)) / 2;
}
