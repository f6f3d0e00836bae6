import { type Kysely, sql, type Transaction } from 'kysely';
import type { QuestionToStore } from '../content/question.ts';
import { type QuestionRows, sentenceWords } from '../search/index-rows.ts';
import type { WordTally } from '../search/tally.ts';
import { keysOfDate, responseKey, responseKeys, sentenceKey } from './keys.ts';
import { insertRows, type Row, run } from './statement.ts';
import type { Tables } from './tables.ts';
import { storedCut } from './words.ts';

/** Writes questions of different ids with everything that is indexed of them; texts that these replace are kept. */
export async function writeQuestions(
  tx: Transaction<Tables>,
  questions: readonly QuestionRows[],
  today: string,
  tally: WordTally,
): Promise<void> {
  const old = await eraseQuestions(tx, questions, today, tally);
  const keyed = questions.flatMap((one) => {
    const key = old.get(one.id);
    return key !== undefined && fits(key, one) ? [{ ...one, key }] : [];
  });
  for (const one of keyed) await writeQuestion(tx, one);
  // After those, so that no key is taken for free that belongs to one of them.
  const kept = new Set(keyed.map(({ id }) => id));
  for (const one of questions) {
    if (kept.has(one.id)) continue;
    const question = { ...one, key: await freeKey(tx, one) };
    await writeQuestion(tx, question);
    keyed.push(question);
  }
  // In the order of their keys: FTS5 begins a new segment wherever a key is less than the one before.
  keyed.sort((a, b) => a.key - b.key);
  const responses = keyed.flatMap(({ key, responses }) =>
    responses.map((one, index) => ({ ...one, question: key, key: responseKey(key, index) })),
  );
  const rows: Record<string, Row[]> = {
    'question_topic (topic, label, question)': keyed.flatMap(({ key, topics }) => topics.map((topic) => [...topic, key])),
    'question_country (country, question)': keyed.flatMap(({ key, countries }) => countries.map((country) => [country, key])),
    'question_words (rowid, body)': keyed.flatMap(({ key, listed, words }) => (listed ? [[BigInt(key), words]] : [])),
    'response (key, question, id, language, hash, text, sentences, doc)': responses.map(
      ({ key, question, id, language, hash, text, sentences, doc }) => [key, question, id, language, hash, text, sentences, doc],
    ),
    'response_person (person, response)': responses.flatMap(({ key, persons }) => persons.map((person) => [person, key])),
    'sentence_words (rowid, body)': responses.flatMap(({ key, sentenceWords }) =>
      sentenceWords.map((body, index) => [sentenceKey(key, index), body]),
    ),
  };
  for (const [into, some] of Object.entries(rows)) await insertRows(tx, into, some);
}

async function writeQuestion(tx: Transaction<Tables>, question: QuestionRows & { key: number }): Promise<void> {
  const { key, id, code, file, collection, publication, sample, listed, date, hash, doc } = question;
  await insertRows(tx, 'question (key, id, code, file, collection, publication, sample, listed, date, hash, doc)', [
    [key, id, code, file, collection, publication, sample ? 1 : 0, listed ? 1 : 0, date, hash, doc],
  ]);
}

/** Whether a question may keep its key: its date and kind are the same. */
function fits(key: number, { date, sample }: QuestionRows): boolean {
  const { from, to } = keysOfDate(date, sample);
  return key >= from && key <= to;
}

/** The next one of its date. */
async function freeKey(tx: Transaction<Tables>, { date, sample }: QuestionRows): Promise<number> {
  const { from, to } = keysOfDate(date, sample);
  const [found] = await run<{ last: number | null }>(
    tx,
    'select max(key) as last from question where key between ? and ?',
    from,
    to,
  );
  const last = found?.last ?? null;
  const key = last === null ? from : Number(last) + 1;
  if (key > to) throw new Error(`too many questions dated ${date}`);
  return key;
}

/** Removes questions and all that is indexed of them, and keeps the texts that are not in their `next` version. Returns their keys by id. */
export async function eraseQuestions(
  tx: Transaction<Tables>,
  next: readonly { id: string; responses: readonly { id: string; hash: string }[] }[],
  today: string,
  tally: WordTally,
): Promise<Map<string, number>> {
  const byId = new Map(next.map((one) => [one.id, one]));
  const old = await run<{ key: number; id: string; doc: string }>(
    tx,
    'select key, id, doc from question where id in (select value from json_each(?)) order by key',
    JSON.stringify([...byId.keys()]),
  );
  for (const { key, id, doc } of old) {
    const question: QuestionToStore = JSON.parse(doc);
    const responses = await tx.selectFrom('response').selectAll().where('question', '=', key).orderBy('key').execute();
    const hashes = new Map(byId.get(id)?.responses.map((response) => [response.id, response.hash]));
    const rows: Row[] = [];
    for (const stored of responses) {
      if (stored.text !== '' && hashes.get(stored.id) !== stored.hash) await keepText(tx, { question: id, stored, today });
      const bodies = sentenceWords(storedCut(question, stored), tally, -1);
      rows.push(...bodies.map((body, index): Row => ['delete', sentenceKey(stored.key, index), body]));
    }
    await insertRows(tx, 'sentence_words (sentence_words, rowid, body)', rows);
    await eraseRows(tx, key);
  }
  return new Map(old.map(({ key, id }) => [id, key]));
}

/** Old quote codes can be answered with a correction. */
async function keepText(
  tx: Transaction<Tables>,
  { question, stored, today }: { question: string; stored: Tables['response']; today: string },
): Promise<void> {
  await tx
    .insertInto('former_text')
    .values({ question_id: question, response_id: stored.id, hash: stored.hash, text: stored.text, replaced_on: today })
    .onConflict((conflict) => conflict.doUpdateSet({ replaced_on: today }))
    .execute();
}

async function eraseRows(tx: Transaction<Tables>, key: number): Promise<void> {
  const { from, to } = responseKeys({ from: key, to: key });
  await sql`delete from question_words where rowid = ${BigInt(key)}`.execute(tx);
  await tx.deleteFrom('response_person').where('response', '>=', from).where('response', '<=', to).execute();
  await tx.deleteFrom('response').where('question', '=', key).execute();
  await tx.deleteFrom('question_topic').where('question', '=', key).execute();
  await tx.deleteFrom('question_country').where('question', '=', key).execute();
  await tx.deleteFrom('question').where('key', '=', key).execute();
}

export type AnyDatabase = Kysely<Tables> | Transaction<Tables>;
