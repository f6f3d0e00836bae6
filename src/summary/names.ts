import { fold } from '../search/tokens.ts';

/** A name in the pieces that a bibliography needs; `literal` where the pieces cannot be told apart safely. */
export type NameParts = { family: string; given: string; particle?: string; suffix?: string } | { literal: string };

const HONORIFIC = /^(?:prof|professor|dr|sir|dame|lord|hon|h\.e|amb|ambassador|sen|rep|gen|adm|rear|vice|mr|mrs|ms)\.?$/i;
const RETIRED = /^\(ret\.?\)$/i;
const SUFFIX = /^(?:jr\.?|sr\.?|ii|iii|iv|ph\.?d\.?|m\.?d\.?|esq\.?|obe|cbe|mbe|mp)$/i;
const INITIALS = /^(?:\p{Lu}\.?-?)+$/u;
/** They open the family name, whatever stands before. */
const FIRM_PARTICLES = new Set(['van', 'von', 'der', 'den', 'ter', 'ten', 'zu', 'bin', 'ibn']);
/** They may also stand inside a family name (Velez de Berliner), so they open it only after a single given name. */
const LOOSE_PARTICLES = new Set(['de', 'del', 'da', 'das', 'do', 'dos', 'di', 'du', 'la', 'las', 'los', 'le']);
const ATTACHED = /^(?:(?<firm>[ae]l-)|d[’'])(?=\p{Lu})/u;
/** They open the family name and are never set apart from it in sorting. */
const INSEPARABLE = /^(?:Ó|Ní|St\.|N[’'].+)$/u;
const DERIVABLE = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\s.’'()-]+$/u;

/**
 * Family and given name, particle and suffix. A sort name on file (“Velez de Berliner, Maria”) decides where it holds the same
 * words; without one a name of several possible readings stays literal.
 */
export function nameParts(name: string, sort?: string): NameParts {
  const { words, suffix } = splitSuffixes(name);
  const literal = { literal: name.trim() };
  if (words.length < 2 || !DERIVABLE.test(words.join(' '))) return literal;
  const decided = sort === undefined ? undefined : familyStartBySort(words, sort);
  const start = decided ?? familyStart(words);
  if (start === undefined || start < 1) return literal;
  const given = words.slice(0, start).join(' ');
  return { ...familyOf(words.slice(start)), given, ...(suffix === '' ? {} : { suffix }) };
}

/** A family name with its particle as it is printed: “de la Cruz”, “al-Assad”. */
export function wholeFamily({ family, particle }: { family: string; particle?: string }): string {
  if (particle === undefined) return family;
  return /[-’']$/.test(particle) ? `${particle}${family}` : `${particle} ${family}`;
}

function splitSuffixes(name: string): { words: string[]; suffix: string } {
  const words = name.trim().split(/\s+/);
  while (words.length > 2 && HONORIFIC.test(words[0] ?? '')) words.shift();
  if (RETIRED.test(words[0] ?? '')) words.shift();
  const suffixes: string[] = [];
  while (words.length > 2 && SUFFIX.test(words.at(-1)?.replace(/,$/, '') ?? ''))
    suffixes.unshift(words.pop()?.replace(/,$/, '') ?? '');
  if (suffixes.length > 0) words.push(words.pop()?.replace(/,$/, '') ?? '');
  return { words, suffix: suffixes.join(', ') };
}

/** Index of the first word of the family name, where the sort name holds the same words as the printed one. */
function familyStartBySort(words: string[], sort: string): number | undefined {
  const [family = '', given = ''] = sort.split(',').map((piece) => piece.trim());
  if (given === '' || fold(`${given} ${family}`) !== fold(words.join(' '))) return undefined;
  return given.split(/\s+/).length;
}

function familyStart(words: string[]): number | undefined {
  const firm = words.findIndex((word, index) => index > 0 && opensFamily(word));
  if (firm > 0) return firm;
  const start = words.findIndex((word, index) => index > 0 && !INITIALS.test(word));
  if (start < 0 || words.includes('y')) return undefined;
  const opening = words[start] ?? '';
  return start === words.length - 1 || LOOSE_PARTICLES.has(opening) ? start : undefined;
}

const opensFamily = (word: string): boolean =>
  FIRM_PARTICLES.has(word) || INSEPARABLE.test(word) || ATTACHED.exec(word)?.groups?.firm !== undefined;

function familyOf(words: string[]): { family: string; particle?: string } {
  const plain = words.findIndex((word) => !FIRM_PARTICLES.has(word) && !LOOSE_PARTICLES.has(word));
  const rest = words.slice(Math.max(plain, 0));
  const particles = words.slice(0, Math.max(plain, 0));
  const [attached] = ATTACHED.exec(rest[0] ?? '') ?? [];
  const family = rest.join(' ').slice(attached?.length ?? 0);
  const particle = [...particles, ...(attached === undefined ? [] : [attached])].join(' ');
  return particle === '' ? { family } : { family, particle };
}
