import { fold } from '../../search/tokens.ts';
import type { SourceBlock, SourceDocument } from './model.ts';

const RUN = 8;
const MAX_WORDS = 70;
const MAX_BLOCKS = 3000;

/** Indices of blocks that repeat eight or more words of a longer block: pull quotes, teasers. */
export function pullQuotes({ text }: SourceDocument, blocks: readonly SourceBlock[]): ReadonlySet<number> {
  const found = new Set<number>();
  if (blocks.length > MAX_BLOCKS) return found;
  const words = blocks.map((block) =>
    block.kind === 'table' || block.kind === 'rule' ? [] : fold(text.slice(block.start, block.end)).split(' '),
  );
  const places = new Map<string, number[]>();
  words.forEach((list, index) => {
    for (const run of runs(list)) {
      const held = places.get(run);
      if (held === undefined) places.set(run, [index]);
      else if (held.at(-1) !== index && held.length < 20) held.push(index);
    }
  });
  words.forEach((list, index) => {
    if (list.length < RUN || list.length > MAX_WORDS) return;
    const all = runs(list);
    const repeated = all.filter((run) =>
      places.get(run)?.some((other) => other !== index && (words[other]?.length ?? 0) > list.length),
    );
    if (repeated.length >= all.length * 0.6) found.add(index);
  });
  return found;
}

const runs = (words: readonly string[]): string[] =>
  words.slice(0, Math.max(0, words.length - RUN + 1)).map((_word, at) => words.slice(at, at + RUN).join(' '));
