import { type Kysely, sql, type Transaction } from 'kysely';
import type { QuestionToStore, ResponseToStore } from '../content/question.ts';
import { fold } from '../search/tokens.ts';
import { type KeyRange, keysOfDate, responseKey, responseKeys, sentenceKey, sentenceKeys } from './keys.ts';
import { run } from './statement.ts';
import type { Tables } from './tables.ts';
import { type CountedWords, countWords, questionBody, sentenceBodies, sentencesOf } from './terms.ts';

export interface QuestionWrite {
  question: QuestionToStore;
  file: string;
  hash: string;
}

/** How often words were gained (+) or lost (−), by whether they are of the sample. */
export type WordChanges = Record<'real' | 'sample', CountedWords>;

/** Writes one question with everything that is indexed of it; texts that this replaces are kept. */
export async function writeQuestion(
  tx: Transaction<Tables>,
  write: QuestionWrite,
  today: string,
  words: WordChanges,
): Promise<void> {
  const { question, file, hash } = write;
  const [old] = await run<{ key: number }>(tx, 'select key from question where id = ?', question.id);
  if (old) {
    await keepFormerTexts(tx, old.key, question, today);
    await eraseQuestion(tx, old.key, words);
  }
  const key = await keyFor(tx, question, old?.key);
  const { responses, ...doc } = question;
  const listed = question.status.is === 'usable';
  await run(
    tx,
    `insert into question (key, id, code, file, collection, publication, sample, listed, date, hash, doc)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    key,
    question.id,
    question.code,
    file,
    question.collection,
    question.publication,
    question.sample ? 1 : 0,
    listed ? 1 : 0,
    question.date,
    hash,
    JSON.stringify(doc),
  );
  if (!listed) return;
  const topics = new Map(question.topics.map((label) => [fold(label), label]));
  for (const [topic, label] of topics) {
    await run(tx, 'insert into question_topic (topic, label, question) values (?, ?, ?)', topic, label, key);
  }
  for (const country of new Set(question.countries)) {
    await run(tx, 'insert into question_country (country, question) values (?, ?)', country, key);
  }
  await run(tx, 'insert into question_words (rowid, body) values (?, ?)', BigInt(key), questionBody(question));
  for (const [index, response] of responses.entries()) {
    await writeResponse(tx, response, { question, questionKey: key, key: responseKey(key, index), words });
  }
}

interface Place {
  question: QuestionToStore;
  questionKey: number;
  key: number;
  words: WordChanges;
}

async function writeResponse(tx: Transaction<Tables>, response: ResponseToStore, place: Place): Promise<void> {
  const { question, questionKey, key, words } = place;
  const { text, hash, ...doc } = response;
  const cut = sentencesOf(text, response.language);
  await run(
    tx,
    'insert into response (key, question, id, language, hash, text, sentences, doc) values (?, ?, ?, ?, ?, ?, ?, ?)',
    key,
    questionKey,
    response.id,
    response.language.split('-')[0] ?? '',
    hash,
    text,
    JSON.stringify(cut.offsets),
    JSON.stringify(doc),
  );
  const persons = response.translationOf === undefined ? response.respondents.map(({ person }) => person) : [];
  for (const person of new Set(persons)) {
    await run(tx, 'insert into response_person (person, response) values (?, ?)', person, key);
  }
  if (!response.quotable) return;
  countWords(question.sample ? words.sample : words.real, cut, 1);
  const bodies = JSON.stringify(sentenceBodies(question, response, cut));
  await run(tx, 'insert into sentence_words (rowid, body) select ? + key, value from json_each(?)', sentenceKey(key, 0), bodies);
}

/** Removes a question and all that is indexed of it. */
export async function eraseQuestion(tx: Transaction<Tables>, key: number, words: WordChanges): Promise<void> {
  const range = responseKeys({ from: key, to: key });
  const responses = await tx.selectFrom('response').select(['text', 'doc', 'language']).where('question', '=', key).execute();
  const counts = key < 0 ? words.sample : words.real;
  for (const { text, doc, language } of responses) {
    if (isQuotable(doc)) countWords(counts, sentencesOf(text, language), -1);
  }
  const { from, to } = sentenceKeys(range);
  await sql`delete from sentence_words where rowid between ${from} and ${to}`.execute(tx);
  await sql`delete from question_words where rowid = ${BigInt(key)}`.execute(tx);
  await tx.deleteFrom('response_person').where('response', '>=', range.from).where('response', '<=', range.to).execute();
  await tx.deleteFrom('response').where('question', '=', key).execute();
  await tx.deleteFrom('question_topic').where('question', '=', key).execute();
  await tx.deleteFrom('question_country').where('question', '=', key).execute();
  await tx.deleteFrom('question').where('key', '=', key).execute();
}

export const isQuotable = (doc: string): boolean => {
  const { quotable }: { quotable: boolean } = JSON.parse(doc);
  return quotable;
};

/** The old key while date and kind are the same, else the next free one of the new date. */
async function keyFor(tx: Transaction<Tables>, question: QuestionToStore, old: number | undefined): Promise<number> {
  const range: KeyRange = keysOfDate(question.date, question.sample);
  if (old !== undefined && old >= range.from && old <= range.to) return old;
  const [found] = await run<{ last: number | null }>(
    tx,
    'select max(key) as last from question where key between ? and ?',
    range.from,
    range.to,
  );
  const last = found?.last ?? null;
  const key = last === null ? range.from : Number(last) + 1;
  if (key > range.to) throw new Error(`too many questions dated ${question.date}`);
  return key;
}

/** Keeps the old words of responses that change or go, so that old quote codes can be answered with a correction. */
async function keepFormerTexts(
  tx: Transaction<Tables>,
  key: number,
  next: QuestionToStore | { id: string; responses: [] },
  today: string,
) {
  const current = new Map(next.responses.map((response) => [response.id, response.hash]));
  const old = await tx
    .selectFrom('response')
    .select(['id', 'hash', 'text'])
    .where('question', '=', key)
    .where('text', '!=', '')
    .execute();
  const changed = old.filter((row) => current.get(row.id) !== row.hash);
  for (const { id, hash, text } of changed) {
    await tx
      .insertInto('former_text')
      .values({ question_id: next.id, response_id: id, hash, text, replaced_on: today })
      .onConflict((conflict) => conflict.doUpdateSet({ replaced_on: today }))
      .execute();
  }
}

export async function removeQuestion(tx: Transaction<Tables>, id: string, today: string, words: WordChanges): Promise<void> {
  const row = await tx.selectFrom('question').select('key').where('id', '=', id).executeTakeFirst();
  if (!row) return;
  await keepFormerTexts(tx, row.key, { id, responses: [] }, today);
  await eraseQuestion(tx, row.key, words);
}

export type AnyDatabase = Kysely<Tables> | Transaction<Tables>;
