import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DraftPerson, DraftResponse } from '../../src/content/import/model.ts';
import type { Decided } from '../../src/intake/incoming.ts';
import { recognisedPersons } from '../../src/intake/recognised.ts';
import { aCollection, aContentFolder, type ContentFolder } from '../support/folder.ts';

const DECIDED: Decided = { publication: 'digest', topics: ['Ports'] };
const NAMED = (comment = 'Islands should be exempt, because one ship a week is all they have.') => `Port fees and who pays them
April 18, 2024

Question: Will importers carry the cost of the new port fees? Should small islands be exempt?

Ana Duarte, professor of economics at Example University: “Consumers will carry the cost within a season, as they did before.”

Rui Prado, director at Harbour Institute: “${comment}”
`;

const aDesk = async (files: ContentFolder) => {
  const test = await files.open();
  const take = (text: string, decided = DECIDED, sourceUrl?: string) =>
    test.bot.desk.take(
      { name: 'post.txt', bytes: Buffer.from(text), hints: sourceUrl === undefined ? {} : { sourceUrl } },
      decided,
    );
  return { ...test, desk: test.bot.desk, take };
};
const folder = () => aContentFolder({ 'real/collection.yaml': aCollection() });
const read = (files: ContentFolder, file: string) => readFileSync(files.path(file), 'utf8');

