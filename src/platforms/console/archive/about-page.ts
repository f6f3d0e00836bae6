import { dateInWords } from '../../../content/date.ts';
import type { Publication } from '../../../content/schema.ts';
import type { ContentStatus, FileProblem } from '../../../content/status.ts';
import type { CollectionCount, Store } from '../../../store/store.ts';
import { sampleBadge } from './badges.ts';
import type { PageOptions } from './layout.ts';
import { bdi, counted, type Html, html, outward } from './markup.ts';
import { RIGHTS_IN_WORDS } from './source-notes.ts';

const MAX_PROBLEMS = 100;

/** Version, what is loaded and from where, what is wrong with it, how to connect a workspace, and the rights. */
export async function aboutPage({ store, status }: { store: Store; status: ContentStatus }): Promise<PageOptions> {
  const [collections, publications] = await Promise.all([store.collections(), store.publications()]);
  return {
    title: 'About this archive',
    path: '/about',
    section: 'about',
    body: html`<header class="title"><h1>About this archive</h1>
<p class="standfirst">Briefdesk answers from an archive of expert Q&amp;As: what was asked, what each respondent said in their own words with source and date, and what is missing.</p>
<p class="meta">Version ${status.version}</p></header>
${loaded(collections)}
${sources(publications)}
${problems(status.problems)}
${promises}
${connect}
<section class="block" aria-labelledby="rights"><h2 id="rights">Rights</h2>
<p>The texts belong to their authors and publications; the licence of the program does not cover them. What may be shown of each question is recorded with it, and obeyed by every page, feed and address of this archive:</p>
<dl class="facts"><dt>Whole</dt><dd>${RIGHTS_IN_WORDS.whole}</dd><dt>Quotes</dt><dd>${RIGHTS_IN_WORDS.quotes}</dd><dt>Link</dt><dd>${RIGHTS_IN_WORDS.link}</dd></dl>
<p>What is withheld or under embargo is not in the archive at all; what was retracted keeps its notice and loses its words.</p></section>
<section class="block" aria-labelledby="reuse"><h2 id="reuse">Reading by machine</h2><p>Every search and every topic is an RSS and a JSON Feed, and the same reads are a <a href="/api">JSON API</a>. Pages carry schema.org data.</p></section>`,
  };
}

function loaded(collections: readonly CollectionCount[]): Html {
  if (collections.length === 0) {
    return html`<section class="block"><h2>What is loaded</h2><div class="empty"><h3 class="empty-title">Nothing is loaded yet</h3><p>Put a collection of questions into the content folder (<code>BRIEFDESK_DATA</code>).</p></div></section>`;
  }
  return html`<section class="block" aria-labelledby="loaded"><h2 id="loaded">What is loaded</h2>
<ul class="cards">${collections.map(
    ({ name, about, sample, questions, responses, newest }) => html`<li><h3>${bdi(name)} ${sample ? sampleBadge : ''}</h3>
<p class="count">${counted(questions, 'question')} · ${counted(responses, 'known response')}${newest === undefined ? '' : ` · newest ${dateInWords(newest)}`}</p>
${about === undefined ? '' : html`<p dir="auto">${about}</p>`}</li>`,
  )}</ul></section>`;
}

function sources(publications: readonly (Publication & { sample: boolean })[]): Html {
  if (publications.length === 0) return html``;
  return html`<section class="block" aria-labelledby="sources"><h2 id="sources">Sources</h2>
<table class="plain"><thead><tr><th scope="col">Publication</th><th scope="col">Publisher</th><th scope="col">May be shown, unless a question says otherwise</th></tr></thead>
<tbody>${publications.map(({ name, publisher, home, rights, sample }) => html`<tr><td>${outward(home, name)} ${sample ? sampleBadge : ''}</td><td>${bdi(publisher ?? '')}</td><td>${RIGHTS_IN_WORDS[rights]}</td></tr>`)}</tbody></table></section>`;
}

function problems(all: readonly FileProblem[]): Html {
  if (all.length === 0)
    return html`<section class="block" aria-labelledby="files"><h2 id="files">Files</h2><p class="fine">Every content file is in order.</p></section>`;
  const rows = all
    .slice(0, MAX_PROBLEMS)
    .map(
      ({ file, line, field, wrong, remedy }) =>
        html`<tr><td><code>${file}:${line}</code></td><td><code>${field}</code></td><td dir="auto">${wrong}</td><td dir="auto">${remedy}</td></tr>`,
    );
  return html`<section class="block" aria-labelledby="files"><h2 id="files">Files with problems</h2>
<p>The last good version of these stays in use. <code>briefdesk check</code> prints all of them.</p>
<table class="plain"><thead><tr><th scope="col">File</th><th scope="col">Field</th><th scope="col">What is wrong</th><th scope="col">What to do</th></tr></thead><tbody>${rows}</tbody></table>
${all.length > MAX_PROBLEMS ? html`<p class="small">… and ${all.length - MAX_PROBLEMS} more.</p>` : ''}</section>`;
}

const promises = html`<section class="block" aria-labelledby="promises"><h2 id="promises">How to read it</h2>
<ul><li>A quote is an exact span of a stored response, checked against it each time it is shown.</li>
<li>A name appears only where a source gives it. Persons who are named but whose words are not on file are never quoted.</li>
<li>Sentences of a summary are an editor’s and rest on quotes, or are quotes chosen by a stated rule.</li>
<li>“No matching line found” says nothing about a response; “does not address” is said only where an editor recorded it.</li>
<li>A date piece in [brackets] is inferred. Roles are as printed with the response, not today’s.</li></ul></section>`;

const connect = html`<section class="block" aria-labelledby="connect"><h2 id="connect">Connect Slack and Discord</h2>
<ol><li>Make an app (Slack) or an application with a bot (Discord) in your workspace; the README holds the manifest and the steps.</li>
<li>Put its tokens into the file <code>.env</code>, whose settings <code>.env.example</code> explains.</li>
<li>Set <code>BRIEFDESK_SAMPLE=off</code>, so that only real content is answered from.</li>
<li>Start again: the log says which platforms are connected. Then type <code>/briefdesk</code> there.</li></ol>
<p>Set <code>PUBLIC_URL</code> to where readers reach this archive, so that links in answers lead here.</p></section>`;
