import type { Question, Response } from '../../../content/question.ts';
import type { Log } from '../../../log.ts';
import { plain } from '../../../message/document.ts';
import { agreementLines } from '../../../summary/agreement-lines.ts';
import { hasWords, notOnFile, onFile, respondentName } from '../../../summary/attribution.ts';
import { firstSpan, quoteOf, verify } from '../../../summary/quotes.ts';
import { questionHref, quoteHref, respondentHref } from './address.ts';
import { badges, dateline, lang, pager, sampleNotice, speakerNames, subjects } from './badges.ts';
import { citations } from './citations.ts';
import { questionData } from './json-ld.ts';
import type { PageOptions } from './layout.ts';
import { bdi, type Html, html, outward, paragraphs, shortName } from './markup.ts';
import { matrix } from './matrix.ts';
import { questionTitle } from './question-title.ts';
import { responseCard } from './response-card.ts';
import { corrections, RIGHTS_IN_WORDS, sourceNotes } from './source-notes.ts';

const PAGE_RESPONSES = 24;
const PAGE_CHARS = 400_000;

export interface QuestionPageContext {
  now: Date;
  log: Log;
  origin: string;
  /** Which page of the responses, from 1; most questions have one. */
  page: number;
}

/** One question: what was asked, all responses side by side, what is missing, and what all of it rests on. */
export function questionPage(question: Question, context: QuestionPageContext): PageOptions {
  const name = questionTitle(question);
  return {
    title: name,
    path: questionHref(question),
    description: `${question.publication.name}: ${name}`,
    section: 'questions',
    crumbs: [{ label: 'Questions', href: '/archive' }, { label: name }],
    fictional: question.sample,
    data: question.status.is === 'retracted' ? undefined : questionData(question, context.origin),
    body: html`${sampleNotice(question.sample)}
<header class="title">
<p class="meta">${dateline(question)} ${badges(question, context.now)}</p>
<h1 dir="auto">${shortName(name)}</h1>
${subjects(question)}
</header>
${question.status.is === 'retracted' ? retracted(question.status) : content(question, context)}`,
  };
}

const retracted = ({ on, notice }: { on: string; notice: string }): Html =>
  html`<p class="notice notice-error"><strong>Retracted on ${on}.</strong> ${bdi(notice)}</p>`;

function content(question: Question, context: QuestionPageContext): Html {
  const sections: readonly { id: string; label: string; of: Html }[] = [
    { id: 'views', label: 'Who answered what', of: matrix(question, context.log) },
    { id: 'responses', label: question.rights === 'whole' ? 'Responses' : 'Quotes', of: responses(question, context) },
    { id: 'agreement', label: 'Agreement', of: agreement(question) },
    { id: 'gaps', label: 'Not on file', of: gaps(question) },
    { id: 'corrections', label: 'Corrections', of: corrections(question) },
    { id: 'source', label: 'Source', of: sourceNotes(question, context.now) },
    { id: 'cite', label: 'Cite', of: mayCite(question) ? citations({ question }, context.now) : html`` },
  ];
  const shown = sections.filter(({ of }) => of.length > 0);
  const pick = (...ids: string[]) => shown.filter(({ id }) => ids.includes(id)).map(({ of }) => of);
  return html`<div class="split"><div>${bottomLine(question)}${asked(question)}</div>${glance(question, shown)}</div>
${pick('views', 'responses')}
<div class="halves"><div>${pick('agreement', 'gaps', 'corrections', 'source')}</div><div>${pick('cite')}</div></div>`;
}

/** What decides whether to read on, and where things are. */
function glance(question: Question, sections: readonly { id: string; label: string }[]): Html {
  const { source, rights } = question;
  return html`<div class="glance"><dl>
${question.summary ? '' : html`<dt>On file</dt><dd>${onFile(question)}</dd>`}
<dt>Source</dt><dd>${source?.url === undefined ? 'no address on file' : outward(source.url, source.site ?? hostOf(source.url))}</dd>
<dt>Rights</dt><dd>${RIGHTS_IN_WORDS[rights]}</dd>
</dl>
<nav aria-label="On this page"><ul class="contents">${sections.map(({ id, label }) => html`<li><a href="#${id}">${label}</a></li>`)}</ul></nav></div>`;
}

