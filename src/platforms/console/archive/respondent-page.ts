import { dateInWords } from '../../../content/date.ts';
import type { Person } from '../../../content/question.ts';
import type { ResponseInQuestion, Store } from '../../../store/store.ts';
import { absence, hasWords } from '../../../summary/attribution.ts';
import { leadQuotes } from '../../../summary/quote-lines.ts';
import { verify } from '../../../summary/quotes.ts';
import { questionHref, topicHref, withQuery } from './address.ts';
import { badges, sampleNotice } from './badges.ts';
import type { PageOptions } from './layout.ts';
import { bdi, counted, flat, type Html, html, shortName } from './markup.ts';
import { questionTitle } from './question-title.ts';
import { quoteCard } from './quote-card.ts';
import { timeline } from './timeline.ts';

const HISTORY = 500;
const LATEST_QUOTES = 4;

/** One respondent over time: roles as printed, what is on file, in their own words. */
export async function respondentPage(person: Person, { store, now }: { store: Store; now: Date }): Promise<PageOptions> {
  const { responses, total } = await store.responsesOf(person.id, { limit: HISTORY, offset: 0 });
  const originals = responses.filter(({ response }) => response.translationOf === undefined);
  const real = originals.filter(({ question }) => !question.sample);
  const sample = real.length === 0;
  const shown = sample ? originals : real;
  return {
    title: person.name,
    path: `/respondents/${person.id}`,
    description: `Responses of ${person.name}, with roles as printed.`,
    section: 'respondents',
    crumbs: [{ label: 'Respondents', href: '/respondents' }, { label: person.name }],
    fictional: sample,
    body: html`${sampleNotice(sample)}
<header class="title"><h1 dir="auto">${shortName(person.name)}</h1>
${person.note === undefined ? '' : html`<p class="standfirst">${bdi(person.note)}</p>`}
${person.variants.length === 0 ? '' : html`<p class="meta">Also written ${person.variants.map((variant, index) => html`${index === 0 ? '' : ' · '}${bdi(variant)}`)}</p>`}
<p class="count">${countOf(shown)}</p></header>
${timeline(shown, person.name)}
${roles(person, shown)}
${topics(shown)}
${latest(person, shown, now)}
${list(shown, total, now)}`,
  };
}

function countOf(responses: readonly ResponseInQuestion[]): string {
  const held = responses.filter(({ response }) => hasWords(response)).length;
  return `Named in ${counted(responses.length, 'question')}, ${held === 0 ? 'no words on file' : `${counted(held, 'response')} with words on file`}`;
}

/** Each role and affiliation as printed, and when it was. */
function roles(person: Person, responses: readonly ResponseInQuestion[]): Html {
  const printed = new Map<string, string[]>();
  for (const { question, response } of [...responses].reverse()) {
    for (const { person: who, name, role, affiliation } of response.respondents) {
      const as = [name === person.name ? undefined : name, role, affiliation].filter((piece) => piece !== undefined).join(', ');
      if (who.id === person.id && as !== '') printed.set(as, [...(printed.get(as) ?? []), dateInWords(question.date)]);
    }
  }
  if (printed.size === 0) return html``;
  const rows = [...printed].map(
    ([as, dates]) =>
      html`<li>${bdi(as)}<span class="row-facts">${dates.length === 1 ? dates[0] : `${dates[0]} to ${dates.at(-1)} · printed ${dates.length} times`}</span></li>`,
  );
  return html`<section class="block" aria-labelledby="roles"><h2 id="roles">As printed over time</h2><ul class="rows">${rows}</ul></section>`;
}

function topics(responses: readonly ResponseInQuestion[]): Html {
  const counts = new Map<string, number>();
  for (const topic of responses.flatMap(({ question }) => question.topics)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  if (counts.size === 0) return html``;
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  return html`<section class="block" aria-labelledby="topics"><h2 id="topics">Topics</h2><ul class="chips">${ranked.map(([topic, count]) => html`<li><a href="${topicHref(topic)}">${bdi(topic)} <span class="chip-count">${count}</span></a></li>`)}</ul></section>`;
}

function latest(person: Person, responses: readonly ResponseInQuestion[], now: Date): Html {
  const cards = responses
    .flatMap(({ question, response }) => leadQuotes(question, response).slice(0, 1))
    .slice(0, LATEST_QUOTES)
    .flatMap(({ quote, tag }) => {
      const words = verify(quote);
      return words === undefined ? [] : [quoteCard({ quote, words, hits: [], tag }, now)];
    });
  if (cards.length === 0) return html``;
  return html`<section class="block" aria-labelledby="quotes"><h2 id="quotes">Latest quotes</h2><div class="quotes">${cards}</div><p class="meta"><a href="${withQuery('/quotes', { by: person.id })}">All quotes of ${bdi(person.name)}</a></p></section>`;
}

function list(responses: readonly ResponseInQuestion[], total: number, now: Date): Html {
  const rows = responses.map(({ question, response }) => {
    const why = absence(response);
    return html`<tr><td class="date">${dateInWords(question.date)}</td><td><a href="${questionHref(question)}#response-${response.id}" aria-label="${flat(shortName(questionTitle(question)))}, ${dateInWords(question.date)}">${bdi(shortName(questionTitle(question)))}</a> ${badges(question, now)}</td><td>${why === undefined ? (question.rights === 'link' ? 'link only' : 'words on file') : bdi(why)}</td></tr>`;
  });
  return html`<section class="block" aria-labelledby="responses"><h2 id="responses">All responses</h2>
<table class="plain"><thead><tr><th scope="col">Date</th><th scope="col">Question</th><th scope="col">On file</th></tr></thead><tbody>${rows}</tbody></table>
${total > HISTORY ? html`<p class="small">The newest ${HISTORY} of ${total}; <a href="/archive">search the questions</a> for older ones.</p>` : ''}</section>`;
}
