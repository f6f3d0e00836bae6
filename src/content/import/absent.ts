import type { Availability } from '../availability.ts';
import { isDescriptor } from './descriptor.ts';
import type { DraftPerson, Span } from './model.ts';
import { draftPerson, readName } from './person-name.ts';
import { DECLINED, LISTED, NO_REPLY, WITHDREW } from './phrases.ts';
import { withRole } from './respondent-line.ts';

const JOINT = /^(?:\s*,\s*(?:(?:and|y|e|&)\s+)?|\s+(?:and|y|e|&)\s+|\s*;\s*(?:(?:and|y|e)\s+)?)/u;

export interface NameList {
  persons: DraftPerson[];
  /** Offset after the last name. */
  end: number;
  /** False: words in the list are no names. */
  isWhole: boolean;
}

/** Names in a row: “A, B (Org) and C”, or “A, title at Org; B, title at Org”. */
export function readNameList(text: string, from: number, limit: number): NameList {
  const persons: DraftPerson[] = [];
  let at = from;
  let isWhole = true;
  for (let n = 0; n < 60; n += 1) {
    const name = readName(text, at);
    if (name === undefined || name.end > limit) {
      isWhole = false;
      break;
    }
    const span = { start: at, end: name.end };
    at = name.end;
    const bracket = /^\s*\(([^()\n]{2,120})\)/.exec(text.slice(at, limit));
    const titled =
      bracket === null && text.slice(from, limit).includes(';')
        ? /^, (?!(?:and|y|e) )(\p{Ll}[^;.:]{2,160})(?=;|\.?\s*$)/u.exec(text.slice(at, limit))
        : null;
    if (bracket) {
      persons.push({ ...draftPerson(name, span), affiliation: bracket[1]?.trim() ?? '' });
      at += bracket[0].length;
    } else if (titled && isDescriptor(titled[1] ?? '')) {
      persons.push(withRole(name, span.start, titled[1] ?? ''));
      at += titled[0].length;
    } else persons.push(draftPerson(name, span));
    const joint = JOINT.exec(text.slice(at, limit))?.[0];
    if (joint === undefined || !/^\p{Lu}/u.test(text.slice(at + joint.length))) {
      if (/^[ \t]*\n\s*\p{Lu}/u.test(text.slice(at, limit))) isWhole = false; // a name that the end of a line cuts
      break;
    }
    at += joint.length;
  }
  return { persons, end: at, isWhole };
}

/** The respondents that a sentence names without giving their words. */
export function listedIn(text: string, span: Span): (NameList & { start: number }) | undefined {
  const found = LISTED.exec(text.slice(span.start, Math.min(span.end, span.start + 5000)));
  if (found === null) return undefined;
  const from = span.start + found.index + found[0].length;
  const list = readNameList(text, from, span.end);
  return list.persons.length === 0 && !/^\p{Lu}/u.test(text.slice(from))
    ? undefined
    : { ...list, start: span.start + found.index };
}

export interface Absent {
  availability: Extract<Availability, 'declined' | 'no-reply' | 'withdrawn'>;
  persons: DraftPerson[];
  note: string;
}

/** “Name, title at Org, declined to comment.”: who was asked and gave no words. Undefined where the block says anything else. */
export function absentIn(text: string, span: Span): Absent[] | undefined {
  const words = text.slice(span.start, span.end);
  if (words.length > 600 || !(DECLINED.test(words) || NO_REPLY.test(words) || WITHDREW.test(words))) return undefined;
  const found: Absent[] = [];
  for (const sentence of words.matchAll(/\S[\s\S]*?(?:[.!?](?=\s+\p{Lu}|\s*$)|$)/gu)) {
    const start = span.start + sentence.index;
    const said = sentence[0];
    const verb = DECLINED.exec(said) ?? NO_REPLY.exec(said) ?? WITHDREW.exec(said);
    if (verb === null) return undefined;
    const limit = start + verb.index;
    const list = readNameList(text, start, limit);
    const between = text.slice(list.end, limit).trim();
    if (list.persons.length === 0 || !isBetween(between)) return undefined;
    const only = list.persons.length === 1 ? list.persons[0] : undefined;
    const title = between.replace(/^,\s*|,$/g, '').replace(/,?\s*(?:also|también|também|ambos|both|did|has|had)$/i, '');
    const persons = only && title !== '' ? [titled(text, only, title)] : list.persons;
    const availability = DECLINED.test(said) ? 'declined' : NO_REPLY.test(said) ? 'no-reply' : 'withdrawn';
    found.push({ availability, persons, note: said.replace(/\s+/g, ' ').trim() });
  }
  return found.length === 0 ? undefined : found;
}

function titled(text: string, person: DraftPerson, title: string): DraftPerson {
  const name = readName(text, person.at.start);
  return name === undefined ? person : withRole(name, person.at.start, title);
}

const isBetween = (words: string): boolean =>
  words === '' ||
  words === ',' ||
  /^(?:also|también|também|both|ambos)$/i.test(words) ||
  (words.startsWith(',') && isDescriptor(words));
