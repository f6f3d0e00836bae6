import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { QuestionFile } from '../../src/content/schema.ts';
import { aCollection, aContentFolder, type ContentFolder } from '../support/folder.ts';

const question = (n: number, changed: Partial<QuestionFile> = {}): QuestionFile => ({
  id: `digest/2024-04-18/question-${n}`,
  date: '2024-04-18',
  text: `Has port number ${n} been dredged?`,
  topics: ['Ports'],
  language: 'en',
  responses: [
    { id: 'ana', availability: 'text', respondents: [{ person: 'ana-duarte' }], paragraphs: [`Port ${n} is deep enough.`] },
  ],
  ...changed,
});
const lines = (...all: unknown[]) => all.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('');

async function setUp(): Promise<{
  files: ContentFolder;
  bot: Awaited<ReturnType<ContentFolder['open']>>['bot'];
  outside: (name: string, text: string) => string;
}> {
  const files = aContentFolder({
    'real/collection.yaml': aCollection(),
    'real/respondents.yaml': { 'ana-duarte': { name: 'Ana Duarte' } },
  });
  const { bot } = await files.open();
  const outside = (name: string, text: string) => {
    const path = join(dirname(files.folder), name);
    writeFileSync(path, text);
    return path;
  };
  return { files, bot, outside };
}

