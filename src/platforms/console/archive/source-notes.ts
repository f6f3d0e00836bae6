import { ageLabel, dateInWords } from '../../../content/date.ts';
import type { Question } from '../../../content/question.ts';
import type { Correction, Rights } from '../../../content/schema.ts';
import { respondentName } from '../../../summary/attribution.ts';
import { languageName } from '../../../summary/provenance.ts';
import { bdi, type Html, html, outward } from './markup.ts';

export const RIGHTS_IN_WORDS: Record<Rights, string> = {
  whole: 'The whole text may be shown.',
  quotes: 'Quotes and a link to the source may be shown, not the whole text.',
  link: 'Only a link to the source may be shown.',
};

const BASIS = { stated: 'stated by the source', inferred: 'inferred', operator: 'supplied by the operator' } as const;

/** Where a question comes from, and how each of these things is known. */
export function sourceNotes(question: Question, now: Date): Html {
  const { publication, source, id, code, language, rights, repairs, title, headline } = question;
  const facts: [string, Html | string | undefined][] = [
    ['Publication', outward(publication.home, publication.name)],
    ['Publisher', publication.publisher],
    ['Title as printed', title === undefined ? 'none in the source' : bdi(title)],
    ['Headline', headline === undefined ? undefined : html`${bdi(headline)} [an editor’s]`],
    ['Date', dated(question, now)],
    [
      'Source',
      source?.url === undefined
        ? 'no address on file'
        : html`${outward(source.url, source.site ?? source.url)} (${BASIS[source.suppliedBy ?? 'stated']})`,
    ],
    ['Retrieved', source?.retrieved === undefined ? undefined : dateInWords(source.retrieved)],
    ['Also at', reposted(source?.reposts)],
    ['Language', languageName(language)],
    ['Rights', RIGHTS_IN_WORDS[rights]],
    ['Id', html`<code>${id}</code>`],
    ['Code', html`<code>${code}</code>`],
  ];
  return html`<section class="block" aria-labelledby="source">
<h2 id="source">Source</h2>
<dl class="facts">${facts.flatMap(([name, value]) => (value === undefined ? [] : [html`<dt>${name}</dt><dd>${typeof value === 'string' ? bdi(value) : value}</dd>`]))}</dl>
${repairs.length === 0 ? '' : html`<details><summary>Repairs made between the source and this archive (${repairs.length})</summary><ul>${repairs.map((repair) => html`<li dir="auto">${repair}</li>`)}</ul></details>`}
</section>`;
}

function dated({ date, dateBasis }: Question, now: Date): Html {
  const known = (['year', 'month', 'day'] as const).flatMap((piece) => {
    const basis = dateBasis[piece];
    return basis === undefined ? [] : [`${piece} ${BASIS[basis]}`];
  });
  const age = ageLabel(date, now);
  return html`${dateInWords(date)}${age === undefined ? '' : `, ${age}`}${known.length === 0 ? '' : ` (${known.join(', ')})`}${dateBasis.note === undefined ? '' : html`. ${bdi(dateBasis.note)}`}`;
}

/** What was corrected or retracted, newest first; old words are never shown. */
export function corrections(question: Question): Html {
  const all: { of: string | undefined; correction: Correction }[] = [
    ...question.corrections.map((correction) => ({ of: undefined, correction })),
    ...question.responses.flatMap((response) =>
      response.corrections.map((correction) => ({ of: respondentName(response), correction })),
    ),
  ];
  if (all.length === 0) return html``;
  const sorted = all.sort((a, b) => b.correction.on.localeCompare(a.correction.on));
  return html`<section class="block" aria-labelledby="corrections">
<h2 id="corrections">Corrections</h2>
<ul class="corrections">${sorted.map(({ of, correction }) => html`<li><strong>${dateInWords(correction.on)}</strong>${of === undefined ? '' : html` · ${bdi(of)}`} · ${bdi(correction.what)}</li>`)}</ul>
</section>`;
}

function reposted(reposts: readonly { url: string; site?: string | undefined }[] = []): Html | undefined {
  return reposts.length === 0
    ? undefined
    : html`${reposts.map(({ url, site }, index) => html`${index === 0 ? '' : ' · '}${outward(url, site ?? url)}`)}`;
}
