/** How often a property is tried: a few hundred times, more with FUZZ_RUNS. */
export const runs = (few = 200): { numRuns: number } => ({ numRuns: Number(process.env.FUZZ_RUNS ?? few) });

/** Milliseconds that a property may take, on a busy machine too. */
export const PATIENCE = process.env.FUZZ_RUNS === undefined ? 120_000 : 86_400_000;