test('a document without a doubt becomes a question file, with its persons and a record of how it was read', async () => {
  const files = folder();
  const { take, bot, say } = await aDesk(files);
  const [taken] = await take(NAMED());
  expect(taken).toMatchObject({ outcome: 'stored', file: expect.stringMatching(/^real\/2024-04-18-/) });
  await bot.load();
  expect(bot.problems()).toEqual([]);
  expect(await say('/quotes by:duarte')).toContain('Consumers will carry the cost within a season');
  expect(read(files, 'real/respondents.yaml')).toContain('rui-prado:');
  const [record] = readdirSync(files.path('real/imported'));
  const kept = JSON.parse(read(files, `real/imported/${record}`));
  const { start, end } = kept.draft.responses[0].paragraphs[0];
  expect(kept.draft.text.slice(start, end)).toContain('Consumers will carry the cost');
  expect(kept.draft.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('the same document again changes nothing', async () => {
  const files = folder();
  const { take, bot } = await aDesk(files);
  await take(NAMED());
  const before = readdirSync(files.path('real'), { recursive: true });
  expect(await take(NAMED())).toMatchObject([{ outcome: 'known' }]);
  await bot.load();
  expect(await take(NAMED())).toMatchObject([{ outcome: 'known' }]);
  expect(readdirSync(files.path('real'), { recursive: true })).toEqual(before);
});

test('what an editor withheld stays so when it comes in again', async () => {
  const files = folder();
  const { take, bot, say } = await aDesk(files);
  const [first] = await take(NAMED());
  const file = first?.outcome === 'stored' ? first.file : '';
  files.put({ [file]: read(files, file).replace('\nlanguage:', '\nstatus: { is: withheld }\nlanguage:') });
  await bot.load();
  expect(await say('/topics')).not.toContain('Ports');
  const later = await files.open();
  const incoming = { name: 'post.txt', bytes: Buffer.from(NAMED('Islands never pay.')), hints: {} };
  expect(await later.bot.desk.take(incoming, DECIDED)).toMatchObject([{ outcome: 'corrected', file }]);
  await later.bot.load();
  expect(later.bot.problems()).toEqual([]);
  expect(await later.say('/topics')).not.toContain('Ports');
});

test('a re-post adds its address, once', async () => {
  const files = folder();
  const { take } = await aDesk(files);
  const [first] = await take(NAMED(), DECIDED, 'https://digest.example/a');
  const file = first?.outcome === 'stored' ? first.file : '';
  expect(await take(NAMED(), DECIDED, 'https://blog.example/b')).toMatchObject([{ outcome: 'reposted', file }]);
  expect(await take(NAMED(), DECIDED, 'https://blog.example/b')).toMatchObject([{ outcome: 'known', file }]);
  expect(read(files, file)).toContain('url: https://blog.example/b');
  expect(read(files, file)).toContain('url: https://digest.example/a');
});

test('a text that its source changed becomes a dated correction that still answers old quotes', async () => {
  const files = folder();
  const { take, bot, say } = await aDesk(files);
  const [first] = await take(NAMED(), DECIDED, 'https://digest.example/a');
  const file = first?.outcome === 'stored' ? first.file : '';
  await bot.load();
  const [changed] = await take(NAMED('Islands should be exempt for five years at most.'), DECIDED, 'https://digest.example/a');
  expect(changed).toMatchObject({ outcome: 'corrected', file });
  await bot.load();
  expect(bot.problems()).toEqual([]);
  expect(await say('/read port-fees by:prado')).toContain('for five years at most');
  expect(read(files, file)).toMatch(/was: Islands should be exempt, because one ship a week/);
});

test('a re-post with other words overwrites nothing: a person decides', async () => {
  const files = folder();
  const { take, desk } = await aDesk(files);
  const [first] = await take(NAMED(), DECIDED, 'https://digest.example/a');
  const file = first?.outcome === 'stored' ? first.file : '';
  const before = read(files, file);
  const [taken] = await take(NAMED('Islands never pay.'), DECIDED, 'https://blog.example/b');
  expect(taken).toMatchObject({
    outcome: 'review',
    reasons: expect.arrayContaining(['https://blog.example/b gives other words for Rui Prado than the source on file']),
  });
  expect(read(files, file)).toBe(before);
  expect(await desk.waiting()).toHaveLength(1);
});

test('a name that is on file already is not taken for the same person without an editor’s word', async () => {
  const files = folder();
  const { take } = await aDesk(files);
  await take(NAMED());
  const later = NAMED().replace('April 18, 2024', 'May 2, 2024').replace('Will importers carry', 'Did importers carry');
  expect(await take(later)).toMatchObject([
    {
      outcome: 'review',
      reasons: [
        'Ana Duarte is a name on file (ana-duarte): is it the same person?',
        'Rui Prado is a name on file (rui-prado): is it the same person?',
      ],
    },
  ]);
  const [taken] = await take(later, { ...DECIDED, same: { 'Ana Duarte': 'ana-duarte', 'Rui Prado': 'new' } });
  expect(taken).toMatchObject({ outcome: 'stored' });
  const stored = read(files, taken?.outcome === 'stored' ? taken.file : '');
  expect(stored).toContain('person: ana-duarte');
  expect(stored).toContain('person: rui-prado-2');
});

const aDraftResponse = (person: Pick<DraftPerson, 'display' | 'affiliation'>): DraftResponse => ({
  availability: 'text',
  respondents: [{ ...person, printed: person.display, at: { start: 0, end: 0 } }],
  paragraphs: [],
});

/** The next letter of the same two respondents. */
const letter = (day: number) =>
  NAMED(`Islands should be exempt in week ${day}.`)
    .replace('April 18, 2024', `May ${day}, 2024`)
    .replace('Will importers carry', `In week ${day}, will importers carry`);
const SAME = { 'Ana Duarte': 'ana-duarte', 'Rui Prado': 'new' };

test('who an editor recognised once is recognised again, where the publication prints them alike', async () => {
  const files = aContentFolder({
    'real/collection.yaml': aCollection({
      publications: [
        { id: 'digest', name: 'Policy Digest', language: 'en', rights: 'whole' },
        { id: 'other', name: 'Other Digest', language: 'en', rights: 'whole' },
      ],
    }),
  });
  const { take, desk, bot } = await aDesk(files);
  await take(NAMED());
  await take(letter(1), { ...DECIDED, same: SAME });
  const [again] = await take(letter(2));
  expect(again).toMatchObject({ outcome: 'stored' });
  const stored = read(files, again?.outcome === 'stored' ? again.file : '');
  expect(stored).toContain('person: ana-duarte');
  expect(stored).toContain('person: rui-prado-2');
  const asked = (name: string, ids: string) => `${name} is a name on file (${ids}): is it the same person?`;
  expect(await take(letter(3).replace('Harbour Institute', 'Rival Institute'))).toMatchObject([
    { outcome: 'review', reasons: [asked('Rui Prado', 'rui-prado, rui-prado-2')] },
  ]);
  expect(await take(letter(4), { ...DECIDED, publication: 'other' })).toMatchObject([
    { outcome: 'review', reasons: [asked('Ana Duarte', 'ana-duarte'), asked('Rui Prado', 'rui-prado, rui-prado-2')] },
  ]);
  const [waiting] = (await desk.waiting()).filter(({ record }) => record.draft.text.includes('Rival Institute'));
  expect(await desk.accept(waiting?.key ?? '', { 'Rui Prado': 'rui-prado' })).toMatchObject({ outcome: 'stored' });
  const [rival] = await take(letter(5).replace('Harbour Institute', 'Rival Institute'));
  expect(read(files, rival?.outcome === 'stored' ? rival.file : '')).toContain('person: rui-prado\n');
  await bot.load();
  expect(bot.problems()).toEqual([]);
});

test('an editor’s later word counts, and a name without a post is asked about every time', async () => {
  const files = folder();
  const { take } = await aDesk(files);
  await take(NAMED());
  await take(letter(1), { ...DECIDED, same: SAME });
  await take(letter(2), { ...DECIDED, same: { 'Rui Prado': 'rui-prado' } });
  const [third] = await take(letter(3));
  expect(read(files, third?.outcome === 'stored' ? third.file : '')).toContain('person: rui-prado\n');
  const lines = read(files, 'real/imported/recognised.jsonl').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).person)).toEqual(['ana-duarte', 'rui-prado-2', 'rui-prado']);
  const printed = (...affiliations: string[]) => ({
    responses: affiliations.map((affiliation) => aDraftResponse({ display: 'Rui Prado', affiliation })),
  });
  const who = { folder: files.folder, collection: 'real', publication: 'digest' };
  expect(await recognisedPersons(printed('Harbour Institute', 'The Harbour  institute'), who)).toEqual({});
  expect(await recognisedPersons(printed('HARBOUR INSTITUTE', 'Harbour Institute'), who)).toEqual({ 'Rui Prado': 'rui-prado' });
  const bare = (day: number) => letter(day).replace(/^(Ana Duarte|Rui Prado),[^:]*:/gm, '$1:');
  for (const day of [4, 5])
    expect(await take(bare(day), day === 4 ? { ...DECIDED, same: SAME } : DECIDED)).toMatchObject([
      { outcome: day === 4 ? 'stored' : 'review' },
    ]);
  files.put({ 'real/imported/recognised.jsonl': 'no\n' });
  await expect(take(letter(6))).rejects.toThrow(/Line 1 of .*recognised\.jsonl cannot be read: correct it, or remove it/);
});

