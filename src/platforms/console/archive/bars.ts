import type { PeriodCount } from '../../../store/store.ts';
import { counted, type Html, html, wide } from './markup.ts';

const HEIGHT = 132;
const TOP = 22;
const BAR = 26;
const STEP = 40;
const LEFT = 6;
const MAX_MONTHS = 18;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Bar {
  label: string;
  questions: number;
  responses: number;
}

/** Responses over time as columns, and the same as a table; nothing where there is one period only. */
export function overTime(periods: readonly PeriodCount[], of: string): Html {
  const bars = barsOf(periods);
  if (bars.length < 2) return html``;
  const most = Math.max(...bars.map(({ responses }) => responses), 1);
  const width = LEFT * 2 + bars.length * STEP;
  const total = bars.reduce((sum, { responses }) => sum + responses, 0);
  const svg = html`<svg class="chart" role="img" aria-labelledby="over-time over-time-said" width="${width}" height="${HEIGHT + TOP + 26}" viewBox="0 0 ${width} ${HEIGHT + TOP + 26}">
<title id="over-time">Responses over time: ${of}</title>
<desc id="over-time-said">${counted(total, 'response')} with words on file, from ${bars[0]?.label} to ${bars.at(-1)?.label}; the most in one period is ${most}. The table below holds every figure.</desc>
<line class="axis" x1="0" x2="${width}" y1="${TOP + HEIGHT}" y2="${TOP + HEIGHT}"/>
${bars.map((bar, index) => column(bar, LEFT + index * STEP + (STEP - BAR) / 2, most))}
</svg>`;
  return html`<figure class="figure">
<figcaption>Responses over time</figcaption>
${wide('Responses over time', svg)}
<details class="figures"><summary>The same as a table</summary>
<table><thead><tr><th scope="col">Period</th><th scope="col">Questions</th><th scope="col">Responses with words on file</th></tr></thead>
<tbody>${bars.map(({ label, questions, responses }) => html`<tr><th scope="row">${label}</th><td>${questions}</td><td>${responses}</td></tr>`)}</tbody></table>
</details>
</figure>`;
}

function column({ label, responses }: Bar, x: number, most: number): Html {
  const height = Math.round((responses / most) * HEIGHT);
  const y = TOP + HEIGHT - height;
  return html`<g><rect class="bar" x="${x}" y="${y}" width="${BAR}" height="${height}" rx="2"/>${
    responses === 0 ? '' : html`<text class="figure-count" x="${x + BAR / 2}" y="${y - 6}">${responses}</text>`
  }<text class="figure-label" x="${x + BAR / 2}" y="${TOP + HEIGHT + 18}">${label}</text></g>`;
}

/** Months where they are few and all known; years otherwise. Periods without questions stay visible as gaps. */
function barsOf(periods: readonly PeriodCount[]): Bar[] {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return [];
  const byMonth = periods.every(({ period }) => period.length === 7);
  const months = monthNumber(last.period) - monthNumber(first.period) + 1;
  if (byMonth && months <= MAX_MONTHS) {
    return Array.from({ length: months }, (_, index) => {
      const at = monthNumber(first.period) + index;
      const year = Math.floor(at / 12);
      const found = periods.find(({ period }) => monthNumber(period) === at);
      const label = at % 12 === 0 || index === 0 ? `${MONTHS[at % 12]} ${String(year).slice(2)}` : (MONTHS[at % 12] ?? '');
      return { label, questions: found?.questions ?? 0, responses: found?.responses ?? 0 };
    });
  }
  const year = (period: string) => Number(period.slice(0, 4));
  return Array.from({ length: year(last.period) - year(first.period) + 1 }, (_, index) => {
    const own = periods.filter(({ period }) => year(period) === year(first.period) + index);
    const sum = (of: 'questions' | 'responses') => own.reduce((all, one) => all + one[of], 0);
    return { label: String(year(first.period) + index), questions: sum('questions'), responses: sum('responses') };
  });
}

const monthNumber = (period: string): number => Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7)) - 1;
