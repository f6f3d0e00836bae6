/** A number in [0, 1) on every call; the same seed gives the same numbers (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws ranks 0 … size − 1 as words are used (Zipf–Mandelbrot), in constant time (Vose's alias method). */
export function zipfRanks(size: number, next: () => number): () => number {
  const weights = Float64Array.from({ length: size }, (_, rank) => 1 / (rank + 2.7) ** 1.05);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / size;
  const odds = weights.map((weight) => weight / mean);
  const alias = new Uint32Array(size);
  const low = [...odds.keys()].filter((rank) => odds[rank]! < 1);
  const high = [...odds.keys()].filter((rank) => odds[rank]! >= 1);
  while (low.length > 0 && high.length > 0) {
    const poor = low.pop()!;
    const rich = high.at(-1)!;
    alias[poor] = rich;
    odds[rich] = odds[rich]! - (1 - odds[poor]!);
    if (odds[rich] < 1) low.push(high.pop()!);
  }
  return () => {
    const rank = Math.floor(next() * size);
    return next() < odds[rank]! ? rank : alias[rank]!;
  };
}