test('what waits for review is shown by no command until it is accepted', async () => {
  const files = folder();
  const { take, desk, bot, say } = await aDesk(files);
  const [taken] = await take(NAMED().replace('April 18, 2024', 'April 18'));
  expect(taken).toMatchObject({ outcome: 'review' });
  const key = taken?.outcome === 'review' ? taken.key : '';
  await bot.load();
  expect(await say('/topics')).not.toContain('Ports');
  expect(await desk.accept(key)).toMatchObject({ outcome: 'problems', problems: [expect.stringContaining('date is missing')] });
  const { text } = await desk.waitingUnder(key);
  await desk.rewrite(key, text.replace('question:\n', 'question:\n  date: 2024?-04-18\n  dateBasis: { year: inferred }\n'));
  expect(await desk.accept(key)).toMatchObject({ outcome: 'stored' });
  await bot.load();
  expect(bot.problems()).toEqual([]);
  expect(await say('/topics')).toContain('Ports');
  expect(await desk.waiting()).toEqual([]);
});

test('a draft that a person edited is not overwritten by the same document', async () => {
  const files = folder();
  const { take, desk } = await aDesk(files);
  const undated = NAMED().replace('April 18, 2024', 'April 18');
  const [taken] = await take(undated);
  const key = taken?.outcome === 'review' ? taken.key : '';
  await desk.rewrite(key, `${(await desk.waitingUnder(key)).text}# mine\n`);
  await take(undated);
  expect((await desk.waitingUnder(key)).text).toContain('# mine');
});

test('what is rejected is gone', async () => {
  const files = folder();
  const { take, desk } = await aDesk(files);
  const [taken] = await take(NAMED().replace('April 18, 2024', 'April 18'));
  const key = taken?.outcome === 'review' ? taken.key : '';
  await desk.reject(key);
  expect(readdirSync(files.path('real/review'))).toEqual([]);
  await expect(desk.reject(key)).rejects.toThrow(`Nothing waits for review under “${key}”.`);
});

