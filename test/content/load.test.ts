import { chmodSync, renameSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { QuestionFile } from '../../src/content/schema.ts';
import { OperatorError } from '../../src/errors.ts';
import { aQuestionFile, aResponseFile, persons, type TestBot } from '../support/bot.ts';
import { aCollection, aContentFolder, asOrdinary } from '../support/folder.ts';

/** A question whose one response says one thing about a word. */
const about = (word: string, changed: Partial<QuestionFile> = {}): QuestionFile =>
  aQuestionFile({
    id: `digest/2026-05-04/${word.toLowerCase()}`,
    headline: `What of ${word}?`,
    text: `What of ${word}?`,
    responses: [aResponseFile({ paragraphs: [`Nobody can say much about ${word} before the summer.`] })],
    ...changed,
  });
const collection = { 'real/collection.yaml': aCollection(), 'real/respondents.yaml': persons };
const jsonLines = (...questions: (QuestionFile | string)[]) =>
  questions.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('');

/** Whether what was said of a word can be quoted. */
const finds = async ({ bot }: TestBot, word: string) => {
  const place = { platform: 'test', workspace: 'w', channel: 'general' };
  const { outcome } = await bot.say(`/quotes "about ${word} before"`, { caller: { id: 'c', name: 'Caller' }, place });
  return outcome === 'answered';
};
const problemsOf = ({ bot }: TestBot) =>
  bot.problems().map(({ file, line, column, field, wrong }) => `${file}:${line}:${column} ${field} ${wrong}`);

test('an unchanged file is not read again, neither while running nor at the next start', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley') });
  const first = await content.open();
  content.tamper('real/a.yaml', 'barley', 'walnut');
  content.tamper('real/respondents.yaml', 'Ada', 'Eda');
  content.tamper('real/collection.yaml', 'Policy', 'Sleepy');
  for (const bot of [first, await content.open()]) {
    await bot.bot.load();
    expect(await finds(bot, 'barley')).toBe(true);
    expect(await bot.say('/brief digest/2026-05-04/barley')).toMatch(/Policy Digest.*Ada Quill/s);
  }
});

test('new questions may come before changed ones of the same day, in a file and in the files before it', async () => {
  const content = aContentFolder({ ...collection, 'real/b.jsonl': jsonLines(about('barley'), about('copper')) });
  const bot = await content.open();
  content.put({
    'real/a.yaml': about('walnut'),
    'real/b.jsonl': jsonLines(about('barley'), about('linen'), about('copper', { headline: 'Copper, again' })),
  });
  await bot.bot.load();
  expect(bot.bot.problems()).toEqual([]);
  for (const word of ['barley', 'copper', 'linen', 'walnut']) expect(await finds(bot, word)).toBe(true);
});

test('a file that was only touched is read and changes nothing', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley') });
  const bot = await content.open();
  content.tamper('real/a.yaml', 'barley', 'walnut');
  utimesSync(content.path('real/a.yaml'), 1, 1);
  await bot.bot.load();
  expect([await finds(bot, 'barley'), await finds(bot, 'walnut')]).toEqual([false, true]);
});

test('changed, renamed and deleted files are followed', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley'), 'real/b.yaml': about('copper') });
  const bot = await content.open();
  content.put({
    'real/a.yaml': about('barley', { responses: [aResponseFile({ paragraphs: ['Speak about linen before noon.'] })] }),
  });
  renameSync(content.path('real/b.yaml'), content.path('real/c.yaml'));
  await bot.bot.load();
  expect([await finds(bot, 'barley'), await finds(bot, 'linen'), await finds(bot, 'copper')]).toEqual([false, true, true]);
  content.put({ 'real/c.yaml': undefined });
  await bot.bot.load();
  expect([await finds(bot, 'linen'), await finds(bot, 'copper')]).toEqual([true, false]);
  expect(bot.bot.problems()).toEqual([]);
});

