import { WITH_TEXT } from '../../../content/availability.ts';
import { countryName } from '../../../content/countries.ts';
import { ageLabel, dateInWords } from '../../../content/date.ts';
import type { Question, Response } from '../../../content/question.ts';
import type { Rights } from '../../../content/schema.ts';
import { inWords, nameless, respondentName } from '../../../summary/attribution.ts';
import { SAMPLE_NOTICE } from '../../../summary/provenance.ts';
import { countryHref, respondentHref, topicHref, withQuery } from './address.ts';
import { bdi, dotted, type Html, html } from './markup.ts';

const RIGHTS_LABEL: Record<Rights, string | undefined> = { whole: undefined, quotes: 'Quotes only', link: 'Link only' };

/** What a reader must see at a glance: fictional, old, restricted, corrected. */
export function badges(question: Question, now: Date): Html {
  const age = ageLabel(question.date, now);
  const rights = RIGHTS_LABEL[question.rights];
  const corrected = [...question.corrections, ...question.responses.flatMap((response) => response.corrections)].length > 0;
  return html`${question.sample ? sampleBadge : ''}${age === undefined ? '' : badge('age', age)}${
    rights === undefined ? '' : badge('rights', rights)
  }${corrected ? badge('corrected', 'Corrected') : ''}${question.status.is === 'retracted' ? badge('retracted', 'Retracted') : ''}`;
}

const badge = (kind: string, words: string): Html => html`<span class="badge badge-${kind}">${words}</span>`;

export const sampleBadge: Html = badge('sample', 'Sample · fictional');

/** Above everything that is not real. */
export const sampleNotice = (sample: boolean): Html | '' =>
  sample ? html`<p class="notice notice-sample"><strong>${SAMPLE_NOTICE}.</strong> Nothing here was said by anybody.</p>` : '';

/** Publication and date, the inferred pieces of the date in brackets. */
export const dateline = ({ publication, date }: Question): Html =>
  html`<span class="publication">${bdi(publication.name)}</span> <span class="dot" aria-hidden="true">·</span> <span class="date">${dateInWords(date)}</span>`;

/** Topics and countries as links, within the same half of the archive. */
export function subjects({ topics, countries }: Pick<Question, 'topics' | 'countries'>): Html {
  const all = [
    ...topics.map((topic) => html`<li><a href="${topicHref(topic)}">${bdi(topic)}</a></li>`),
    ...[...countries]
      .sort((a, b) => countryName(a).localeCompare(countryName(b), 'en'))
      .map((code) => html`<li><a class="country" href="${countryHref(code)}">${countryName(code)}</a></li>`),
  ];
  return all.length === 0 ? html`` : html`<ul class="chips">${all}</ul>`;
}

/** Who speaks, as printed with this response; never a name that the source does not give. */
export function speaker(response: Response): Html {
  if (response.respondents.length === 0) {
    const why = WITH_TEXT.includes(response.availability) ? html` <span class="role">${nameless(response)}</span>` : '';
    return html`<span class="name">${bdi(respondentName(response))}</span>${why}`;
  }
  const printed = response.respondents.map(({ person, name, role, affiliation }) => {
    const place = [role, affiliation].filter((piece) => piece !== undefined).join(', ');
    return html`<span class="name"><a href="${respondentHref(person.id)}">${bdi(name)}</a></span>${place === '' ? '' : html` <span class="role">${bdi(place)}</span>`}`;
  });
  const together = printed.length > 1 ? html` <span class="role">one response, signed by ${printed.length}</span>` : '';
  return html`${printed.map((one, index) => html`${index === 0 ? '' : html`<br>`}${one}`)}${together}`;
}

export const speakerNames = (responses: readonly Response[]): string => inWords(responses.map(respondentName));

/** The language of words that are not the page’s own. */
export const lang = (language: string): Html | '' => (language.split('-')[0] === 'en' ? '' : html` lang="${language}"`);

/** Links to the pages before and after. */
export function pager(
  path: string,
  query: Record<string, string | undefined>,
  { page, pages }: { page: number; pages: number },
): Html {
  if (pages < 2) return html``;
  const link = (to: number, words: string, rel: string) =>
    html`<a class="turn" rel="${rel}" href="${withQuery(path, { ...query, page: to })}">${words}</a>`;
  return html`<nav class="pager" aria-label="Pages">
${page > 1 ? link(page - 1, '← Newer', 'prev') : html`<span></span>`}
<span>${dotted([`Page ${page} of ${pages}`])}</span>
${page < pages ? link(page + 1, 'Older →', 'next') : html`<span></span>`}
</nav>`;
}
