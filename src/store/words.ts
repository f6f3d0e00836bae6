import type { Kysely } from 'kysely';
import type { QuestionToStore, ResponseToStore } from '../content/question.ts';
import { type Cut, sentenceWords } from '../search/index-rows.ts';
import { openTally, type WordChanges } from '../search/tally.ts';
import { sentenceOffsets } from '../search/terms.ts';
import { pause } from '../turns.ts';
import { sentenceKey } from './keys.ts';
import { insertRows, type Row, run } from './statement.ts';
import type { Tables } from './tables.ts';
import type { AnyDatabase } from './writing.ts';

/** The response of a row. */
export function storedCut(question: QuestionToStore, { doc, text, language, sentences }: Tables['response']): Cut {
  const response: ResponseToStore = JSON.parse(doc);
  return { question, response: { ...response, text, language }, offsets: JSON.parse(sentences) };
}

const WORDS_A_STEP = 1000;

/** Adds the changes to the counts on file and forgets words that are no longer anywhere. */
export async function applyWordChanges(db: AnyDatabase, { real, sample }: WordChanges): Promise<void> {
  for (const [scope, words] of [[0, real] as const, [1, sample] as const]) {
    const changed = [...words].filter(([, by]) => by !== 0);
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
  const tally = openTally();
  for await (const cuts of storedCuts(db)) for (const cut of cuts) sentenceWords(cut, tally, 1);
  await db.deleteFrom('word').execute();
  await applyWordChanges(db, tally.changes());
}

/** Cuts all responses on file anew and indexes and counts their words: other rules, other sentences and words. */
export async function reindexWords(db: Kysely<Tables>): Promise<void> {
  await run(db, "insert into sentence_words (sentence_words) values ('delete-all')");
  const tally = openTally();
  for await (const cuts of storedCuts(db)) {
    const rows: Row[] = [];
    const sentences: Row[] = [];
    for (const { key, ...stored } of cuts) {
      const offsets = sentenceOffsets(stored.response.text, stored.response.language);
      sentences.push([key, JSON.stringify(offsets)]);
      for (const [at, body] of sentenceWords({ ...stored, offsets }, tally, 1).entries()) rows.push([sentenceKey(key, at), body]);
    }
    await db.transaction().execute(async (tx) => {
      await insertRows(tx, 'sentence_words (rowid, body)', rows);
      await run(tx, RECUT, JSON.stringify(sentences));
    });
  }
  await db.deleteFrom('word').execute();
  await applyWordChanges(db, tally.changes());
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
