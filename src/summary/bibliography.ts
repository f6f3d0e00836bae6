import { datePieces } from '../content/date.ts';
import { type Cited, titleOrFirstWords } from './cited.ts';
import { type NameParts, nameParts } from './names.ts';

const MONTH_MACROS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** One BibTeX record; the note holds the quote and its attribution. */
export function bibtex(cited: Cited): string {
  const { id, question, authors, publication, publisher } = cited;
  const { year, month, day } = datePieces(question.date);
  const inBrackets = ({ value, inferred }: { value: number; inferred: boolean }) => (inferred ? `[${value}]` : String(value));
  const monthMacro = month && MONTH_MACROS[month.value - 1];
  const fields: [string, string | undefined][] = [
    ['author', authors.length > 0 ? braced(authors.map(bibtexName).join(' and ')) : undefined],
    // The second pair of braces keeps the capitals as printed.
    ['title', braced(braced(escaped(titleOrFirstWords(cited))))],
    ['howpublished', braced(escaped(publication))],
    ['publisher', publisher === undefined ? undefined : braced(escaped(publisher))],
    ['year', braced(inBrackets(year))],
    ['month', month?.inferred ? `"[" # ${monthMacro} # "]"` : monthMacro],
    ['day', day && braced(inBrackets(day))],
    ['url', question.source?.url === undefined ? undefined : braced(address(question.source.url))],
    ['urldate', question.source?.retrieved === undefined ? undefined : braced(question.source.retrieved)],
    ['note', braced(escaped(note(cited)))],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined || value === '{}' ? [] : [`  ${name} = ${value}`]));
  return `@misc{${id},\n${lines.join(',\n')}\n}`;
}

/** A CSL-JSON list of one record; the note holds the quote and its attribution. */
export function cslJson(cited: Cited): string {
  const { id, question, response, authors, publication, publisher } = cited;
  const { year, month, day } = datePieces(question.date);
  const pieces = [year, month, day].filter((piece) => piece !== undefined);
  const record = {
    id,
    type: 'article-magazine',
    genre: response ? 'Response in Q&A' : 'Q&A',
    title: titleOrFirstWords(cited),
    author: authors.length > 0 ? authors.map(cslName) : undefined,
    translator: response?.translatedBy === undefined ? undefined : [cslName(nameParts(response.translatedBy))],
    'container-title': publication,
    publisher,
    issued: {
      'date-parts': [pieces.map(({ value }) => value)],
      circa: pieces.some(({ inferred }) => inferred) ? true : undefined,
    },
    URL: question.source?.url,
    accessed:
      question.source?.retrieved === undefined ? undefined : { 'date-parts': [question.source.retrieved.split('-').map(Number)] },
    language: response?.language ?? question.language,
    note: note(cited) || undefined,
  };
  return JSON.stringify([record], undefined, 2);
}

function note({ words, attribution, remarks, date, question, response, place }: Cited): string {
  const quoted = words === undefined ? attribution : `“${words}” — ${attribution}`;
  const dated = question.date.includes('?') ? `dated ${date}` : undefined;
  const siteNamed = response?.respondents.length === 0;
  const reposted = question.source?.site === undefined || siteNamed ? undefined : place;
  return [quoted, dated, ...remarks, reposted].filter((piece) => piece !== undefined).join('; ');
}

function bibtexName(name: NameParts): string {
  if ('literal' in name) return braced(escaped(name.literal));
  const { family, given, particle, suffix } = name;
  // BibTeX finds a particle by its small letter before a space; one joined to the name stays with it.
  const joined = particle !== undefined && /[-’']$/.test(particle);
  const last = family.includes(' ') || joined ? braced(escaped(`${joined ? particle : ''}${family}`)) : escaped(family);
  const whole = particle === undefined || joined ? last : `${escaped(particle)} ${last}`;
  return [whole, suffix === undefined ? undefined : braced(escaped(suffix)), escaped(given)]
    .filter((piece) => piece !== undefined)
    .join(', ');
}

function cslName(name: NameParts): Record<string, string> {
  if ('literal' in name) return { literal: name.literal };
  const { family, given, particle, suffix } = name;
  return {
    family,
    given,
    ...(particle !== undefined && { 'non-dropping-particle': particle }),
    ...(suffix !== undefined && { suffix }),
  };
}

const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['~', '\\textasciitilde{}'],
  ['^', '\\textasciicircum{}'],
]);

const braced = (text: string): string => `{${text}}`;

const escaped = (text: string): string => text.replaceAll(/[{}\\%&#_~^$]/g, (special) => SPECIAL.get(special) ?? `\\${special}`);

/** Addresses are read as they stand by url packages; only what would end the field is percent-encoded. */
const address = (url: string): string => url.replaceAll(/[{}\\]/g, encodeURIComponent);
