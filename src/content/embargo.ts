import { rowsOf } from '../search/index-rows.ts';
import { openTally } from '../search/tally.ts';
import type { ContentIndex, Embargo } from '../store/store.ts';
import { placementOf, visibleHash, visibleQuestion } from './build.ts';
import { questionSchema } from './schema.ts';

/** Indexes anew every question whose embargo ended, or has not yet begun to end by this clock. Returns how many. */
export async function liftEmbargoes(index: ContentIndex, now: number): Promise<number> {
  const embargoes = await index.embargoes();
  const due = new Map(
    embargoes.filter(({ until, lifted }) => until <= now !== lifted).map((embargo) => [embargo.questionId, embargo]),
  );
  for (const embargo of due.values()) await show(index, embargo, now);
  for (const file of new Set([...due.values()].map((embargo) => embargo.file))) {
    const own = embargoes.filter((embargo) => embargo.file === file);
    await index.putEmbargoes(
      file,
      own.map((embargo) => ({ ...embargo, lifted: embargo.until <= now })),
    );
  }
  if (due.size > 0) await index.finish();
  return due.size;
}

/** The next moment (ms) at which an embargo ends. */
export async function nextEmbargo(index: ContentIndex, now: number): Promise<number | undefined> {
  const later = (await index.embargoes()).map(({ until }) => until).filter((until) => until > now);
  return later.length === 0 ? undefined : Math.min(...later);
}

async function show(index: ContentIndex, { raw, collection, file }: Embargo, now: number): Promise<void> {
  const holder = await index.collection(collection);
  if (!holder) return;
  const parsed = questionSchema.parse(JSON.parse(raw));
  const visible = visibleQuestion(parsed, placementOf(parsed, holder), now);
  const today = new Date(now).toISOString().slice(0, 10);
  if (visible) {
    const tally = openTally();
    const rows = rowsOf(visible, { file, hash: visibleHash(visible) }, tally);
    await index.putQuestions([rows], today);
    index.addWords(tally.changes());
  } else await index.removeQuestions([parsed.id], today);
}
