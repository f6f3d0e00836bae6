import { html, shortName } from '../archive/markup.ts';
import type { Draft } from './decide.ts';
import type { ReviewPage } from './layout.ts';
import { sourceView } from './source-view.ts';
import { reviewHref, titleOf } from './words.ts';

/** A part of a source that is too long for one page; undefined where it has no such part. */
export function sourcePage({ key, record }: Draft, { part, waiting }: { part: number; waiting: number }): ReviewPage | undefined {
  const { of, parts } = sourceView(record.draft, key, part);
  if (part > parts) return undefined;
  const title = titleOf(record);
  return {
    title: `Source: ${title}`,
    waiting,
    body: html`<nav class="crumbs" aria-label="Breadcrumbs"><ol><li><a href="/review">Review</a></li><li><a href="${reviewHref(key)}"><code>${key}</code></a></li><li aria-current="page">Source</li></ol></nav>
<header class="title"><h1 dir="auto">${shortName(title)}</h1></header>
<section class="source" aria-label="Source as it was read">${of}</section>`,
  };
}
