import { expect, test } from 'vitest';
import type { QuestionFile } from '../../../../src/content/schema.ts';
import { aQuestionFile, aResponseFile, persons } from '../../../support/bot.ts';
import { everyPath, openReader } from './reader.ts';

const ID = 'digest/2026-05-04/tariffs';
const WHOLE = [
  'The zebra crossing of trade was repainted in the spring.',
  'Quietly, a hidden walrus carried the second paragraph of it.',
];
const aQuestion = (changed: Partial<QuestionFile>): QuestionFile =>
  aQuestionFile({
    id: ID,
    code: 'zebra01',
    text: 'Has the zebra of trade crossed?',
    introduction: 'An introduction about an ocelot.',
    responses: [aResponseFile({ paragraphs: WHOLE, lines: [{ part: 1, quote: WHOLE[0] ?? '' }] })],
    ...changed,
  });

/** All that can be read of the question, on every path. */
async function everything(question: QuestionFile, now?: string): Promise<string> {
  const reader = await openReader({ persons, questions: [question], ...(now === undefined ? {} : { now }) });
  const paths = everyPath({ id: ID, code: 'zebra01', person: 'ada-quill', topic: 'Trade' });
  const first = await Promise.all(paths.map((path) => reader.read(path)));
  expect(reader.bot.problems()).toEqual([]);
  const quotes = [...new Set(first.join('\n').match(/\/quotes\/zebra01-[a-z0-9]{5}/g))];
  const pages = [...first, ...(await Promise.all(quotes.map((path) => reader.read(path))))];
  await reader.close();
  return pages.join('\n');
}

test('where the whole text may be shown, it is', async () => {
  const all = await everything(aQuestion({}));
  for (const said of ['zebra crossing', 'hidden walrus', 'ocelot']) expect(all).toContain(said);
});

test('where only quotes may be shown, the whole response is on no path', async () => {
  const all = await everything(aQuestion({ rights: 'quotes' }));
  expect(all).toContain('zebra crossing');
  expect(all).not.toMatch(/hidden walrus|ocelot/);
  expect(all).toContain('Quotes only');
});

test('where only a link may be shown, no word of question or responses is on any path', async () => {
  const all = await everything(aQuestion({ rights: 'link' }));
  expect(all).not.toMatch(/zebra crossing|zebra of trade|hidden walrus|ocelot/);
  expect(all).toContain('https://example.org/tariffs');
});

test('a withheld question is on no path', async () => {
  expect(await everything(aQuestion({ status: { is: 'withheld' } }))).not.toMatch(
    /zebra crossing|Will the new tariffs|walrus|ocelot/,
  );
});

test('an embargoed question is on no path before its moment, and there at it', async () => {
  const question = aQuestion({ status: { is: 'embargoed', until: '2026-12-01T06:00:00-05:00' } });
  expect(await everything(question, '2026-12-01T10:59:59Z')).not.toMatch(/zebra crossing|Will the new tariffs|walrus|ocelot/);
  const reader = await openReader({ persons, questions: [question], now: '2026-12-01T10:59:59Z' });
  expect((await reader.get('/questions/zebra01')).status).toBe(404);
  reader.setNow('2026-12-01T11:00:00Z');
  expect(await reader.read('/questions/zebra01')).toContain('zebra crossing');
  await reader.close();
});

test('a retracted question keeps its notice and loses its words', async () => {
  const all = await everything(aQuestion({ status: { is: 'retracted', on: '2026-05-08', notice: 'It was not theirs.' } }));
  expect(all).toContain('It was not theirs.');
  expect(all).not.toMatch(/zebra crossing|zebra of trade|walrus|ocelot/);
});

test('a retracted response loses its words while the others stay', async () => {
  const kept = aResponseFile({
    id: 'two',
    respondents: [{ person: 'bo-sorensen' }],
    paragraphs: ['A kept giraffe about tariffs.'],
  });
  const { paragraphs: _, ...gone } = aResponseFile({
    status: { is: 'retracted', on: '2026-05-08', notice: 'It was not theirs.' },
  });
  const all = await everything(aQuestion({ responses: [gone, kept] }));
  expect(all).toContain('kept giraffe');
  expect(all).toContain('It was not theirs.');
  expect(all).not.toMatch(/zebra crossing|walrus/);
});

test('a response that no longer matches its hash is not shown, and that is logged', async () => {
  const reader = await openReader({ persons, questions: [aQuestion({})] });
  const { store } = reader.bot;
  const question = store.question.bind(store);
  store.question = async (ref) => {
    const found = await question(ref);
    return (
      found && { ...found, responses: found.responses.map((one) => ({ ...one, text: one.text.replace('spring', 'autumn') })) }
    );
  };
  const page = await reader.read('/questions/zebra01');
  expect(page).not.toContain('walrus');
  expect(page).toContain('no longer matches');
  expect(reader.logged.some(({ level, event }) => level === 'error' && event.includes('refused'))).toBe(true);
  await reader.close();
});
