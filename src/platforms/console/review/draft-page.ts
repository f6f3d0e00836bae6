import { dateInWords } from '../../../content/date.ts';
import { type Namesake, namesakeProblem } from '../../../intake/stacks.ts';
import { bdi, counted, type Html, html, outward, shortened, shortName } from '../archive/markup.ts';
import { asTyped, type Draft } from './decide.ts';
import type { ReviewPage } from './layout.ts';
import { type Message, messageView } from './message.ts';
import { namesakeFields } from './namesakes.ts';
import type { SaidInDraft } from './said.ts';
import { saidView } from './said-view.ts';
import { sourceView } from './source-view.ts';
import { outcomeBadge, reviewHref, titleOf } from './words.ts';

/** Larger drafts do not fit a request. */
const MAX_EDITED = 1_900_000;
/** Beyond so many lines their numbers cost more than they give. */
const MAX_NUMBERED = 20_000;

export interface DraftPageOptions {
  draft: Draft;
  /** What is in the form: the draft as it stands, or what was typed. */
  typed: string;
  /** Hash of the draft that the form is about. */
  seen: string;
  /** Undefined where they are not known: what was typed is not in the file. */
  problems: readonly string[] | undefined;
  said: SaidInDraft | undefined;
  namesakes: readonly Namesake[];
  /** What was answered about them. */
  same: Readonly<Record<string, string>>;
  message: Message | undefined;
  waiting: number;
}

/** One draft beside the source that it was made of. */
export function draftPage(options: DraftPageOptions): ReviewPage {
  const { draft, message, waiting } = options;
  const { key, record, collection } = draft;
  const { name, address, on, retrieved } = record;
  const title = titleOf(record);
  const source = sourceView(record.draft, key, 1);
  return {
    title: `Review: ${title}`,
    waiting,
    wide: true,
    body: html`<nav class="crumbs" aria-label="Breadcrumbs"><ol><li><a href="/review">Review</a></li><li aria-current="page"><code>${key}</code></li></ol></nav>
<header class="title"><h1 dir="auto">${shortName(title)}</h1>
<p class="meta">${outcomeBadge(record.draft.outcome)} <span class="from">${bdi(shortName(name))}</span>${address === undefined || address === name ? '' : html` · ${outward(address, shortName(address))}`} · imported ${dateInWords(on)}${retrieved === undefined ? '' : html` · fetched ${dateInWords(retrieved)}`} · collection ${bdi(collection)}</p></header>
${messageView(message)}
<div class="panes">
<section class="pane source" aria-labelledby="source" tabindex="0">
<h2 id="source">Source <small>as it was read (${record.draft.type})</small></h2>
${reasons(record.draft)}
${source.of}
${repairs(record.draft.repairs)}
</section>
<section class="pane draft" aria-labelledby="draft-title" tabindex="0">
<h2 id="draft-title">Draft <small><code>${draft.file}</code></small></h2>
${toCorrect(options)}
${saidView(options.said, record.draft)}
${form(options)}
</section>
</div>`,
  };
}

/** Why it waits; each reason that has a place in the source leads there. */
function reasons({ reasons: all, doubts }: Draft['record']['draft']): Html {
  if (all.length === 0) return html``;
  const shown = all.map((reason) => {
    const at = doubts.findIndex(({ message }) => message === reason);
    const line = doubts[at]?.line;
    return html`<li><span dir="auto">${shortened(reason, 500)}</span>${at < 0 || line === undefined ? '' : html` <a href="#doubt-${at + 1}">source, line ${line}</a>`}</li>`;
  });
  return html`<section class="reasons-box" aria-labelledby="reasons"><h3 id="reasons">Why it waits</h3><ul class="reasons">${shown}</ul></section>`;
}

const repairs = (all: readonly string[]): Html =>
  all.length === 0
    ? html``
    : html`<details class="repairs"><summary>${counted(all.length, 'repair')} between the source and the draft</summary><ul>${all.map((repair) => html`<li dir="auto">${repair}</li>`)}</ul></details>`;

