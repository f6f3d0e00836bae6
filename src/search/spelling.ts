/**
 * How many letters to put in, take out, change or swap with their neighbour to turn one text into the other (optimal string
 * alignment); `max + 1` for anything beyond `max`.
 */
export function distance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = new Array<number>(b.length + 1).fill(max + 1);
    let best = row <= max ? row : max + 1;
    current[0] = best;
    const end = Math.min(b.length, row + max);
    for (let column = Math.max(1, row - max); column <= end; column++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      const steps = Math.min(
        at(last, column - 1) + (same ? 0 : 1),
        at(last, column) + 1,
        at(current, column - 1) + 1,
        isSwap(a, b, row, column) ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      current[column] = Math.min(steps, max + 1);
      best = Math.min(best, steps);
    }
    if (best > max) return max + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(at(last, b.length), max + 1);
}

function isSwap(a: string, b: string, row: number, column: number): boolean {
  return (
    row > 1 &&
    column > 1 &&
    a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
    a.charCodeAt(row - 2) === b.charCodeAt(column - 1)
  );
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/** At most `limit` candidates that a word may be a misspelling of, nearest first, then the most used; never the word itself. */
export function nearest(word: string, candidates: readonly { word: string; count: number }[], limit: number): string[] {
  const max = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
  return candidates
    .map((candidate) => ({ ...candidate, steps: distance(word, candidate.word, max) }))
    .filter(({ steps }) => steps > 0 && steps <= max)
    .sort((a, b) => a.steps - b.steps || b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, limit)
    .map((candidate) => candidate.word);
}