test('JSON Lines become one file of the collection, and each question can be asked for', async () => {
  const { files, bot, outside } = await setUp();
  const path = outside('ports.jsonl', lines(question(1), question(2), '', question(3)));
  expect(await bot.takeQuestions(path, { write: true })).toEqual({
    stored: 3,
    known: 0,
    gained: { reposted: 0, extended: 0, corrected: 0 },
    problems: [],
    files: ['real/ports.jsonl'],
  });
  await bot.load();
  expect(bot.problems()).toEqual([]);
  expect((await bot.store.question('digest/2024-04-18/question-3'))?.text).toBe('Has port number 3 been dredged?');
  expect(readdirSync(files.path('real')).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a bad line is named with what is wrong, and the others are stored', async () => {
  const { bot, outside } = await setUp();
  const stranger = question(4, { responses: [{ id: 'x', availability: 'listed', respondents: [{ person: 'nobody' }] }] });
  const path = outside(
    'ports.jsonl',
    lines(question(1), '{ "id": ', stranger, question(1), { ...question(5), language: undefined }, question(6)),
  );
  const { stored, problems } = await bot.takeQuestions(path, { write: true });
  expect(stored).toBe(2);
  expect(problems.map(({ line, wrong }) => `${line} ${wrong}`)).toEqual([
    '2 is not valid JSON',
    '3 there is no person “nobody”',
    '4 is used twice',
    '5 is missing',
  ]);
});

const says = (n: number, words: string): Partial<QuestionFile> => ({
  responses: [{ ...question(n).responses[0]!, paragraphs: [words] }],
});

test('words that changed become dated corrections, and what else differs is an editor’s to change', async () => {
  const { files, bot, outside } = await setUp();
  await bot.takeQuestions(outside('ports.jsonl', lines(question(1), question(2), question(3), question(4))), { write: true });
  await bot.load();
  const deeper = question(2, { ...says(2, 'Port 2 is too deep.'), topics: ['Rivers'] });
  const copy = question(9, { text: 'Has port number 1 been dredged', source: { url: 'https://digest.example/again' } });
  const renamed = question(3, { headline: 'A port' });
  const more = question(4);
  more.responses.push({ id: 'unsigned', availability: 'unnamed', label: 'An engineer', paragraphs: ['Not by much.'] });
  const path = outside('more.jsonl', lines(question(1), deeper, copy, renamed, more, question(5)));
  const before = readFileSync(files.path('real/ports.jsonl'), 'utf8');
  const tried = await bot.takeQuestions(path, { write: false });
  expect(readFileSync(files.path('real/ports.jsonl'), 'utf8')).toBe(before);
  const again = await bot.takeQuestions(path, { write: true });
  expect({ ...tried, files: again.files }).toEqual(again);
  expect(again).toMatchObject({
    stored: 1,
    known: 1,
    gained: { corrected: 1, extended: 1, reposted: 0 },
    files: ['real/more.jsonl'],
  });
  expect(again.problems.map(({ line, field, wrong }) => `${line} ${field} ${wrong}`)).toEqual([
    '2 topics differs from real/ports.jsonl',
    '3 text is the same question as digest/2024-04-18/question-1, with other words',
    '4 headline differs from real/ports.jsonl',
  ]);
  await bot.load();
  expect(bot.problems()).toEqual([]);
  const corrected = await bot.store.question('digest/2024-04-18/question-2');
  expect(corrected?.topics).toEqual(['Ports']);
  expect(corrected?.responses[0]).toMatchObject({
    text: 'Port 2 is too deep.',
    corrections: [{ on: '2026-11-25', was: 'Port 2 is deep enough.', now: 'Port 2 is too deep.' }],
  });
  expect((await bot.store.question('digest/2024-04-18/question-4'))?.responses.map(({ text }) => text)).toEqual([
    'Port 4 is deep enough.',
    'Not by much.',
  ]);
  const third = await bot.takeQuestions(path, { write: true });
  expect(third).toMatchObject({ stored: 0, known: 3, gained: { corrected: 0, extended: 0 } });
});

test('the same question under another id adds its address, also to a YAML file', async () => {
  const { files, bot, outside } = await setUp();
  files.put({ 'real/a.yaml': question(1, { source: { url: 'https://digest.example/1' } }) });
  await bot.load();
  const copy = question(9, {
    text: 'Has port number 1 been dredged',
    source: { url: 'https://digest.example/again' },
    ...says(1, 'Port 1 is deep enough.'),
  });
  expect(await bot.takeQuestions(outside('copy.jsonl', lines(copy)), { write: true })).toMatchObject({
    stored: 0,
    gained: { reposted: 1 },
    files: [],
  });
  expect(readFileSync(files.path('real/a.yaml'), 'utf8')).toContain('https://digest.example/again');
  const other = { ...copy, source: { url: 'https://other.example/' }, ...says(1, 'Port 1 is not deep.') };
  const refused = await bot.takeQuestions(outside('other.jsonl', lines(other)), { write: true });
  expect(refused.problems.map(({ wrong }) => wrong)).toEqual([
    'is the same question as digest/2024-04-18/question-1, with other words',
  ]);
  expect(readFileSync(files.path('real/a.yaml'), 'utf8')).not.toContain('not deep');
});

test('what may not be shown does not come in as a correction', async () => {
  const { files, bot, outside } = await setUp();
  files.put({ 'real/a.yaml': question(1) });
  await bot.load();
  const before = readFileSync(files.path('real/a.yaml'), 'utf8');
  const secret = says(1, 'The port is to be sold.');
  const embargoed = { is: 'embargoed' as const, until: '2030-01-01T00:00:00Z' };
  const [response] = secret.responses ?? [];
  for (const hidden of [
    question(1, { ...secret, status: embargoed }),
    question(1, { ...secret, status: { is: 'withheld' } }),
    question(1, { responses: [{ ...response!, status: embargoed }] }),
    question(9, { ...secret, text: question(1).text, status: embargoed }),
  ]) {
    const made = await bot.takeQuestions(outside('hidden.jsonl', lines(hidden)), { write: true });
    expect(made).toMatchObject({ stored: 0, gained: { corrected: 0, extended: 0, reposted: 0 } });
    expect(made.problems.map(({ field, wrong }) => `${field} ${wrong}`)).toEqual([
      'status is not “usable”, and digest/2024-04-18/question-1 is on file',
    ]);
  }
  const more = question(1, { responses: [...question(1).responses, { ...response!, id: 'more', status: { is: 'withheld' } }] });
  expect(await bot.takeQuestions(outside('more.jsonl', lines(more)), { write: true })).toMatchObject({ stored: 0, known: 1 });
  expect(readFileSync(files.path('real/a.yaml'), 'utf8')).toBe(before);
});

test('what an editor withheld does not come back under another id', async () => {
  const { files, bot, outside } = await setUp();
  files.put({ 'real/a.yaml': question(1, { status: { is: 'withheld' } }) });
  await bot.load();
  const copy = question(9, { text: question(1).text, ...says(1, 'Port 1 is shallow.') });
  const made = await bot.takeQuestions(outside('copy.jsonl', lines(copy)), { write: true });
  expect(made).toMatchObject({ stored: 0, files: [] });
  expect(made.problems.map(({ wrong }) => wrong)).toEqual([
    'is the same question as digest/2024-04-18/question-1, with other words',
  ]);
});

test('responses of one person keep their own words, whatever their order', async () => {
  const { files, bot, outside } = await setUp();
  const [own] = question(1).responses;
  const two = ['First.', 'Second.'].map((words, n) => ({ ...own!, id: `r${n}`, paragraphs: [words] }));
  files.put({ 'real/a.yaml': question(1, { responses: two }) });
  await bot.load();
  const swapped = question(1, { responses: two.toReversed() });
  expect(await bot.takeQuestions(outside('again.jsonl', lines(swapped)), { write: true })).toMatchObject({
    known: 1,
    problems: [],
  });
  const changed = question(1, { responses: [{ ...two[1]!, paragraphs: ['Second, again.'] }, two[0]!] });
  await bot.takeQuestions(outside('again.jsonl', lines(changed)), { write: true });
  await bot.load();
  const onFile = await bot.store.question('digest/2024-04-18/question-1');
  expect(onFile?.responses.map(({ text }) => text)).toEqual(['First.', 'Second, again.']);
});

test('a file on file may begin with a byte order mark, hold a question twice, or be gone', async () => {
  const { files, bot, outside } = await setUp();
  const [ana] = question(1).responses;
  const unnamed = { id: 'unsigned', availability: 'unnamed' as const, label: 'An engineer', paragraphs: ['Not by much.'] };
  const both = question(1, { responses: [ana!, unnamed] });
  files.put({ 'real/a.jsonl': `\uFEFF${lines(both, question(1, { responses: [unnamed] }))}` });
  await bot.load();
  const changed = question(1, { responses: [{ ...unnamed, paragraphs: ['Not at all.'] }] });
  const made = await bot.takeQuestions(outside('again.jsonl', lines(changed)), { write: true });
  expect(made).toMatchObject({ gained: { corrected: 1 }, problems: [] });
  const [first = ''] = readFileSync(files.path('real/a.jsonl'), 'utf8').split('\n');
  const { responses } = JSON.parse(first);
  expect(responses.map(({ paragraphs }: { paragraphs: string[] }) => paragraphs[0])).toEqual([
    'Port 1 is deep enough.',
    'Not at all.',
  ]);
  files.put({ 'real/a.jsonl': undefined });
  const gone = await bot.takeQuestions(outside('gone.jsonl', lines(question(1, says(1, 'No.')), question(2))), { write: true });
  expect(gone).toMatchObject({ stored: 1, problems: [{ wrong: 'is on file in real/a.jsonl, which cannot be read' }] });
});

test('without writing everything is checked and nothing is left behind', async () => {
  const { files, bot, outside } = await setUp();
  expect(await bot.takeQuestions(outside('ports.jsonl', lines(question(1))), { write: false })).toMatchObject({
    stored: 1,
    files: [],
  });
  expect(readdirSync(files.path('real')).sort()).toEqual(['collection.yaml', 'respondents.yaml']);
});

test('a YAML file stays a file of its own, a JSON list becomes lines', async () => {
  const { files, bot, outside } = await setUp();
  const yaml = outside('one.yaml', JSON.stringify(question(1)));
  expect(await bot.takeQuestions(yaml, { write: true })).toMatchObject({ files: ['real/2024-04-18-question-1.yaml'] });
  const json = outside('two.json', JSON.stringify([question(2), question(3)]));
  expect(await bot.takeQuestions(json, { write: true })).toMatchObject({ stored: 2, files: ['real/two.jsonl'] });
  await bot.load();
  expect(bot.problems()).toEqual([]);
  expect(existsSync(files.path('real/two.jsonl'))).toBe(true);
});

test('a second file of the same name does not overwrite the first', async () => {
  const { files, bot, outside } = await setUp();
  await bot.takeQuestions(outside('ports.jsonl', lines(question(1))), { write: true });
  await bot.load();
  expect(await bot.takeQuestions(outside('ports.jsonl', lines(question(2))), { write: true })).toMatchObject({
    files: ['real/ports-2.jsonl'],
  });
  expect(readFileSync(files.path('real/ports.jsonl'), 'utf8')).toContain('question-1');
});
