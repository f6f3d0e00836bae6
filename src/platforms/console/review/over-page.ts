import type { Question } from '../../../content/question.ts';
import type { FileProblem } from '../../../content/status.ts';
import { questionHref } from '../archive/address.ts';
import { bdi, type Html, html, shortName } from '../archive/markup.ts';
import { questionTitle } from '../archive/question-title.ts';
import type { Past } from './decide.ts';
import type { ReviewPage } from './layout.ts';
import { pastInWords, reviewHref } from './words.ts';

export interface OverPageOptions {
  past: Past;
  /** The question where it may be shown by now. */
  question: Question | undefined;
  /** Of the file that it is in. */
  problems: readonly FileProblem[];
  waiting: number;
  /** Key of what waits longest. */
  next: string | undefined;
  /** What came too late to be part of it. */
  typed?: string | undefined;
}

/** What became of a draft. */
export function overPage({ past, question, problems, waiting, next, typed }: OverPageOptions): ReviewPage {
  const isRejected = past.outcome === 'rejected';
  return {
    title: isRejected ? 'Rejected' : 'Accepted',
    waiting,
    body: html`<header class="title"><h1>${isRejected ? 'Rejected' : 'Accepted'}</h1></header>
<div class="notice" role="status"><p>${pastInWords(past)}</p></div>
${isRejected ? '' : whereItIs(past, question, problems)}
${kept(typed)}
<p class="onward">${next === undefined ? 'Nothing else waits.' : html`<a class="button button-main" href="${reviewHref(next)}">Next draft</a>`} <a href="/review">All that waits (${waiting})</a></p>`,
  };
}

function whereItIs(
  { id, file }: Exclude<Past, { outcome: 'rejected' }>,
  question: Question | undefined,
  problems: readonly FileProblem[],
): Html {
  const place = html`<p class="small">In <code>${file}</code>, as <code>${id}</code></p>`;
  if (question)
    return html`<p class="lead"><a href="${questionHref(question)}">${bdi(shortName(questionTitle(question)))}</a></p>${place}`;
  const why =
    problems.length === 0
      ? html`<p>It is on file, but no page shows it now: it is withheld or under embargo, or is read in a moment.</p>`
      : html`<p>It is on file, but its file has problems, so that no page shows it:</p><ul>${problems.map(({ line, field, wrong, remedy }) => html`<li>line ${line}: ${bdi(`${field} ${wrong}: ${remedy}`)}</li>`)}</ul>`;
  return html`${why}${place}`;
}

/** Nothing waits under a key. */
export function absentPage({ key, waiting, typed }: { key: string; waiting: number; typed?: string | undefined }): ReviewPage {
  return {
    title: 'Not found',
    waiting,
    body: html`<header class="title"><h1>Nothing waits here</h1></header>
<p>Nothing waits for review under “${bdi(shortName(key))}”: it was accepted or rejected, or the address is not right.</p>
${kept(typed)}
<p class="onward"><a href="/review">All that waits (${waiting})</a></p>`,
  };
}

/** A page for what went wrong otherwise. */
export function wrongPage({
  title,
  words,
  typed,
  back,
}: {
  title: string;
  words: string;
  typed?: string | undefined;
  back?: string;
}): ReviewPage {
  return {
    title,
    waiting: 0,
    body: html`<header class="title"><h1>${title}</h1></header>
<div class="notice notice-error" role="alert"><p>${bdi(words)}</p></div>
${kept(typed)}
${back === undefined ? '' : html`<p class="onward"><a href="${back}">Back</a></p>`}`,
  };
}

const kept = (typed: string | undefined): Html =>
  typed === undefined
    ? html``
    : html`<section class="kept"><h2 id="kept">What you typed</h2><p class="small">It was not saved. Copy from here what you still need.</p>
<textarea readonly rows="20" wrap="off" aria-labelledby="kept">
${typed}</textarea></section>`;
