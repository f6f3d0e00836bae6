import { raw } from 'hono/html';
import { flat, type Html, html, shortName } from './markup.ts';

export interface Crumb {
  label: string;
  href?: string;
}

export interface PageOptions {
  title: string;
  /** Path of this page, for the canonical link; left out where a page is no place of its own. */
  path?: string;
  description?: string;
  crumbs?: Crumb[];
  section?: Section;
  feeds?: { title: string; rss: string; json: string };
  data?: object | undefined;
  /** Fictional content is kept out of search engines. */
  fictional?: boolean;
  body: Html;
}

type Section = 'questions' | 'quotes' | 'respondents' | 'topics' | 'about';

const SECTIONS: readonly { section: Section | 'chat'; label: string; href: string }[] = [
  { section: 'chat', label: 'Chat', href: '/' },
  { section: 'questions', label: 'Questions', href: '/archive' },
  { section: 'quotes', label: 'Quotes', href: '/quotes' },
  { section: 'respondents', label: 'Respondents', href: '/respondents' },
  { section: 'topics', label: 'Topics', href: '/topics' },
  { section: 'about', label: 'About', href: '/about' },
];

// Browsers shape a word again for every line that it fills: with ligatures and kerning, some need minutes for a very long one.
export const LONG_WORD = /[^\s<>]{2000}/;

/** A whole page. `origin` is where readers reach the archive. */
export function page(options: PageOptions & { stylesheet: string }, origin: string): Html {
  const { stylesheet, title, path, description, crumbs = [], section, feeds, data, fictional, body } = options;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${flat(shortName(title))} · Briefdesk</title>
${description === undefined ? '' : html`<meta name="description" content="${flat(shortName(description))}">`}
${fictional ? html`<meta name="robots" content="noindex">` : ''}
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${stylesheet}">
${path === undefined ? '' : html`<link rel="canonical" href="${origin}${path}">`}
${feeds === undefined ? '' : feedLinks(feeds)}
${data === undefined ? '' : dataBlock(data)}
</head>
<body${LONG_WORD.test(body) ? html` class="long-words"` : ''}>
<a class="skip" href="#content">Skip to content</a>
<header class="top">
<div class="top-inner">
<a class="brand" href="/archive">Briefdesk</a>
<nav aria-label="Main"><ul class="tabs">${SECTIONS.map((one) => navLink(one, section))}</ul></nav>
</div>
</header>
<main id="content">
${crumbs.length === 0 ? '' : trail(crumbs)}
${body}
</main>
<footer class="foot">
<p>Every quote is an exact span of a stored response. The texts belong to their publications: <a href="/about#rights">rights</a>.</p>
<p><a href="/about">About this archive</a> · <a href="/api">API</a>${feeds === undefined ? '' : html` · <a href="${feeds.rss}">RSS</a> · <a href="${feeds.json}">JSON Feed</a>`}</p>
</footer>
</body>
</html>`;
}

function navLink({ section, label, href }: (typeof SECTIONS)[number], current: Section | undefined): Html {
  return section === current
    ? html`<li><a class="tab" href="${href}" aria-current="page">${label}</a></li>`
    : html`<li><a class="tab" href="${href}">${label}</a></li>`;
}

function trail(crumbs: readonly Crumb[]): Html {
  const shown = crumbs.map(({ label, href }) => {
    const words = html`<bdi>${shortName(label)}</bdi>`;
    return href === undefined ? html`<li aria-current="page">${words}</li>` : html`<li><a href="${href}">${words}</a></li>`;
  });
  return html`<nav class="crumbs" aria-label="Breadcrumbs"><ol>${shown}</ol></nav>`;
}

const feedLinks = ({ title, rss, json }: { title: string; rss: string; json: string }): Html => html`
<link rel="alternate" type="application/rss+xml" title="${flat(title)} (RSS)" href="${rss}">
<link rel="alternate" type="application/feed+json" title="${flat(title)} (JSON Feed)" href="${json}">`;

/** Data that no browser runs; without `<`, nothing in it can end the element. */
const dataBlock = (data: object): Html =>
  html`<script type="application/ld+json">${raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>`;
