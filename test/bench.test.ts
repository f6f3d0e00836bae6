import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench } from '../bench/bench.ts';
import { generate } from '../bench/generate.ts';
import { report } from '../bench/report.ts';

test('the same number of responses makes the same archive, byte for byte', async () => {
  const hashes = [];
  for (const seed of [1, 1, 2]) {
    const folder = mkdtempSync(join(tmpdir(), 'briefdesk-corpus-'));
    const { responses, bodyBytes } = await generate({ folder, responses: 42, seed });
    expect(bodyBytes / responses).toBeGreaterThan(1000);
    hashes.push(
      createHash('sha256')
        .update(readFileSync(join(folder, 'bench', 'questions.jsonl')))
        .digest('hex'),
    );
    rmSync(folder, { recursive: true });
  }
  expect(hashes[1]).toBe(hashes[0]);
  expect(hashes[2]).not.toBe(hashes[0]);
});

test('the bench loads a made-up archive without a problem and compares every kind of search with plain FTS5', async () => {
  const results = await bench({ responses: 100, rounds: 1, platforms: false });
  expect(results.load.problems).toBe(0);
  expect(results.searches.map(({ name }) => name)).toContain('AND of 2 common');
  expect(report(results)).toMatch(/database file ÷ bytes of the bodies\s+\d/);
}, 60_000);
