import { nameParts } from '../../summary/names.ts';
import type { DraftPerson, Span } from './model.ts';
import { isNoPerson } from './not-persons.ts';

export interface ReadName {
  printed: string;
  display: string;
  honorific: string;
  postnominals: string;
  /** Offset after the name and its suffixes. */
  end: number;
}

const HONORIFIC =
  /(?:Rear Adm\.|Vice Adm\.|Lt\. Gen\.|Maj\. Gen\.|Brig\. Gen\.|Rt\.? Hon\.?|H\.E\.|S\.E\.|Prof(?:essora?|esora?|a)?\.?|Sir|Dame|Lord|Lady|Baroness|Hon\.?|Amb(?:assador|\.)|Emba[jx]i?ador|Emba[jx]i?adora|Sen(?:ator|adora?|\.)|Rep\.|Gov\.|Gen\.|Gral\.|Lt\.|Col\.|Maj\.|Capt\.|Adm\.|Mr\.?|Mrs\.?|Ms\.?|Sr\.|Sra\.|Dr[a]?\.?|Don|Doña|Dom|Lic\.|Ing\.|Mons\.|Rev\.|Exc?m[oa]\.)(?: \((?:[Rr]et\.?|R)\))?[ {2}]+/uy;
const PARTICLE = /^(?:de|del|da|das|do|dos|di|du|la|las|los|le|van|von|der|den|ter|ten|zu|bin|ibn)$/;
const INITIALS = /^(?:\p{Lu}\.-?){1,4}$|^\p{Lu}$/u;
const CAPITALISED = /^(?:[ae]l-|d[’']|[NOÓD][’'])?\p{Lu}[\p{L}\p{M}]*(?:[-‐‑’']\p{L}[\p{L}\p{M}]*)*$/u;
const GENERATION = /(?:Jr|Sr|Filho|Neto|Júnior)\.?|(?:II|III|IV)\b/uy;
const POSTNOMINAL =
  /(?:Ph\.? ?D\.?|D\.?Phil\.?|M\.?D\.?|J\.D\.|LL\.?[MDB]\.?|Esq\.?|[OCMK]BE|DBE|CMG|[KQ]C|MP|MEP|FBA|FRS|MBA|CFA|USN|USMC)(?![\p{L}\p{N}])/uy;
const MAX_WORDS = 7;

/** The name of a person that a text holds at `at`; undefined where the words are no name, or not surely one. */
export function readName(text: string, at: number, limit = text.length): ReadName | undefined {
  if (limit < text.length) return readName(text.slice(0, limit), at);
  let from = at;
  for (let n = 0; n < 3; n += 1) {
    const found = match(HONORIFIC, text, from);
    if (found === undefined) break;
    from += found.length;
  }
  const honorific = text.slice(at, from).trim();
  const words = readWords(text, from);
  if (words === undefined) return undefined;
  let end = words.end;
  let display = text.slice(from, end);
  let postnominals = '';
  for (let n = 0; n < 4; n += 1) {
    const gap = /,?[ {2}]+|(?=$)/y;
    gap.lastIndex = end;
    const space = gap.exec(text)?.[0] ?? '';
    if (space === '') break;
    const generation = match(GENERATION, text, end + space.length);
    const letters = match(POSTNOMINAL, text, end + space.length);
    const suffix = generation ?? letters;
    if (suffix === undefined || !/^(?:$|[\s,:;()“"«—–.])/u.test(text.slice(end + space.length + suffix.length))) break;
    if (generation === undefined) postnominals = `${postnominals} ${suffix}`.trim();
    else display = `${display} ${suffix}`;
    end += space.length + suffix.length;
  }
  if (isNoPerson(words.text)) return undefined;
  return { printed: text.slice(at, end), display: display.replace(/\s+/g, ' '), honorific, postnominals, end };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Capitalised words, initials and particles; at least two that are no particles, one of them whole. */
function readWords(text: string, from: number): { text: string; end: number } | undefined {
  let end = from;
  let at = from;
  let names = 0;
  let whole = 0;
  for (let n = 0; n < MAX_WORDS + 3; n += 1) {
    const token = /^[^\s,:;()[\]“”"«»—–|/]+/u.exec(text.slice(at, at + 40))?.[0] ?? '';
    const endsSentence = /\p{Ll}\.$/u.test(token) && token !== 'St.';
    const word = endsSentence ? token.slice(0, -1) : token;
    if (word === '' || isSuffix(text, at)) break;
    if (INITIALS.test(word)) names += 1;
    else if (/^St\.$/.test(word) || isCapitalised(word)) {
      names += 1;
      whole += word === 'St.' ? 0 : 1;
    } else if (!(names > 0 && (PARTICLE.test(word) || isFamilyJoint(text, at, word)))) break;
    if (!PARTICLE.test(word) && word !== 'y' && word !== 'e') end = at + word.length;
    at += word.length;
    if (endsSentence) break;
    const gap = /^[ {2}]/.exec(text.slice(at, at + 1));
    if (gap === null) break;
    at += 1;
  }
  if (names < 2 || whole < 1 || names > MAX_WORDS) return undefined;
  return { text: text.slice(from, end), end };
}

const isSuffix = (text: string, at: number): boolean => {
  const suffix = match(GENERATION, text, at) ?? match(POSTNOMINAL, text, at);
  return suffix !== undefined && /^(?:$|[\s,:;()“"«—–])/u.test(text.slice(at + suffix.length));
};

/** Not two names glued by lost markup: “DoeDirector”. */
function isCapitalised(word: string): boolean {
  if (!CAPITALISED.test(word)) return false;
  const glued = word.replace(/^(?:Mc|Mac|De|Di|Da|La|Le|Van|Fitz|O[’']|D[’']|[ae]l-|Ó|N[’'])(?=\p{Lu})/u, '');
  return !glued.split(/[-‐‑’']/).some((piece) => /\p{Ll}\p{Lu}/u.test(piece));
}

/** “Ortega y Gasset, ”: one word follows, so it is no second person. */
const isFamilyJoint = (text: string, at: number, word: string): boolean =>
  word === 'y' && /^y \p{Lu}[\p{L}\p{M}-]+(?:[,:(\n]|$)/u.test(text.slice(at, at + 60));

/** A person of a draft: the name in its pieces where they can be told apart safely. */
export function draftPerson(name: ReadName, at: Span): DraftPerson {
  const parts = nameParts(name.display);
  const person: DraftPerson = { printed: name.printed, display: name.display, at };
  if (name.honorific !== '') person.honorific = name.honorific;
  if ('literal' in parts) return name.postnominals === '' ? person : { ...person, suffix: name.postnominals };
  const suffix = [parts.suffix, name.postnominals].filter((piece) => piece !== undefined && piece !== '').join(', ');
  const whole =
    parts.particle === undefined ? parts.family : `${parts.particle}${/[-’']$/.test(parts.particle) ? '' : ' '}${parts.family}`;
  return {
    ...person,
    family: parts.family,
    given: parts.given,
    ...(parts.particle === undefined ? {} : { particle: parts.particle }),
    ...(suffix === '' ? {} : { suffix }),
    sort: [whole, parts.given, ...(parts.suffix === undefined ? [] : [parts.suffix])].join(', '),
  };
}
