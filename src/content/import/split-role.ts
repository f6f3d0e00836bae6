import { isRegion } from './not-persons.ts';

export interface RoleAndAffiliation {
  role?: string;
  affiliation?: string;
  /** False: no safe place to split; `role` holds the whole as printed. */
  isSafe: boolean;
}

const ARTICLE = '(?:the |la |el |los |las |a |o |os |as )?';
const ORGANISATION =
  '(?:Universi\\p{L}+|Fundaci[oó]n|Funda[cç][aã]o|Institut\\p{L}+|Centro|Conse[jl]\\p{L}+|Banco|Minist[eé]ri\\p{L}+|C[aá]mara|Asociaci[oó]n|Associa[cç][aã]o|Observat[oó]rio|Colegio|Col[eé]gio|Escuela|Escola|Grupo|Secretar[ií]a|Rede?|Comisi[oó]n|Comiss[aã]o|Federaci[oó]n|Federa[cç][aã]o|Sindicato|Confederaci[oó]n)';
/** Last one wins. “of the”, “da” and “en” need a capital after them; the Romance genitives need the name of an institution. */
const SEPARATOR = new RegExp(
  ` (?:at ${ARTICLE}|of the |with (?:the )?|en ${ARTICLE}|da )(?=[\\p{Lu}\\p{N}])| (?:de la |de los |del |do |de |na |no )(?=${ORGANISATION})`,
  'gu',
);
/** A second post in the same line: whose affiliation is whose cannot be told. */
const SECOND_POST =
  /(?:\band|,|\by|\be)\s+(?:a |an |the )?(?:former|formerly|previously|ex-|ex |antig[uo]\p{L}+|currently|co-)/iu;

/** Role and affiliation of a descriptor, split at the last “at”, “of the”, “en” or “da” before a capital; never at a comma. */
export function splitRole(descriptor: string): RoleAndAffiliation {
  const text = descriptor.replace(/\s+/g, ' ').replace(/^[,\s]+|[,\s]+$/g, '');
  if (text === '') return { isSafe: true };
  const parenthesised = /^\(([^()]+)\)$/.exec(text);
  if (parenthesised) return { affiliation: parenthesised[1] ?? '', isSafe: true };
  const only = /^(?:of|at|with|from|de la|del|de|da|do) (?:the )?(?=\p{Lu})/u.exec(text);
  if (only && !text.slice(only[0].length).includes(',')) return { affiliation: text.slice(only[0].length), isSafe: true };
  const raw = { role: text, isSafe: false };
  if (SECOND_POST.test(text) || /[;()]/.test(text)) return raw;
  const last = [...text.matchAll(SEPARATOR)].at(-1);
  if (last === undefined) return raw;
  const role = text.slice(0, last.index).replace(/,$/, '').trim();
  const affiliation = text.slice(last.index + last[0].length);
  if (role === '' || isRegion(affiliation) || isRegion(affiliation.replace(/ (?:de|da|do|del|of) .*$/, ''))) return raw;
  return { role, affiliation, isSafe: true };
}
