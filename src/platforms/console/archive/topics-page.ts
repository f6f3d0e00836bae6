import { dateInWords } from '../../../content/date.ts';
import type { Name, Store } from '../../../store/store.ts';
import { countryHref, topicHref, withQuery } from './address.ts';
import { pager, sampleNotice } from './badges.ts';
import { overTime } from './bars.ts';
import type { PageOptions } from './layout.ts';
import { bdi, counted, type Html, html } from './markup.ts';
import { questionList } from './questions-page.ts';

const PAGE = 20;

/** What the archive holds: topics and countries with counts and newest date. */
export async function topicsPage({ store }: { store: Store }): Promise<PageOptions> {
  const halves = await Promise.all(
    [false, true].map(async (sample) => ({
      sample,
      topics: await store.names('topic', sample),
      countries: await store.names('country', sample),
    })),
  );
  const filled = halves.filter(({ topics }) => topics.length > 0);
  return {
    title: 'Topics',
    path: '/topics',
    description: 'Topics and countries of this archive.',
    section: 'topics',
    body: html`<header class="title"><h1>Topics</h1></header>
${filled.length === 0 ? html`<div class="empty"><h2 class="empty-title">Nothing is on file yet</h2><p><a href="/about">What is loaded</a></p></div>` : ''}
${filled.map(({ sample, topics, countries }) => {
  const lists = html`<div class="two-lists">${names(sample ? 'Sample topics' : 'By subject', topics)}${names(sample ? 'Sample countries' : 'By country', countries)}</div>`;
  return sample
    ? html`<section class="sample-half" aria-labelledby="sample"><h2 id="sample">The sample collection</h2>${sampleNotice(true)}${lists}</section>`
    : lists;
})}`,
  };
}

function names(label: string, of: readonly Name[]): Html {
  if (of.length === 0) return html``;
  return html`<section aria-label="${label}"><h2>${label}</h2><ul class="rows">${of.map(
    ({ kind, ref, label: name, count, newest }) =>
      html`<li><a href="${kind === 'country' ? countryHref(ref) : topicHref(name)}">${bdi(name)}</a><span class="row-facts">${counted(count, 'question')} · newest ${dateInWords(newest)}</span></li>`,
  )}</ul></section>`;
}

/** A topic or a country: responses over time, and its questions; the sample’s own apart, or alone where nothing real fits. */
export async function subjectPage(
  found: readonly [Name, ...Name[]],
  { store, now, page }: { store: Store; now: Date; page: number },
): Promise<PageOptions> {
  const [name] = found;
  const isTopic = name.kind === 'topic';
  const path = isTopic ? topicHref(name.label) : countryHref(name.ref);
  const narrowed = (sample: boolean) => ({ sample, ...(isTopic ? { topic: name.label } : { country: name.ref }) });
  const [real, sample] = [found.find((one) => !one.sample), found.find((one) => one.sample)];
  const filter = narrowed(real === undefined);
  const [{ questions, total }, periods, related] = await Promise.all([
    store.questions(filter, { limit: PAGE, offset: (page - 1) * PAGE }),
    store.periods(filter),
    isTopic ? [] : store.topicsOf(name.ref, filter.sample),
  ]);
  const key = { ...(isTopic ? { topic: name.label } : { country: name.ref }), sample: real === undefined ? 'on' : undefined };
  return {
    title: name.label,
    path,
    description: `Questions and responses on ${name.label}.`,
    section: 'topics',
    crumbs: [{ label: 'Topics', href: '/topics' }, { label: name.label }],
    fictional: filter.sample,
    feeds: { title: name.label, rss: withQuery('/feeds/questions.rss', key), json: withQuery('/feeds/questions.json', key) },
    body: html`${sampleNotice(filter.sample)}
<header class="title"><h1 dir="auto">${name.label}</h1>
<p class="count">${counted(total, 'question')}, newest ${dateInWords((real ?? name).newest)}</p>
<p class="meta"><a href="${withQuery('/quotes', key)}">Quotes on ${bdi(name.label)}</a> · <a href="${withQuery('/feeds/questions.rss', key)}">RSS</a> · <a href="${withQuery('/feeds/questions.json', key)}">JSON Feed</a></p></header>
${related.length === 0 ? '' : html`<ul class="chips">${related.map(({ label, count }) => html`<li><a href="${topicHref(label)}">${bdi(label)} <span class="chip-count">${count}</span></a></li>`)}</ul>`}
${overTime(periods, name.label)}
${questionList(questions, now)}
${pager(path, {}, { page, pages: Math.ceil(total / PAGE) })}
${real && sample ? html`<section class="other-half"><h2>The sample collection</h2><p>${counted(sample.count, 'fictional question')} on this too. <a href="${withQuery('/archive', { ...key, sample: 'on' })}">See the sample</a></p></section>` : ''}`,
  };
}
