import type { Filter } from '../src/store/store.ts';
import type { Corpus } from './generate.ts';
import type { PlainSearch } from './peer.ts';
import { random } from './random.ts';
import { FUNCTION_WORDS, RARE_WORDS } from './words.ts';

/** One search, as each side is asked. */
export interface Search {
  words: string;
  filter: Filter;
  /** The whole command. */
  line: string;
  plain: PlainSearch;
}

export interface SearchClass {
  name: string;
  searches: Search[];
}

const A_CLASS = 25;

/** The classes of performance.md, drawn from the words by how many responses hold them. */
export function searchClasses({ frequency, responses, persons, phrases }: Corpus): SearchClass[] {
  const next = random(2);
  const shuffled = <Value>(values: readonly Value[]) =>
    values
      .map((value) => ({ value, at: next() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ value }) => value);
  const used = (low: number, high: number) =>
    shuffled(
      [...frequency].filter(([, count]) => count >= low * responses && count <= high * responses).map(([word]) => word),
    ).filter((word) => !FUNCTION_WORDS.includes(word));
  const mid = used(0.03, 0.12);
  const common = used(0.17, 0.41);
  const stop = FUNCTION_WORDS.slice(0, 10);
  const many = <Value>(of: readonly Value[], make: (value: Value, index: number) => Search): Search[] =>
    Array.from({ length: A_CLASS }, (_, index) => make(of[index % of.length]!, index));
  const other = (of: readonly string[], index: number) => of[index % of.length]!;
  const since = '2025-06-01';
  return [
    { name: 'rare', searches: many(RARE_WORDS, (word) => search(word)) },
    { name: 'mid', searches: many(mid, (word) => search(word)) },
    { name: 'common', searches: many(common, (word) => search(word)) },
    { name: 'stop word', searches: many(stop, (word) => search(word)) },
    {
      name: 'AND of 2 common',
      searches: many(common, (word, at) => search(`${word} ${other(common, at + 1)}`, `"${word}" "${other(common, at + 1)}"`)),
    },
    {
      name: 'OR of 4',
      searches: many(common, (word, at) => {
        const words = [word, other(common, at + 1), other(mid, at), other(mid, at + 1)];
        return search(words.join(' OR '), words.map((one) => `"${one}"`).join(' OR '));
      }),
    },
    { name: 'phrase', searches: many(shuffled(phrases), (phrase) => search(`"${phrase}"`, `"${phrase}"`)) },
    {
      name: 'with respondent',
      searches: many(common, (word) => {
        const { id } = persons[Math.floor(next() * persons.length)]!;
        return search(word, `"${word}"`, { option: `by:${id}`, filter: { person: id }, plain: { person: id } });
      }),
    },
    {
      name: 'with date',
      searches: many(common, (word) =>
        search(word, `"${word}"`, { option: `since:${since}`, filter: { since }, plain: { since } }),
      ),
    },
  ];
}

interface Narrowed {
  option: string;
  filter: Partial<Filter>;
  plain: Partial<PlainSearch>;
}

function search(words: string, match = `"${words}"`, narrowed?: Narrowed): Search {
  return {
    words,
    filter: { sample: false, ...narrowed?.filter },
    line: `/quotes ${words} ${narrowed?.option ?? ''}`.trim(),
    plain: { match, ...narrowed?.plain },
  };
}

export interface CommandClass {
  name: string;
  lines: string[];
}

/** Commands that search, or find by name. */
export function commandClasses({ frequency, responses, persons }: Corpus): CommandClass[] {
  const mid = [...frequency]
    .filter(([, count]) => count >= 0.03 * responses && count <= 0.12 * responses)
    .slice(0, A_CLASS)
    .map(([word]) => word);
  const pairs = mid.map((word, at) => `${word} ${mid[(at + 1) % mid.length]}`);
  const countries = ['chile', 'venezuela', 'brazil', 'norway', 'japan', 'peru', 'canada', 'poland'];
  const topics = ['trade', 'energy', 'mining', 'public debt', 'health'];
  const some = persons.filter((_, index) => index % Math.floor(persons.length / A_CLASS) === 0);
  return [
    { name: '/brief country', lines: countries.map((one) => `/brief ${one}`) },
    { name: '/brief topic', lines: topics.map((one) => `/brief ${one}`) },
    { name: '/brief words', lines: pairs.map((one) => `/brief ${one}`) },
    { name: '/brief', lines: ['/brief'] },
    { name: '/views country', lines: countries.map((one) => `/views ${one}`) },
    { name: '/views words', lines: pairs.map((one) => `/views ${one}`) },
    { name: '/quotes topic:', lines: topics.map((one) => `/quotes topic:"${one}"`) },
    { name: '/quotes by:', lines: some.map(({ id }) => `/quotes by:${id}`) },
    { name: '/respondent name', lines: some.map(({ name }) => `/respondent ${name}`) },
    { name: '/respondent, misspelt', lines: some.map(({ name }) => `/respondent ${name.slice(0, -2)}x`) },
    { name: '/brief, misspelt', lines: ['/brief venezeula', '/brief chlie', '/brief prezident'] },
    { name: '/topics', lines: ['/topics'] },
    { name: '/briefdesk', lines: ['/briefdesk'] },
  ];
}