test.each([
  ['a', 'b'],
  ['b', 'a'],
])('a question may move from %s.jsonl to %s.jsonl, both of them staying', async (from, to) => {
  const other = { a: about('copper'), b: about('walnut') };
  const content = aContentFolder({
    ...collection,
    'real/a.jsonl': jsonLines(other.a, ...(from === 'a' ? [about('barley')] : [])),
    'real/b.jsonl': jsonLines(other.b, ...(from === 'b' ? [about('barley')] : [])),
  });
  const bot = await content.open();
  content.put({
    'real/a.jsonl': jsonLines(other.a, ...(to === 'a' ? [about('barley')] : [])),
    'real/b.jsonl': jsonLines(other.b, ...(to === 'b' ? [about('barley')] : [])),
  });
  await bot.bot.load();
  expect(bot.bot.problems()).toEqual([]);
  for (const word of ['barley', 'copper', 'walnut']) expect(await finds(bot, word), word).toBe(true);
});

test('a renamed file may hold an embargo', async () => {
  const status = { is: 'embargoed' as const, until: '2027-01-01T00:00:00Z' };
  const content = aContentFolder({ ...collection, 'real/b.yaml': about('barley', { status }) });
  const bot = await content.open();
  renameSync(content.path('real/b.yaml'), content.path('real/a.yaml'));
  await bot.bot.load();
  expect(await finds(bot, 'barley')).toBe(false);
  bot.setNow('2027-01-01T00:00:00Z');
  expect(await finds(bot, 'barley')).toBe(true);
});

test('a collection that comes, is renamed, or goes takes its questions with it', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley') });
  const bot = await content.open();
  const wire = aCollection({ publications: [{ id: 'wire', name: 'The Wire', language: 'en', rights: 'whole' }] });
  content.put({ 'wire/collection.yaml': wire, 'wire/a.yaml': about('copper', { id: 'wire/2026-05-04/copper' }) });
  await bot.bot.load();
  expect([await finds(bot, 'barley'), await finds(bot, 'copper')]).toEqual([true, true]);
  renameSync(content.path('real'), content.path('another'));
  await bot.bot.load();
  expect(bot.bot.problems()).toEqual([]);
  expect(await bot.say('/brief digest/2026-05-04/barley')).toMatch(/Policy Digest.*Ada Quill/s);
  content.put({ wire: undefined });
  await bot.bot.load();
  expect([await finds(bot, 'barley'), await finds(bot, 'copper')]).toEqual([true, false]);
  expect((await bot.bot.store.collections()).map(({ questions }) => questions)).toEqual([1]);
  content.put({ 'another/collection.yaml': undefined });
  await bot.bot.load();
  expect(await finds(bot, 'barley')).toBe(false);
});

test('a bad file keeps its last good version and says what is wrong, also after a restart that does not read it', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley'), 'real/b.yaml': about('copper') });
  const bot = await content.open();
  content.put({ 'real/a.yaml': { ...about('walnut'), headlin: 'x' }, 'real/b.yaml': 'id: [' });
  await bot.bot.load();
  const problem = {
    file: 'real/a.yaml',
    line: 21,
    column: 1,
    field: 'headlin',
    wrong: 'is not a known field',
    remedy: 'did you mean “headline”?',
  };
  expect(bot.bot.problems()[0]).toEqual(problem);
  expect(bot.logged.filter(({ level }) => level === 'warn')[0]?.fields).toEqual({ problem });
  for (const word of ['barley', 'copper']) expect(await finds(bot, word), word).toBe(true);
  expect(await bot.say('/briefdesk')).toContain('real/a.yaml:21 headlin is not a known field');
  await bot.close();
  content.tamper('real/a.yaml', 'headlin:', 'kind999:');
  const restarted = await content.open();
  expect(restarted.bot.problems()).toEqual(bot.bot.problems());
  expect(await finds(restarted, 'barley')).toBe(true);
  content.put({ 'real/a.yaml': about('walnut'), 'real/b.yaml': undefined });
  await restarted.bot.load();
  expect(restarted.bot.problems()).toEqual([]);
  expect([await finds(restarted, 'barley'), await finds(restarted, 'copper'), await finds(restarted, 'walnut')]).toEqual([
    false,
    false,
    true,
  ]);
});

