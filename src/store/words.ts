import type { QuestionToStore, ResponseToStore } from '../content/question.ts';
import { sentenceKey } from './keys.ts';
import { insertRows, pause, type Row, run } from './statement.ts';
import type { Tables } from './tables.ts';
import { type CountedWords, countWords, sentenceBodies, sentenceLexemes, sentenceOffsets } from './terms.ts';
import type { AnyDatabase } from './writing.ts';

/** How often words were gained (+) or lost (−), by whether they are of the sample. */
export type WordChanges = Record<'real' | 'sample', CountedWords>;

export const noWordChanges = (): WordChanges => ({ real: noWords(), sample: noWords() });

const noWords = (): CountedWords => ({ words: new Map(), sentences: 0 });

/** A response with the offsets of its sentences. */
export interface Cut {
  question: Pick<QuestionToStore, 'sample' | 'topics' | 'countries'>;
  response: Pick<ResponseToStore, 'text' | 'language' | 'respondents' | 'quotable'>;
  offsets: readonly number[];
}

/** Counts the words of a response that are gained or lost, and returns what the full-text table holds of each of its sentences. */
export function indexWords({ question, response, offsets }: Cut, changes: WordChanges, by: 1 | -1): string[] {
  if (!response.quotable) return [];
  const words = sentenceLexemes(response.text, response.language, offsets);
  countWords(question.sample ? changes.sample : changes.real, words, by);
  return sentenceBodies(question, response, words);
}

/** The response of a row. */
export function storedCut(question: QuestionToStore, { doc, text, language, sentences }: Tables['response']): Cut {
  const response: ResponseToStore = JSON.parse(doc);
  return { question, response: { ...response, text, language }, offsets: JSON.parse(sentences) };
}

const WORDS_A_STEP = 1000;

/** Adds the changes to the counts on file and forgets words that are no longer anywhere. */
export async function applyWordChanges(db: AnyDatabase, { real, sample }: WordChanges): Promise<void> {
  for (const [scope, { words }] of [[0, real] as const, [1, sample] as const]) {
    const sums = new Map<string, number>();
    for (const [{ word }, { by }] of words) sums.set(word, (sums.get(word) ?? 0) + by);
    const changed = [...sums].filter(([, by]) => by !== 0);
    for (let start = 0; start < changed.length; start += WORDS_A_STEP) {
      const some = changed.slice(start, start + WORDS_A_STEP);
      await run(db, ADD, scope, JSON.stringify(some));
      const lost = some.flatMap(([word, by]) => (by < 0 ? [word] : []));
      if (lost.length > 0) await run(db, FORGET, scope, JSON.stringify(lost));
      await pause();
    }
  }
}

const ADD = `insert into word (word, sample, count) select value ->> 0, ?, value ->> 1 from json_each(?) where true
  on conflict (word, sample) do update set count = word.count + excluded.count`;
const FORGET = 'delete from word where sample = ? and count <= 0 and word in (select value from json_each(?))';

/** Counts all words anew from the responses on file: after a crash between a write and its counts. */
export async function recountWords(db: AnyDatabase): Promise<void> {
  const changes = noWordChanges();
  for await (const cuts of storedCuts(db)) for (const cut of cuts) indexWords(cut, changes, 1);
  await db.deleteFrom('word').execute();
  await applyWordChanges(db, changes);
}

/** Cuts all responses on file anew and indexes and counts their words: other rules, other sentences and words. */
export async function reindexWords(db: AnyDatabase): Promise<void> {
  await run(db, "insert into sentence_words (sentence_words) values ('delete-all')");
  const changes = noWordChanges();
  for await (const cuts of storedCuts(db)) {
    const rows: Row[] = [];
    const sentences: Row[] = [];
    for (const { key, ...stored } of cuts) {
      const offsets = sentenceOffsets(stored.response.text, stored.response.language);
      sentences.push([key, JSON.stringify(offsets)]);
      for (const [at, body] of indexWords({ ...stored, offsets }, changes, 1).entries()) rows.push([sentenceKey(key, at), body]);
    }
    await insertRows(db, 'sentence_words (rowid, body)', rows);
    await run(db, RECUT, JSON.stringify(sentences));
  }
  await db.deleteFrom('word').execute();
  await applyWordChanges(db, changes);
}

const RECUT = `update response set sentences = cut.value ->> 1 from json_each(?) cut where response.key = cut.value ->> 0`;

const RESPONSES_A_STEP = 50;

/** All responses on file, some at a time. */
async function* storedCuts(db: AnyDatabase): AsyncGenerator<(Cut & { key: number })[]> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = await db
      .selectFrom('response')
      .innerJoin('question', 'question.key', 'response.question')
      .selectAll('response')
      .select('question.doc as asked')
      .where('response.key', '>', after)
      .orderBy('response.key')
      .limit(RESPONSES_A_STEP)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    after = last.key;
    yield rows.map(({ asked, ...row }) => ({ ...storedCut(JSON.parse(asked), row), key: row.key }));
    await pause();
  }
}
