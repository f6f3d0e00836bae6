import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QuestionFile, ResponseFile } from '../src/content/schema.ts';
import { fold } from '../src/search/tokens.ts';
import { random, zipfRanks } from './random.ts';
import { COUNTRIES, FAMILY, FUNCTION_WORDS, GIVEN, POLICY_WORDS, RARE_WORDS, TOPICS } from './words.ts';

const VOCABULARY = 60_000;
const PERSONS = 1900;
export const RESPONSES_A_QUESTION = 5;
const FIRST_DAY = Date.parse('2000-01-03');
const LAST_DAY = Date.parse('2026-11-20');
const DAY_MS = 86_400_000;

export interface Corpus {
  /** Content folder with one collection. */
  folder: string;
  responses: number;
  /** UTF-8 bytes of the words of all responses. */
  bodyBytes: number;
  persons: readonly { id: string; name: string }[];
  /** In how many responses each word occurs. */
  frequency: ReadonlyMap<string, number>;
  /** Some pairs of neighbouring words that are no function words. */
  phrases: readonly string[];
}

/** Writes a made-up collection as one JSON Lines file; the same size and seed give the same bytes. Collections of other names share nothing. */
export async function generate({
  folder,
  responses,
  seed = 1,
  name = 'bench',
}: {
  folder: string;
  responses: number;
  seed?: number;
  name?: string;
}): Promise<Corpus> {
  const publication = `${name}-advisor`;
  const next = random(seed);
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(next() * from.length)]!;
  const persons = allPersons(name);
  const prose = proseWriter(next, responses);
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'collection.yaml'), collectionOf(publication));
  writeFileSync(
    join(folder, name, 'respondents.yaml'),
    persons.map(({ id, name }) => `${id}:\n  name: ${JSON.stringify(name)}\n`).join(''),
  );
  const file = createWriteStream(join(folder, name, 'questions.jsonl'));
  const questions = Math.ceil(responses / RESPONSES_A_QUESTION);
  let bodyBytes = 0;

  for (let index = 0; index < questions; index++) {
    const [topic, words] = pick(TOPICS);
    const country = pick(COUNTRIES);
    const day = FIRST_DAY + Math.floor((index / questions) * ((LAST_DAY - FIRST_DAY) / DAY_MS)) * DAY_MS;
    const date = new Date(day).toISOString().slice(0, 10);
    const parts = [prose.question(words), prose.question(words)];
    const count = Math.min(RESPONSES_A_QUESTION, responses - index * RESPONSES_A_QUESTION);
    const answering = distinct(count, () => pick(persons));
    const question: QuestionFile = {
      id: `${publication}/${date}/${topic.toLowerCase().replace(' ', '-')}-${country.toLowerCase()}-${index}`,
      code: `${name === 'bench' ? 'q' : name.charAt(0)}${index.toString(36).padStart(6, '0')}`,
      title: prose.title(words),
      date,
      text: parts.join(' '),
      parts,
      topics: [topic],
      countries: [country],
      language: 'en',
      source: { url: `https://advisor.example/${index}` },
      responses: answering.map(
        ({ id }, place): ResponseFile => ({
          id,
          availability: 'text',
          respondents: [{ person: id, role: 'Fellow', affiliation: 'Institute of Invented Affairs' }],
          paragraphs: prose.paragraphs(words, index * RESPONSES_A_QUESTION + place),
        }),
      ),
    };
    for (const { paragraphs = [] } of question.responses) bodyBytes += Buffer.byteLength(paragraphs.join('\n\n'));
    if (!file.write(`${JSON.stringify(question)}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return { folder, responses, bodyBytes, persons, frequency: prose.frequency(), phrases: prose.phrases };
}

const collectionOf = (publication: string): string => `name: Bench Advisor
publications:
  - { id: ${publication}, name: Bench Advisor Q&A, language: en, rights: whole }
`;

function allPersons(collection: string): { id: string; name: string }[] {
  const names = FAMILY.flatMap((family) => GIVEN.map((given) => `${given} ${family}`));
  const mark = collection === 'bench' ? '' : `-${collection}`;
  return names.slice(0, PERSONS).map((name) => ({ id: fold(name).replaceAll(' ', '-') + mark, name }));
}

function distinct<Value>(count: number, draw: () => Value): Value[] {
  const drawn = new Set<Value>();
  while (drawn.size < count) drawn.add(draw());
  return [...drawn];
}

const PHRASES = 400;

function proseWriter(next: () => number, responses: number) {
  const words = vocabulary(next);
  const capitals = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const ranks = new Map(words.map((word, rank) => [word, rank]));
  const rank = zipfRanks(words.length, next);
  const seenIn = new Int32Array(words.length).fill(-1);
  const counts = new Uint32Array(words.length);
  const phrases: string[] = [];
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const planted = rareWords(responses);
  const lists = new Map<readonly string[], readonly number[]>(
    TOPICS.map(([, own]) => [own, own.map((word) => ranks.get(word)!)]),
  );

  function sentence(topic: readonly string[], length: number, response: number, end: string): string {
    const own = lists.get(topic)!;
    let text = '';
    let last = 0;
    for (let at = 0; at < length; at++) {
      const word = next() < 0.06 ? own[Math.floor(next() * own.length)]! : rank();
      text += at === 0 ? capitals[word] : (next() < 0.05 ? ', ' : ' ') + words[word]!;
      if (response >= 0 && seenIn[word] !== response) {
        seenIn[word] = response;
        counts[word]!++;
      }
      if (
        phrases.length < PHRASES &&
        response % 7 === 0 &&
        Math.min(last, word) >= FUNCTION_WORDS.length &&
        text.endsWith(` ${words[word]}`)
      ) {
        if (at > 1 && Math.max(last, word) < 400) phrases.push(`${words[last]} ${words[word]}`);
      }
      last = word;
    }
    return text + end;
  }

  return {
    phrases,
    frequency: () => new Map(words.map((word, index) => [word, counts[index]!])),
    question: (topic: readonly string[]) => sentence(topic, between(9, 18), -1, '?'),
    title: (topic: readonly string[]) => sentence(topic, between(5, 9), -1, ''),

    paragraphs(topic: readonly string[], response: number): string[] {
      const paragraphs: string[][] = [[]];
      for (let left = between(180, 400); left > 0; ) {
        const length = Math.min(left < 20 ? left : between(9, 30), left);
        if (paragraphs.at(-1)!.length >= 5) paragraphs.push([]);
        paragraphs.at(-1)!.push(sentence(topic, length, response, '.'));
        left -= length;
      }
      const rare = planted.get(response);
      if (rare !== undefined) paragraphs[0]!.push(`Nobody expected the ${rare} so soon in this debate.`);
      return paragraphs.map((sentences) => sentences.join(' '));
    },
  };
}

/** Which response holds which rare word: each in ten, spread evenly. */
function rareWords(responses: number): Map<number, string> {
  const places = RARE_WORDS.length * 10;
  return new Map(
    Array.from({ length: places }, (_, at) => [Math.floor((at * responses) / places), RARE_WORDS[at % RARE_WORDS.length]!]),
  );
}

/** Real words first, in the order of their use, then words of random syllables. */
function vocabulary(next: () => number): string[] {
  const words = new Set([...FUNCTION_WORDS, ...POLICY_WORDS, ...TOPICS.flatMap(([, own]) => own)]);
  const [onsets, vowels, codas] = [
    'b c d f g l m n p r s t v br cr dr fl gr pl pr st tr',
    'a e i o u ea io',
    ' l n r s t nd nt st',
  ].map((letters) => letters.split(' '));
  const syllable = () => [onsets, vowels, codas].map((letters) => letters![Math.floor(next() * letters!.length)]).join('');
  while (words.size < VOCABULARY) {
    words.add(Array.from({ length: 2 + Math.floor(next() * 2) }, syllable).join(''));
  }
  return [...words];
}