test('a draft with a name on file is accepted once an editor has said who it is', async () => {
  const files = folder();
  const { take, desk, bot, say } = await aDesk(files);
  await take(NAMED());
  const later = NAMED().replace('April 18, 2024', 'May 2, 2024').replace('Will importers carry', 'Did importers carry');
  const [taken] = await take(later);
  const key = taken?.outcome === 'review' ? taken.key : '';
  expect(await desk.accept(key)).toMatchObject({
    outcome: 'problems',
    problems: [
      expect.stringContaining('Ana Duarte is a name on file (ana-duarte): put ana-duarte in the place of ana-duarte-2'),
      expect.stringContaining('Rui Prado is a name on file'),
    ],
  });
  expect(await desk.accept(key, { 'Ana Duarte': 'ana-duarte', 'Rui Prado': 'new' })).toMatchObject({ outcome: 'stored' });
  await bot.load();
  expect(bot.problems()).toEqual([]);
  expect(await say('/respondent ana-duarte')).toContain('2 responses');
  expect(read(files, 'real/respondents.yaml')).toMatch(
    /rui-prado-2:\n {2}name: Rui Prado\n(.*\n)*? {2}note: another person of this name/,
  );
});

const HELD = {
  'real/collection.yaml': aCollection(),
  'real/respondents.yaml': { 'ana-duarte': { name: 'Ana Duarte' }, 'rui-prado': { name: 'Rui Prado' } },
};
/** The Q&A of NAMED as an editor has it, with what the test is about. */
const held = (second: string) => `# as the editor wrote it
id: digest/2024-04-18/port-fees
date:   '2024-04-18'
text: Will importers carry the cost of the new port fees? Should small islands be exempt?
topics: [ Ports ]
language: en
responses:
  - id: duarte
    availability: text
    respondents: [{ person: ana-duarte }]
    paragraphs: ['Consumers will carry the cost within a season, as they did before.']
${second}`;

test('words of somebody who was only listed are added to their name', async () => {
  const files = aContentFolder({
    ...HELD,
    'real/port-fees.yaml': held('  - id: prado\n    availability: listed\n    respondents: [{ person: rui-prado }]\n'),
  });
  const { take, bot, say } = await aDesk(files);
  expect(await take(NAMED())).toMatchObject([{ outcome: 'extended', file: 'real/port-fees.yaml' }]);
  await bot.load();
  expect(bot.problems()).toEqual([]);
  expect(await say('/read port-fees by:prado')).toContain('one ship a week is all they have');
  expect(read(files, 'real/port-fees.yaml')).toContain('# as the editor wrote it');
  expect(read(files, 'real/respondents.yaml')).not.toContain('rui-prado-2');
});

test('a respondent of whom nothing is on file is added, once an editor has said who it is', async () => {
  const files = aContentFolder({ ...HELD, 'real/port-fees.yaml': held('') });
  const { take, bot, say } = await aDesk(files);
  expect(await take(NAMED())).toMatchObject([{ outcome: 'review' }]);
  expect(await take(NAMED(), { ...DECIDED, same: { 'Rui Prado': 'rui-prado', 'Ana Duarte': 'ana-duarte' } })).toMatchObject([
    { outcome: 'extended' },
  ]);
  await bot.load();
  expect(await say('/read port-fees by:prado')).toContain('one ship a week is all they have');
});

test('what was retracted stays retracted, whoever prints it again', async () => {
  const retracted = `  - id: prado
    availability: text
    respondents: [{ person: rui-prado }]
    status: { is: retracted, on: '2024-05-01', notice: Taken back by its author. }
`;
  const files = aContentFolder({ ...HELD, 'real/port-fees.yaml': held(retracted) });
  const { take } = await aDesk(files);
  expect(await take(NAMED())).toMatchObject([{ outcome: 'known' }]);
  expect(read(files, 'real/port-fees.yaml')).toBe(held(retracted));
});

test('somebody who declined and has words in a copy is for a person to decide', async () => {
  const files = aContentFolder({
    ...HELD,
    'real/port-fees.yaml': held('  - id: prado\n    availability: declined\n    respondents: [{ person: rui-prado }]\n'),
  });
  const { take } = await aDesk(files);
  expect(await take(NAMED())).toMatchObject([
    { outcome: 'review', reasons: expect.arrayContaining(['Rui Prado has words here, but is on file as “declined”']) },
  ]);
});
