import type { Name, NameKind, Store } from '../store/store.ts';
import { distance } from './spelling.ts';
import { fold } from './tokens.ts';

const MANY = 50;

/**
 * The topics, countries or persons that a typed name may mean: the whole name in any spelling, else names in which every
 * typed word begins a word. Several: the caller is asked. Sample names only where no real one fits.
 */
export async function findNames(store: Store, typed: string, kinds: readonly NameKind[]): Promise<Name[]> {
  const folded = fold(typed);
  if (folded === '') return [];
  const whole = realFirst(await store.namesEqual(folded, kinds));
  if (whole.length > 0) return whole;
  const starting = realFirst(await store.namesStarting(folded, kinds, MANY));
  if (starting.length > 0) return starting;
  const [first = '', ...rest] = folded.split(' ');
  if (rest.length === 0) return [];
  const candidates = await store.namesStarting(first, kinds, MANY);
  return realFirst(candidates.filter(({ label }) => rest.every((word) => ` ${fold(label)}`.includes(` ${word}`))));
}

/** The name as typed in full, and nothing like it. */
export async function findExactName(store: Store, typed: string, kinds: readonly NameKind[]): Promise<Name | undefined> {
  const folded = fold(typed);
  return folded === '' ? undefined : (await store.namesEqual(folded, kinds))[0];
}

/** Names spelt nearly like what was typed, nearest first; compared with whole names and with each of their words. */
export async function nearestNames(store: Store, typed: string, kinds: readonly NameKind[], limit = 3): Promise<Name[]> {
  const folded = fold(typed);
  if (folded.length < 3) return [];
  const max = folded.length <= 4 ? 1 : folded.length <= 8 ? 2 : 3;
  const names = (await Promise.all(kinds.flatMap((kind) => [store.names(kind, false), store.names(kind, true)]))).flat();
  const near = names
    .map((name) => ({ name, d: nearness(folded, fold(name.label), max) }))
    .filter(({ d }) => d <= max)
    .sort(
      (a, b) =>
        Number(a.name.sample) - Number(b.name.sample) ||
        a.d - b.d ||
        a.name.label.length - b.name.label.length ||
        b.name.count - a.name.count,
    );
  return realFirst(near.map(({ name }) => name)).slice(0, limit);
}

function nearness(typed: string, label: string, max: number): number {
  return Math.min(...[label, ...label.split(' ')].map((word) => distance(typed, word, max)));
}

/** Real content is never mixed with the sample. */
function realFirst(names: Name[]): Name[] {
  const real = names.filter((name) => !name.sample);
  return real.length > 0 ? real : names;
}