test('a problem is logged once, however often the folder is looked at', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley'), 'real/b.yaml': about('barley') });
  const bot = await content.open();
  utimesSync(content.path('real/b.yaml'), 1, 1);
  await bot.bot.load();
  expect(bot.logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test('of two files with one id the second is reported, and takes over when the first goes', async () => {
  const twin = about('barley', { responses: [aResponseFile({ paragraphs: ['Speak about linen before noon.'] })] });
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley'), 'real/b.yaml': twin });
  const bot = await content.open();
  expect(problemsOf(bot)).toEqual(['real/b.yaml:1:5 id is also used in real/a.yaml']);
  expect([await finds(bot, 'barley'), await finds(bot, 'linen')]).toEqual([true, false]);
  content.put({ 'real/a.yaml': undefined });
  await bot.bot.load();
  expect(bot.bot.problems()).toEqual([]);
  expect([await finds(bot, 'barley'), await finds(bot, 'linen')]).toEqual([false, true]);
});

test.each([
  ['shown', {}],
  ['under embargo', { status: { is: 'embargoed' as const, until: '2027-01-01T00:00:00Z' } }],
  ['withheld', { status: { is: 'withheld' as const } }],
])('a code or id that a question %s has already is refused, and free again after it', async (_, changed) => {
  const content = aContentFolder({
    ...collection,
    'real/a.yaml': about('barley', { code: 'same1', ...changed }),
    'real/b.yaml': about('copper', { code: 'same1' }),
    'real/c.yaml': about('barley', { text: 'What of barley, again?' }),
  });
  const bot = await content.open();
  expect(problemsOf(bot)).toEqual([
    'real/b.yaml:21:7 code “same1” is the code of digest/2026-05-04/barley too',
    'real/c.yaml:1:5 id is also used in real/a.yaml',
  ]);
  content.put({ 'real/a.yaml': undefined });
  await bot.bot.load();
  expect(bot.bot.problems()).toEqual([]);
  expect(await bot.say('/brief same1')).toContain('What of copper?');
});

test('a code that two lines of one file share is reported once, and the first line stands', async () => {
  const content = aContentFolder({
    ...collection,
    'real/a.jsonl': jsonLines(
      about('barley', { code: 'same1' }),
      about('copper', { code: 'same1' }),
      about('walnut'),
      about('walnut'),
    ),
  });
  const bot = await content.open();
  expect(problemsOf(bot)).toEqual([
    'real/a.jsonl:2:1 code is used twice in this file',
    'real/a.jsonl:4:1 id is used twice in this file',
  ]);
  expect([await finds(bot, 'barley'), await finds(bot, 'copper'), await finds(bot, 'walnut')]).toEqual([true, false, true]);
});

test('persons and publications may be corrected without a change of the questions', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley') });
  const bot = await content.open();
  content.put({
    'real/respondents.yaml': { ...persons, 'ada-quill': { name: 'Ada Quill-Moss' } },
    'real/collection.yaml': aCollection({
      publications: [{ id: 'digest', name: 'Digest of Policy', language: 'en', rights: 'link' }],
    }),
  });
  await bot.bot.load();
  const shown = await bot.say('/brief digest/2026-05-04/barley');
  expect(shown).toMatch(/Digest of Policy.*Ada Quill-Moss/s);
  expect(shown).not.toContain('Nobody can say much');
  expect(await finds(bot, 'barley')).toBe(false);
});

test('a new person does not make questions that are good be read again', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley') });
  const bot = await content.open();
  content.tamper('real/a.yaml', 'barley', 'walnut');
  content.put({ 'real/respondents.yaml': { ...persons, 'new-comer': { name: 'New Comer' } } });
  await bot.bot.load();
  expect(await finds(bot, 'barley')).toBe(true);
});

