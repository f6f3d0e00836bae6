import { lineNumbers } from '../../../content/import/line-numbers.ts';
import type { ImportRecord } from '../../../intake/record.ts';
import { bdi, counted, type Html, html, shortName } from '../archive/markup.ts';
import type { Said, SaidInDraft } from './said.ts';
import { linesInWords, toneOf } from './words.ts';

type Read = ImportRecord['draft'];

/** Who says what: each response of the draft with its place there and in the source, and what does not agree. */
export function saidView(held: SaidInDraft | undefined, draft: Read): Html {
  if (!held) return html`<p class="small">Who says what is shown once the draft can be read.</p>`;
  const withWords = held.said.filter(({ paragraphs }) => paragraphs > 0);
  const others = held.said.filter(({ paragraphs }) => paragraphs === 0);
  if (held.said.length === 0 && held.left.length === 0) return html`<p class="small">The draft holds no response.</p>`;
  const places = placesOf(draft);
  const anchored = new Set<number>();
  return html`<section class="who" aria-labelledby="who"><h3 id="who">Who says what</h3>
<ul>${withWords.map((said) => saidRow(said, places, anchored))}${held.left.map((place) => leftRow(place, draft, places, anchored))}</ul>
${others.length === 0 ? '' : html`<p class="small">Without words: ${others.map(({ by, line }, at) => html`${at === 0 ? '' : ' · '}${bdi(shortName(by))} (<a href="#line-${line}">line ${line}</a>)`)}</p>`}</section>`;
}

function saidRow(
  { by, line, source, paragraphs, changed, instead }: Said,
  places: readonly string[],
  anchored: Set<number>,
): Html {
  const what = html`${chip(source, by)} <a href="#line-${line}">draft, line ${line}</a>`;
  if (source === undefined) {
    return html`<li>${what}<p class="warn"><strong>Not in the source:</strong> none of these words were read there word for word.</p></li>`;
  }
  const anchor = anchored.has(source) ? '' : html` id="said-${source + 1}"`;
  anchored.add(source);
  const same = paragraphs - changed.length;
  return html`<li${anchor}>${what} · ${inSource(source, places)}
<p class="small">${same} of ${counted(paragraphs, 'paragraph')} word for word as read.</p>
${instead === undefined ? '' : html`<p class="warn"><strong>Another name:</strong> as read, the source gives these words to ${bdi(shortName(instead))}.</p>`}
${changed.length === 0 ? '' : html`<p class="warn"><strong>Other words:</strong> ${changed.map((at, index) => html`${index === 0 ? '' : ', '}<a href="#line-${at}">line ${at}</a>`)} ${changed.length === 1 ? 'is' : 'are'} not as read under this name.</p>`}</li>`;
}

function leftRow(place: number, draft: Read, places: readonly string[], anchored: Set<number>): Html {
  const anchor = anchored.has(place) ? '' : html` id="said-${place + 1}"`;
  anchored.add(place);
  return html`<li${anchor}>${chip(place, draft.responses[place]?.by ?? '')} ${inSource(place, places)}<p class="warn"><strong>Left out:</strong> the draft has none of these words as read.</p></li>`;
}

const chip = (place: number | undefined, by: string): Html =>
  place === undefined
    ? html`<span class="chip">${bdi(shortName(by))}</span>`
    : html`<span class="chip ${toneOf(place)}"><span class="number">${place + 1}</span> ${bdi(shortName(by))}</span>`;

const inSource = (place: number, places: readonly string[]): Html =>
  html`<a href="#source-response-${place + 1}">source, ${places[place]}</a>`;

/** The lines of the source that each response stands in. */
function placesOf({ text, responses }: Read): string[] {
  const lineOf = lineNumbers(text);
  return responses.map(({ paragraphs }) => {
    const starts = paragraphs.map(({ start }) => start);
    const ends = paragraphs.map(({ start, end }) => Math.max(start, end - 1));
    return paragraphs.length === 0 ? '' : linesInWords(lineOf(Math.min(...starts)), lineOf(Math.max(...ends)));
  });
}
