import { LONG_WORD } from '../archive/layout.ts';
import { flat, type Html, html, shortName } from '../archive/markup.ts';

export interface ReviewPage {
  title: string;
  /** How much waits. */
  waiting: number;
  /** Wider than other pages, because two things stand side by side. */
  wide?: boolean;
  body: Html;
}

/** A whole page of the review; no page of the archive leads here. `version` renews the stylesheets. */
export const page = ({ title, waiting, wide, body }: ReviewPage, version: string): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${flat(shortName(title))} · Briefdesk</title>
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/assets/archive.css?v=${version}">
<link rel="stylesheet" href="/assets/review.css?v=${version}">
</head>
<body class="review${wide ? ' two-panes' : ''}${LONG_WORD.test(body) ? ' long-words' : ''}">
<a class="skip" href="#content">Skip to content</a>
<header class="top">
<div class="top-inner">
<a class="brand" href="/">Briefdesk</a>
<nav aria-label="Main"><ul class="tabs">
<li><a class="tab" href="/">Chat</a></li>
<li><a class="tab" href="/review" aria-current="page">Review${waiting === 0 ? '' : html` <span class="number">${waiting.toLocaleString('en')}</span>`}</a></li>
<li><a class="tab" href="/archive">Questions</a></li>
</ul></nav>
</div>
</header>
<main id="content">
${body}
</main>
</body>
</html>`;
