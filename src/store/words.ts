import { pause, run } from './statement.ts';
import { type CountedWords, countWords, sentencesOf } from './terms.ts';
import { type AnyDatabase, isQuotable, type WordChanges } from './writing.ts';

export const noWordChanges = (): WordChanges => ({ real: noWords(), sample: noWords() });

const noWords = (): CountedWords => ({ words: new Map(), sentences: 0 });

const WORDS_A_STEP = 1000;

/** Adds the changes to the counts on file and forgets words that are no longer anywhere. */
export async function applyWordChanges(db: AnyDatabase, { real, sample }: WordChanges): Promise<void> {
  for (const [scope, { words }] of [[0, real] as const, [1, sample] as const]) {
    const changed = [...words].flatMap(([word, { by }]): [string, number][] => (by === 0 ? [] : [[word, by]]));
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

const RESPONSES_A_STEP = 100;

/** Counts all words anew from the responses on file: after a crash between a write and its counts. */
export async function recountWords(db: AnyDatabase): Promise<void> {
  const changes = noWordChanges();
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = await db
      .selectFrom('response')
      .select(['key', 'text', 'language', 'doc'])
      .where('key', '>', after)
      .orderBy('key')
      .limit(RESPONSES_A_STEP)
      .execute();
    const last = rows.at(-1);
    if (!last) break;
    after = last.key;
    for (const { key, text, language, doc } of rows) {
      if (isQuotable(doc)) countWords(key < 0 ? changes.sample : changes.real, sentencesOf(text, language), 1);
    }
    await pause();
  }
  await db.deleteFrom('word').execute();
  await applyWordChanges(db, changes);
}
