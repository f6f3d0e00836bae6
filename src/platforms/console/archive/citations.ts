import { CITATION_STYLES, cite } from '../../../summary/citation.ts';
import type { CitationTarget } from '../../../summary/cited.ts';
import { SAMPLE_NOTICE } from '../../../summary/provenance.ts';
import { type Html, html } from './markup.ts';

const NAMES: Record<(typeof CITATION_STYLES)[number], string> = {
  chicago: 'Chicago',
  apa: 'APA',
  memo: 'Memo',
  bibtex: 'BibTeX',
  'csl-json': 'CSL-JSON',
};

/** The citation in every style; a click selects the whole of one. */
export function citations(target: CitationTarget, now: Date): Html {
  return html`<section class="block citations" aria-labelledby="cite">
<h2 id="cite">Cite</h2>
${target.question.sample || target.quote?.question.sample ? html`<p class="notice notice-sample"><strong>${SAMPLE_NOTICE}</strong>: not to be cited in earnest.</p>` : ''}
<p class="small">Click a citation to select all of it, then copy.</p>
${CITATION_STYLES.map((style, index) => html`<details class="citation"${index === 0 ? html` open` : ''}><summary>${NAMES[style]}</summary><pre class="copy" dir="auto" tabindex="0" role="region" aria-label="Citation, ${NAMES[style]}">${cite(target, style, now)}</pre></details>`)}
</section>`;
}