/** A citation of a question without a title quotes its first words. */
const mayCite = ({ rights, title }: Question): boolean => rights !== 'link' || title !== undefined;

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** An editor’s sentences, each with the quotes it rests on. */
function bottomLine(question: Question): Html {
  const { summary } = question;
  if (!summary) return html``;
  const sentences = summary.sentences.map(({ text, quotes }) => {
    const rests = quotes.flatMap(({ response: id, text: words }) => {
      const response = question.responses.find((one) => one.id === id);
      const span = response && firstSpan(response.text, words);
      const quote = response && span && quoteOf(question, response, span);
      const said = quote && question.rights !== 'link' ? verify(quote) : undefined;
      return said === undefined || !quote || !response
        ? []
        : [
            html`<li><q dir="auto"${lang(response.language)}>${said}</q> <a class="tag" href="${quoteHref(quote.code)}">${bdi(respondentName(response))}</a></li>`,
          ];
    });
    return { text, rests };
  });
  const rests = sentences.flatMap((sentence) => sentence.rests);
  return html`<section class="bottom-line" aria-labelledby="bottom-line">
<h2 id="bottom-line">Bottom line</h2>
<p class="lead" dir="auto">${sentences.map(({ text }) => text).join(' ')} <span class="tag">[${summary.author}]</span></p>
<p class="count">${onFile(question)}</p>
${rests.length === 0 ? '' : html`<details><summary>The ${rests.length === 1 ? 'quote' : `${rests.length} quotes`} it rests on</summary><ul class="rests">${rests}</ul></details>`}
</section>`;
}

function asked(question: Question): Html {
  const { kind, parts, text, introduction, rights, language } = question;
  if (rights === 'link') {
    return html`<section class="block"><p class="notice"><strong>Link only.</strong> The rights on file allow only a link to this question: ${outward(question.source?.url, question.source?.site ?? 'read it at the source')}.</p></section>`;
  }
  const whole = parts.length === 1 && parts[0] === text;
  return html`<section class="block" aria-labelledby="asked">
<h2 id="asked">${kind === 'statement' ? 'Statement' : 'Asked'}</h2>
<div${lang(language)}>${parts.length === 1 ? html`<p class="asked" dir="auto">${parts[0]}</p>` : html`<ol class="parts">${parts.map((part) => html`<li class="part" dir="auto">${part}</li>`)}</ol>`}
${whole || rights !== 'whole' ? '' : html`<details><summary>The whole question as printed</summary><div class="words">${paragraphs(text)}</div></details>`}
${introduction === undefined || rights !== 'whole' ? '' : html`<details><summary>The introduction as printed</summary><div class="words">${paragraphs(introduction)}</div></details>`}</div>
</section>`;
}

function responses(question: Question, { log, page }: QuestionPageContext): Html {
  const held = question.responses.filter(hasWords);
  if (question.rights === 'link') {
    return held.length === 0
      ? html``
      : html`<section class="block"><h2 id="responses">Respondents</h2><p>${bdi(speakerNames(held))}</p></section>`;
  }
  const pages = pagesOf(held);
  const shown = pages[page - 1] ?? [];
  const rest = pages.length > 1 ? html`<p class="small">${shown.length} of ${held.length} responses on this page.</p>` : '';
  return html`<section class="block" aria-labelledby="responses">
<h2 id="responses">${question.rights === 'whole' ? 'Responses' : 'Quotes'}</h2>
${held.length === 0 ? html`<p class="absent">No words are on file.</p>` : html`<div class="side-by-side">${shown.map((response) => responseCard(question, response, log))}</div>`}
${rest}${pager(questionHref(question), {}, { page, pages: pages.length })}
</section>`;
}

/** So many pages as keep each of them fast; every response is on one of them, whole. */
function pagesOf(held: readonly Response[]): Response[][] {
  const pages: Response[][] = [[]];
  let chars = 0;
  for (const response of held) {
    const current = pages.at(-1) ?? [];
    const full = current.length === PAGE_RESPONSES || (current.length > 0 && chars + response.text.length > PAGE_CHARS);
    if (full) pages.push([response]);
    else current.push(response);
    chars = (full ? 0 : chars) + response.text.length;
  }
  return pages;
}

export const pagesOfResponses = (question: Question): number => pagesOf(question.responses.filter(hasWords)).length;

function agreement(question: Question): Html {
  const lines = agreementLines(question);
  if (lines.length === 0) return html``;
  return html`<section class="block" aria-labelledby="agreement">
<h2 id="agreement">Agreement</h2>
<ul class="agreement">${lines.map((line) => (line.type === 'text' ? html`<li dir="auto">${capital(plain(line.spans))}</li>` : ''))}</ul>
<p class="small">Judged only from stances on file, never from words.</p>
</section>`;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function gaps(question: Question): Html {
  const missing = notOnFile(question);
  if (missing.length === 0) return html``;
  return html`<section class="block" aria-labelledby="gaps">
<h2 id="gaps">Not on file</h2>
<dl class="facts">${missing.map(({ reason, responses: of }) => html`<dt>${bdi(reason)}</dt><dd><ul class="inline">${of.map(nameOf)}</ul></dd>`)}</dl>
</section>`;
}

function nameOf(response: Response): Html {
  const [first] = response.respondents;
  return first && response.respondents.length === 1
    ? html`<li><a href="${respondentHref(first.person.id)}">${bdi(first.name)}</a></li>`
    : html`<li>${bdi(respondentName(response))}</li>`;
}