function toCorrect({ problems: all, typed, namesakes }: DraftPageOptions): Html {
  if (all === undefined) return html``;
  const asked = new Set(namesakes.map(namesakeProblem));
  const problems = all.filter((problem) => !asked.has(problem));
  if (all.length === 0) return html`<p class="ready">Nothing is missing: it can be accepted once you have read it.</p>`;
  if (problems.length === 0) return html`<p class="ready">Nothing is missing but who is who.</p>`;
  const lines = typed.split('\n');
  return html`<section class="to-correct" aria-labelledby="to-correct"><h3 id="to-correct">To complete or correct (${problems.length})</h3>
<ul>${problems.map((problem) => problemView(problem, lines))}</ul></section>`;
}

function problemView(problem: string, lines: readonly string[]): Html {
  const [, number, rest = ''] = /^line (\d+): (.*)$/s.exec(problem) ?? [];
  const line = number === undefined ? lineWith(problem, lines) : Number(number);
  const words = number === undefined ? problem : rest;
  if (line === undefined) return html`<li>${bdi(words)}</li>`;
  const excerpt = (lines[line - 1] ?? '').trim();
  return html`<li><a href="#line-${line}">line ${line}</a>: ${bdi(words)}${excerpt === '' ? '' : html`<code class="excerpt" dir="auto">${shortened(excerpt, 120)}</code>`}</li>`;
}

/** The line of the first thing that a problem names. */
function lineWith(problem: string, lines: readonly string[]): number | undefined {
  const named = /“([^”]+)”|\(([a-z0-9-]+)\)/.exec(problem);
  const word = named?.[1] ?? named?.[2];
  const at = word === undefined ? -1 : lines.findIndex((line) => line.includes(word) && !line.startsWith('#'));
  return at < 0 ? undefined : at + 1;
}

function form({ draft, typed, seen, message, namesakes, same }: DraftPageOptions): Html {
  const tooLarge = Buffer.byteLength(typed) > MAX_EDITED;
  return html`<form method="post" action="${reviewHref(draft.key)}" enctype="multipart/form-data">
${namesakeFields(namesakes, same)}
${
  tooLarge
    ? html`<input type="hidden" name="seen:${seen}"><p class="notice">This draft is too large to edit here: edit <code>${draft.file}</code>, then load this page again.</p>`
    : html`<label class="editor-label" for="draft">The draft as it stands in its file (YAML)</label>
${editor(typed, seen)}`
}
${message?.theirs === undefined ? '' : theirs(message.theirs, typed)}
<div class="actions">
<button class="button" name="action" value="save">Save</button>
<button class="button button-main" name="action" value="accept">Accept</button>
<details class="reject"><summary class="button">Reject …</summary>
<div class="ask"><p>Throw this draft away?</p><button class="button button-danger" name="action" value="reject">Yes, throw it away</button></div></details>
</div>
<p class="small hint">Accept saves what you typed and stores the question. Save keeps it here.</p>
</form>`;
}

/**
 * The text with its line numbers: each stands in a hidden copy of its line, which wraps as the line in the form does. The hash of the
 * draft is in the name of the field, so that a browser that goes back fills in only what was typed into the same draft.
 */
function editor(typed: string, seen: string): Html {
  const lines = typed.split('\n').slice(0, MAX_NUMBERED);
  // A line feed after the start tag is no part of the text: https://html.spec.whatwg.org/multipage/syntax.html#element-restrictions
  return html`<div class="editor"><div class="numbers" aria-hidden="true">${lines.map((line, at) => html`<span id="line-${at + 1}">${line}</span>`)}</div>
<textarea id="draft" name="draft:${seen}" rows="20" spellcheck="false" autocapitalize="off" autocorrect="off">
${typed}</textarea></div>`;
}

/** The draft as somebody else left it; what differs from the form is marked. */
function theirs(text: string, typed: string): Html {
  const own = new Set(typed.split('\n'));
  const lines = asTyped(text).split('\n');
  return html`<details class="theirs" open><summary>The draft as it stands now</summary>
<pre tabindex="0" role="region" aria-label="The draft as it stands now">${lines.map((line) => (own.has(line) ? html`${line}\n` : html`<mark>${line}</mark>\n`))}</pre></details>`;
}