test.each([['real/respondents.yaml'], ['real/collection.yaml']])(
  'a broken %s leaves its last good version in use',
  async (file) => {
    const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley') });
    const bot = await content.open();
    content.put({ [file]: 'name: [', 'real/b.yaml': about('copper') });
    await bot.bot.load();
    expect(problemsOf(bot)[0]).toMatch(new RegExp(`^${file}:1:8 `));
    for (const word of ['barley', 'copper']) expect(await finds(bot, word), word).toBe(true);
    expect(await bot.say('/brief digest/2026-05-04/barley')).toMatch(/Policy Digest.*Ada Quill/s);
    await bot.close();
    expect(await finds(await content.open(), 'barley')).toBe(true);
  },
);

test('a person or publication that is taken out stays with the last good version of the questions that name it', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley') });
  const bot = await content.open();
  content.put({
    'real/respondents.yaml': undefined,
    'real/collection.yaml': aCollection({ publications: [{ id: 'wire', name: 'The Wire', language: 'en', rights: 'whole' }] }),
  });
  await bot.bot.load();
  expect(problemsOf(bot)).toEqual([
    'real/a.yaml:1:5 id there is no publication “digest” in this collection',
    expect.stringContaining('responses[0].respondents[0].person there is no person “ada-quill”'),
  ]);
  expect(await bot.say('/brief digest/2026-05-04/barley')).toMatch(/Policy Digest.*Ada Quill/s);
  content.put({ 'real/a.yaml': undefined });
  await bot.bot.load();
  expect(await bot.bot.store.person('ada-quill')).toBeUndefined();
  content.put({ ...collection, 'real/a.yaml': about('barley') });
  await bot.bot.load();
  expect(bot.bot.problems()).toEqual([]);
});

test.each([
  ['a', 'z'],
  ['z', 'a'],
])('a question in collection %s may name a person of collection %s, who may come later or move', async (own, other) => {
  const wire = aCollection({ publications: [{ id: 'wire', name: 'The Wire', language: 'en', rights: 'whole' }] });
  const content = aContentFolder({
    [`${own}/collection.yaml`]: aCollection(),
    [`${own}/a.yaml`]: about('barley'),
    [`${other}/collection.yaml`]: wire,
  });
  const bot = await content.open();
  expect(problemsOf(bot)).toEqual([expect.stringContaining('there is no person “ada-quill”')]);
  content.put({ [`${other}/respondents.yaml`]: persons });
  await bot.bot.load();
  expect(bot.bot.problems()).toEqual([]);
  content.put({ [`${other}/respondents.yaml`]: undefined, [`${own}/respondents.yaml`]: persons });
  await bot.bot.load();
  expect(bot.bot.problems()).toEqual([]);
  expect(await bot.say('/brief digest/2026-05-04/barley')).toContain('Ada Quill');
  content.put({ [`${other}/respondents.yaml`]: { 'ada-quill': { name: 'Another Ada' } } });
  await bot.bot.load();
  expect(problemsOf(bot)).toEqual([
    `${other}/respondents.yaml:1:1 ada-quill the person “ada-quill” is already defined in collection “${own}”`,
  ]);
  content.put({ [`${own}/respondents.yaml`]: undefined });
  await bot.bot.load();
  expect(bot.bot.problems()).toEqual([]);
  expect(await bot.say('/brief digest/2026-05-04/barley')).toContain('Another Ada');
  content.put({ [`${other}/respondents.yaml`]: undefined });
  await bot.bot.load();
  expect(problemsOf(bot)).toEqual([expect.stringContaining('there is no person “ada-quill”')]);
  expect(await bot.say('/brief digest/2026-05-04/barley')).toContain('Another Ada');
});

