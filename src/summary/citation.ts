import { bibtex, cslJson } from './bibliography.ts';
import { type CitationTarget, type Cited, citedOf, listed, titleOrFirstWords } from './cited.ts';
import { type NameParts, wholeFamily } from './names.ts';

export const CITATION_STYLES = ['chicago', 'apa', 'memo', 'bibtex', 'csl-json'] as const;
export type CitationStyle = (typeof CITATION_STYLES)[number];

/**
 * A citation ready to paste: the quote, its attribution and the citation together. Inferred pieces of a date stand in brackets.
 * Corrections dated after `now` are left out. Throws where the quote may not be shown or no longer matches its response.
 */
export function cite(target: CitationTarget, style: CitationStyle, now: Date): string {
  const cited = citedOf(target, now);
  switch (style) {
    case 'chicago':
      return withQuote(cited, chicago(cited));
    case 'apa':
      return withQuote(cited, apa(cited));
    case 'memo':
      return memo(cited);
    case 'bibtex':
      return bibtex(cited);
    case 'csl-json':
      return cslJson(cited);
  }
}

function withQuote({ words, names, attribution }: Cited, citation: string): string {
  const lines = [
    ...(words === undefined ? [] : [`“${words}”`]),
    ...(attribution === undefined || (words === undefined && attribution === names) ? [] : [`— ${attribution}`]),
    citation,
  ];
  return lines.join('\n');
}

// Chicago Manual of Style, notes: a comma stands inside the closing quotation mark, after a question mark too (CMOS 14.96).
function chicago({ names, titled, title, question, publication, publisher, date, remarks, place }: Cited): string {
  const work = names === undefined || titled ? `“${title},”` : `the ${question.kind} “${title},”`;
  const opening = names === undefined ? work : `${names}, response to ${work}`;
  return `${opening} ${listed(publication, publisher, date, ...remarks, place)}.`;
}

function apa(cited: Cited): string {
  const { question, titled, title, publication, publisher, remarks, place, authors } = cited;
  const described = titleOrFirstWords(cited);
  const kind = authors.length > 0 ? 'Response in Q&A' : 'Q&A';
  const work = titled ? `${title} [${kind}].` : `[${described}].`;
  const opening = authors.length > 0 ? [stopped(apaNames(authors)), apaDate(cited), work] : [work, apaDate(cited)];
  const reposted = question.source?.site !== undefined;
  const source = listed(publication, publisher, ...remarks, reposted ? place : undefined);
  // APA sets no stop after an address.
  if (place === undefined || reposted) return [...opening, place === undefined ? stopped(source) : source].join(' ');
  return [...opening, stopped(source), place].join(' ');
}

function apaDate({ date }: Cited): string {
  const [, monthAndDay = '', year = ''] = /^(?:(.+?),? )?(\S+)$/.exec(date) ?? [];
  return monthAndDay === '' ? `(${year}).` : `(${year}, ${monthAndDay}).`;
}

function apaNames(authors: readonly NameParts[]): string {
  const names = authors.map(apaName);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')}, & ${names.at(-1)}`;
}

/** “de la Cruz, M. J., Jr.”: degrees and honours are left out, as APA does. */
function apaName(name: NameParts): string {
  if ('literal' in name) return name.literal;
  const initials = name.given.replaceAll(/(\p{L})[\p{L}\p{M}’']*\.?/gu, '$1.').replaceAll(/\.(?=\p{L})/gu, '. ');
  const generation = name.suffix?.split(', ').find((suffix) => /^(?:[js]r\.?|i+v?)$/i.test(suffix));
  return [wholeFamily(name), initials, generation].filter(Boolean).join(', ');
}

function memo({ words, attribution, title, publication, date, remarks, placeAfterAttribution }: Cited): string {
  const subject = attribution === undefined ? `“${title}”` : `— ${attribution}`;
  const citation = listed(`${subject} (${listed(publication, date, ...remarks)})`, placeAfterAttribution);
  return words === undefined ? citation : `“${words}”\n${citation}`;
}

const stopped = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
