import { z } from 'zod';
import { countryName } from '../../../content/countries.ts';
import type { Person } from '../../../content/question.ts';
import { CallerError } from '../../../errors.ts';
import { dateFilter, name, page, since, until, words } from '../../../options.ts';
import { choosePersons } from '../../../search/choose-person.ts';
import { findExactName, findNames, nearestNames } from '../../../search/find-names.ts';
import { parseQuery, type Query } from '../../../search/query.ts';
import type { Filter, Name, NameKind, Store } from '../../../store/store.ts';

/** What pages, feeds and the API can be asked for: the same names everywhere. */
const schema = z.object({
  q: words('Words, "exact phrase", -without, a OR b'),
  by: name('Respondent, in any spelling, or the id of one'),
  topic: name('Topic'),
  country: name('Country, or its ISO code'),
  since,
  until,
  page,
  sample: z.enum(['on', 'off'], 'write on or off').optional().describe('on: the fictional sample instead of real content'),
});
export type Parameters = z.infer<typeof schema>;

export const PARAMETERS: readonly { name: string; description: string; example: string }[] = Object.entries(schema.shape).map(
  ([of, { description }]) => ({ name: of, description: description ?? '', example: exampleOf(of) }),
);

/** A parameter that cannot be used: which one, what is wrong with it, and one that works. */
export class ParameterError extends Error {
  readonly parameter: string;
  readonly example: string;
  /** Values that would do. */
  readonly nearest: readonly { label: string; value: string }[];

  constructor(parameter: string, message: string, nearest: readonly { label: string; value: string }[] = []) {
    super(message);
    this.name = 'ParameterError';
    this.parameter = parameter;
    this.example = exampleOf(parameter);
    this.nearest = nearest;
  }
}

function exampleOf(parameter: string): string {
  const examples: Record<string, string> = {
    q: 'q=regional+patience',
    by: 'by=walser',
    topic: 'topic=Venezuela',
    country: 'country=VE',
    since: 'since=2019-04',
    until: 'until=2019',
    page: 'page=2',
    sample: 'sample=on',
  };
  return examples[parameter] ?? Object.values(examples).join('&');
}

/** Reads a query; empty values count as absent. With `strict`, an unknown name is refused too. Throws ParameterError. */
export function readParameters(query: Readonly<Record<string, string>>, { strict }: { strict: boolean }): Parameters {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value.trim() !== ''));
  const unknown = Object.keys(given).find((key) => !(key in schema.shape));
  if (strict && unknown !== undefined) {
    throw new ParameterError(unknown, `There is no such parameter. There are ${Object.keys(schema.shape).join(', ')}.`);
  }
  const { data, error } = schema.safeParse(given);
  if (!data) {
    const [issue] = error.issues;
    throw new ParameterError(String(issue?.path[0]), sentence(issue?.message ?? 'cannot be read'));
  }
  const { since: from, until: to } = dateFilter(data);
  if (from !== undefined && to !== undefined && from > to) throw new ParameterError('until', 'This is before since.');
  return data;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** Parameters with the names in them found in the archive. */
export interface Search {
  typed: Parameters;
  query: Query;
  person: Person | undefined;
  topic: string | undefined;
  /** ISO code. */
  country: string | undefined;
  page: number;
  filter: (sample: boolean) => Filter;
}

/** Throws ParameterError where a respondent, topic or country is not on file, or may be several. */
export async function resolve(typed: Parameters, store: Store): Promise<Search> {
  const person = typed.by === undefined ? undefined : await personNamed(typed.by, store);
  const named = typed.topic === undefined ? undefined : await placeNamed('topic', typed.topic, ['topic', 'country'], store);
  const country = typed.country === undefined ? undefined : await placeNamed('country', typed.country, ['country'], store);
  const topic = named?.kind === 'topic' ? named.label : undefined;
  const code = country?.ref ?? (named?.kind === 'country' ? named.ref : undefined);
  return {
    typed,
    query: parseQuery(typed.q ?? ''),
    person,
    topic,
    country: code,
    page: typed.page ?? 1,
    filter: (sample) => ({
      sample,
      ...dateFilter(typed),
      ...(person === undefined ? {} : { person: person.id }),
      ...(topic === undefined ? {} : { topic }),
      ...(code === undefined ? {} : { country: code }),
    }),
  };
}

async function personNamed(typed: string, store: Store): Promise<Person> {
  let names: Name[];
  try {
    names = await choosePersons(store, typed, ({ ref, label }) => ({ label, command: '', options: { by: ref } }));
  } catch (error) {
    if (!(error instanceof CallerError)) throw error;
    const near = error.nearest.map(({ label, options }) => ({ label, value: options.by ?? label }));
    throw new ParameterError('by', error.message, near);
  }
  const [first, ...others] = names;
  const person = first && (await store.person(first.ref));
  if (person && others.length === 0) return person;
  const choices = names.map(({ ref, label }) => ({ label: `${label} (${ref})`, value: ref }));
  throw new ParameterError('by', `“${typed}” may be ${names.length} respondents: give the id of one.`, choices);
}

async function placeNamed(parameter: 'topic' | 'country', typed: string, kinds: NameKind[], store: Store): Promise<Name> {
  const exact = await findExactName(store, typed, kinds);
  if (exact) return exact;
  const [only, ...others] = await findNames(store, typed, kinds);
  if (only && others.length === 0) return only;
  const near = only ? [only, ...others].slice(0, 5) : await nearestNames(store, typed, kinds);
  const value = ({ kind, ref, label }: Name) => ({ label, value: kind === 'country' && parameter === 'country' ? ref : label });
  throw new ParameterError(parameter, `No ${parameter} “${typed}” is on file.`, near.map(value));
}

/** What was asked for, in words: “port fees” · Ray Walser · Venezuela · since 2019. */
export function inWords({ typed, person, topic, country }: Search): string {
  const pieces = [
    typed.q === undefined ? undefined : `“${typed.q}”`,
    person?.name,
    topic,
    country === undefined ? undefined : countryName(country),
    typed.since === undefined ? undefined : `since ${typed.since}`,
    typed.until === undefined ? undefined : `until ${typed.until}`,
  ];
  return pieces.filter((piece) => piece !== undefined).join(' · ');
}

/** As the query of a link; the page is left out. */
export function asQuery({ page: _, ...typed }: Parameters): Record<string, string | undefined> {
  return typed;
}