test('good lines stand beside bad ones, and a bad line keeps its last good version', async () => {
  const bad = { ...about('copper'), topics: [] };
  const content = aContentFolder({ ...collection, 'real/a.jsonl': jsonLines(about('barley'), about('copper'), about('linen')) });
  const bot = await content.open();
  content.put({ 'real/a.jsonl': jsonLines(about('barley'), JSON.stringify(bad), '', '{"id": oops}', about('walnut')) });
  await bot.bot.load();
  expect(problemsOf(bot)).toEqual(['real/a.jsonl:2:1 topics has too few', 'real/a.jsonl:4:1 (line) is not valid JSON']);
  // A line that cannot be read at all may be the linen line: it stays until that is known.
  for (const word of ['barley', 'copper', 'linen', 'walnut']) expect(await finds(bot, word), word).toBe(true);
  content.put({ 'real/a.jsonl': jsonLines(about('barley'), JSON.stringify(bad)) });
  await bot.bot.load();
  const found = await Promise.all(['barley', 'copper', 'linen', 'walnut'].map((word) => finds(bot, word)));
  expect(found).toEqual([true, true, false, false]);
});

test('JSON Lines may begin with a byte order mark, end lines as Windows does, lack the last end, and hold U+2028', async () => {
  const separated = about('copper', { introduction: 'one\u2028two' });
  const lines = `\ufeff${jsonLines(about('barley'), separated).replaceAll('\n', '\r\n')}${JSON.stringify(about('linen'))}`;
  const content = aContentFolder({ ...collection, 'real/a.jsonl': lines });
  const bot = await content.open();
  expect(bot.bot.problems()).toEqual([]);
  for (const word of ['barley', 'copper', 'linen']) expect(await finds(bot, word), word).toBe(true);
});

test('a line with bytes that are not UTF-8, or far too long, is reported, and the others are read', async () => {
  const latin = Buffer.from(jsonLines(about('copper', { title: 'Se\u00f1or' })), 'latin1');
  const long = `{"id":"${'x'.repeat(5_000_001)}"}\n`;
  const lines = Buffer.concat([latin, Buffer.from(long), Buffer.from(jsonLines(about('barley')))]);
  const content = aContentFolder({ ...collection, 'real/a.jsonl': lines });
  const bot = await content.open();
  expect(problemsOf(bot)).toEqual([
    'real/a.jsonl:1:1 (line) holds bytes that are not UTF-8',
    'real/a.jsonl:2:1 (line) is larger than 5000000 bytes',
  ]);
  expect(await finds(bot, 'barley')).toBe(true);
});

test('the sample goes and comes with its setting', async () => {
  const made = {
    'made/collection.yaml': aCollection({ sample: true }),
    'made/respondents.yaml': persons,
    'made/a.yaml': about('barley'),
  };
  const content = aContentFolder(made);
  const has = async (sample: boolean) => {
    const bot = await content.open({ sample });
    const found = [
      await finds(bot, 'barley'),
      (await bot.bot.store.collections()).length,
      (await bot.bot.store.names('topic', true)).length,
    ];
    expect(bot.bot.problems()).toEqual([]);
    await bot.close();
    return found;
  };
  expect(await has(true)).toEqual([true, 1, 1]);
  expect(await has(false)).toEqual([false, 0, 0]);
  expect(await has(true)).toEqual([true, 1, 1]);
});

test('a content folder that is missing is the operator’s to put right, and nothing is lost', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley') });
  const bot = await content.open();
  renameSync(content.folder, `${content.folder}-away`);
  await expect(bot.bot.load()).rejects.toThrow(OperatorError);
  expect(await finds(bot, 'barley')).toBe(true);
  await bot.close();
  await expect(content.open()).rejects.toThrow(/cannot be read: set BRIEFDESK_DATA/);
  renameSync(`${content.folder}-away`, content.folder);
  content.tamper('real/a.yaml', 'barley', 'walnut');
  expect(await finds(await content.open(), 'barley')).toBe(true);
});

test('a collection whose files cannot be reached is no reason to forget it', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley') });
  const bot = await content.open();
  chmodSync(content.path('real'), 0o444);
  await expect(asOrdinary(() => bot.bot.load())).rejects.toThrow(OperatorError);
  chmodSync(content.path('real'), 0o755);
  expect(await finds(bot, 'barley')).toBe(true);
});

