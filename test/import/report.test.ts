import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importDocument } from '../../src/content/import/import-document.ts';
import { importReport } from '../../src/content/import/report.ts';
import { draftToQuestion } from '../../src/content/import/to-question.ts';

const seed = readFileSync(join(import.meta.dirname, '../fixtures/pompeo-qa-2019.txt'));

test('the report of an import says what was assigned by which rule, what is doubtful, and what is missing', () => {
  const draft = importDocument(seed, { name: 'post.txt' });
  const lines = importReport(draft, draftToQuestion(draft, {})).split('\n');
  expect(lines[0]).toBe('Outcome: review — The year of the date is missing.');
  expect(lines).toContain('  2 Is Washington’s push to end Venezuelan President Nicolás Maduro’s rule working?');
  expect(lines.find((line) => line.startsWith('Response (unnamed)'))).toContain('Author of the post  [begins: answer label');
  expect(lines.filter((line) => line.startsWith('Response (listed)'))).toHaveLength(4);
  expect(lines).toContain('To review, line 1: The year of the date is missing.');
  expect(lines).toContain('Missing: at least one topic');
  expect(lines.find((line) => line.startsWith('Proposed countries'))).toContain('VE');
});