test.each([['a.yaml'], ['b.jsonl'], ['collection.yaml'], ['respondents.yaml']])(
  'a %s without permission is reported, keeps its last good version, and is read once it may be',
  async (name) => {
    const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley'), 'real/b.jsonl': jsonLines(about('copper')) });
    const bot = await content.open();
    const file = `real/${name}`;
    utimesSync(content.path(file), 1, 1);
    chmodSync(content.path(file), 0);
    await asOrdinary(() => bot.bot.load());
    expect(problemsOf(bot)).toEqual([expect.stringMatching(new RegExp(`^${file}:1:1 \\(file\\) cannot be read: EACCES`))]);
    for (const word of ['barley', 'copper']) expect(await finds(bot, word), word).toBe(true);
    chmodSync(content.path(file), 0o644);
    await bot.bot.load();
    expect(bot.bot.problems()).toEqual([]);
  },
);

test('a content folder that may only be read is enough', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley') });
  const before = statSync(content.path('real')).mtimeMs;
  for (const path of [content.folder, content.path('real')]) chmodSync(path, 0o555);
  const bot = await content.open({ database: ':memory:' });
  await asOrdinary(() => bot.bot.load());
  expect(await finds(bot, 'barley')).toBe(true);
  expect(statSync(content.path('real')).mtimeMs).toBe(before);
  for (const path of [content.folder, content.path('real')]) chmodSync(path, 0o755);
});

test('YAML that is not UTF-8, a bomb of aliases, or huge is reported and harms nothing', async () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g']
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[index]}`).join(', ')}]`)
    .join('\n')}\n`;
  const content = aContentFolder({
    ...collection,
    'real/a.yaml': Buffer.from('id: caf\u00e9', 'latin1'),
    'real/b.yaml': bomb,
    'real/c.yaml': `id: ${'x'.repeat(6_000_000)}`,
    'real/d.yaml': `a: ${'['.repeat(100_000)}`,
    'real/e.yaml': about('barley'),
  });
  const bot = await content.open();
  expect(problemsOf(bot).slice(0, 3)).toEqual([
    'real/a.yaml:1:1 (file) is not UTF-8 text',
    expect.stringMatching(/^real\/b\.yaml:1:1 \(file\) cannot be expanded/),
    'real/c.yaml:1:1 (file) is larger than 5000000 bytes',
  ]);
  expect(problemsOf(bot)[3]).toBe('real/d.yaml:1:1 (file) nests too deeply');
  expect(problemsOf(bot)).toHaveLength(4);
  expect(await finds(bot, 'barley')).toBe(true);
});

test('links are followed; a link to nothing is passed over', async () => {
  const content = aContentFolder({ ...collection });
  const elsewhere = aContentFolder({ 'wire/a.yaml': about('barley'), ...collection });
  symlinkSync(elsewhere.path('wire/a.yaml'), content.path('real/a.yaml'));
  symlinkSync('nowhere', content.path('real/b.yaml'));
  symlinkSync('nowhere', content.path('nothing'));
  symlinkSync('itself', content.path('itself'));
  const bot = await content.open();
  expect(bot.bot.problems()).toEqual([]);
  expect(await finds(bot, 'barley')).toBe(true);
});

test('an index that another version made is written anew, from unchanged files and last good versions', async () => {
  const content = aContentFolder({ ...collection, 'real/a.yaml': about('barley'), 'real/b.yaml': about('copper') });
  const bot = await content.open();
  content.put({ 'real/b.yaml': 'title: [' });
  await bot.bot.load();
  await bot.close();
  const database = new Sqlite(content.database);
  database.exec(
    `insert into sentence_words (sentence_words) values ('delete-all'); delete from question_words; update meta set value = '0' where key = 'index-version'`,
  );
  database.close();
  const next = await content.open();
  for (const word of ['barley', 'copper']) expect(await finds(next, word), word).toBe(true);
});

test('a running bot follows the folder by itself', async () => {
  const content = aContentFolder({ ...collection });
  const bot = await content.open();
  bot.bot.watch();
  content.put({ 'real/a.yaml': about('barley') });
  await expect.poll(() => finds(bot, 'barley'), { timeout: 10_000, interval: 200 }).toBe(true);
}, 15_000);
