import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aQuestionFile, aResponseFile, persons } from '../../../support/bot.ts';
import { openReader, type Reader } from './reader.ts';

const SEED = '/questions/latin-america-advisor/2019-04-18/pompeo-trip';
let desk: Reader;
beforeAll(async () => {
  desk = await openReader({ data: join(import.meta.dirname, '../../../../data') });
});
afterAll(() => desk.close());

/** What a reader sees, without markup. */
const words = (page: string) =>
  page
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#39;', '’')
    .replace(/\s+/g, ' ');

test('the front shows real content alone and says where the sample is', async () => {
  const page = await desk.read('/archive');
  expect(page).toContain('Pompeo’s four-country trip');
  expect(page).not.toContain('The Meridian Brief');
  expect(page).toContain('href="/archive?sample=on"');
  const sample = await desk.read('/archive?sample=on');
  expect(sample).toContain('Sample: fictional persons and institutions.');
  expect(sample).not.toContain('Latin America Advisor Q&amp;A');
});

test('a question tells what was asked, what was said, by whom, what is missing and where it is from', async () => {
  const page = words(await desk.read(SEED));
  for (const said of [
    'Latin America Advisor Q&amp;A · April 18, [2019] 7 years old',
    'What did Pompeo accomplish on the trip?',
    'Author of the post not named in the source',
    'Privately, Latin American diplomats are growing annoyed',
    '1 of 5 known respondents on file',
    'Cannot be judged: one response on file',
    'Ray Walser',
    'named in the source',
    'supplied by the operator',
    'no matching line found',
  ])
    expect(page).toContain(said);
});

test('a question answers by its short code, and a code in capitals', async () => {
  const whole = await desk.read(SEED);
  expect(await desk.read('/questions/ma7dygg')).toBe(whole);
  expect(await desk.read('/questions/MA7DYGG')).toBe(whole);
});

test('a quote stands in its response, marked, with a citation in every style', async () => {
  const found = /\/quotes\/ma7dygg-[a-z0-9]{5}/.exec(await desk.read('/quotes?q=patience'))?.[0] ?? '';
  const page = await desk.read(found);
  expect(page).toMatch(/<mark id="quote">This, paired with[^<]+is thinning\.<\/mark>/);
  expect(page).toContain('Privately, Latin American diplomats');
  for (const style of ['Chicago', 'APA', 'Memo', 'BibTeX', 'CSL-JSON']) expect(page).toContain(`<summary>${style}</summary>`);
  expect(page).toContain('@misc{ma7dygg-');
  expect(page).not.toMatch(/spokenByCharacter|creator/);
});

test('the words of the search are marked in each quote', async () => {
  expect(await desk.read('/quotes?q=patience')).toContain('patience</mark>');
});

test('a misspelt search offers the nearest words, a misspelt name the nearest name', async () => {
  expect(await desk.read('/quotes?q=patiense')).toContain('Did you mean <a href="/quotes?q=patience">patience</a>');
  const refused = await desk.get('/archive?by=walsr');
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('Ray Walser');
});

test('somebody who is only named has a page, and never a quote', async () => {
  expect(words(await desk.read('/respondents/ray-walser'))).toContain('Named in 1 question, no words on file');
  expect(words(await desk.read('/quotes?by=ray-walser'))).toContain('No quote by Ray Walser');
});

test('respondents and topics list real ones first, the sample apart', async () => {
  for (const [path, real, fictional] of [
    ['/respondents', 'Ray Walser', 'Benita Aguilar'],
    ['/topics', 'Lima Group', 'Panama Canal'],
  ] as const) {
    const page = await desk.read(path);
    const at = page.indexOf('id="sample"');
    expect(page.indexOf(real)).toBeLessThan(at);
    expect(page.indexOf(fictional)).toBeGreaterThan(at);
    expect(page.indexOf(real)).toBeGreaterThan(0);
  }
});

test('a topic shows its responses over time as a chart and as a table', async () => {
  const page = await desk.read('/topics/climate');
  expect(page).toContain('<title id="over-time">Responses over time: climate</title>');
  expect(words(page)).toContain('Feb 2414');
});

test('the matrix says in words who answered which part', async () => {
  const page = await desk.read(SEED);
  expect(page).toContain(
    'Author of the post: part 1, a line extracted by rule; part 2, a line mapped by the editor; part 3, no matching line found.',
  );
});

test('About tells version, collections with counts, sources and how to connect', async () => {
  const page = words(await desk.read('/about'));
  for (const said of [
    'Version 0.',
    '1 question · 5 known responses',
    'Every content file is in order',
    'Connect Slack and Discord',
    'Inter-American Dialogue',
  ])
    expect(page).toContain(said);
});

test('an address that leads nowhere says so', async () => {
  for (const path of [
    '/nothing',
    '/questions/none',
    '/quotes/ma7dygg-zzzzz',
    '/respondents/nobody',
    '/topics/none',
    '/countries/XX',
  ]) {
    const answer = await desk.get(path);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(await answer.text()).toContain('Nothing is here');
  }
});

test('pages run nothing and hold no style or script of their own', async () => {
  for (const path of ['/archive', SEED, '/quotes?q=patience', '/topics/climate', '/respondents/ray-walser', '/about', '/api']) {
    const page = await desk.read(path);
    expect(page.replace(/<script type="application\/ld\+json">/g, '')).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i);
  }
});

test('schema.org data names nobody whom the source does not name, and an inferred date is left out', async () => {
  const page = await desk.read(SEED);
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
  expect(data).toMatchObject({ '@type': 'Question', '@id': `https://archive.example${SEED}`, answerCount: 1 });
  expect(data.suggestedAnswer).toHaveLength(1);
  expect(JSON.stringify(data)).not.toMatch(/Person|Walser|datePublished/);
});

test('an old quote code tells what was corrected and how the words read now', async () => {
  const was = 'The tariffs will fall because everybody gains.';
  const now = 'The tariffs will hold because nobody gains from lifting them.';
  const reader = await openReader({ persons, questions: [aQuestionFile({ responses: [aResponseFile({ paragraphs: [was] })] })] });
  const code = /\/quotes\/[a-z0-9]{7}-[a-z0-9]{5}/.exec(await reader.read('/quotes?q=tariffs'))?.[0] ?? '';
  const corrections = [{ on: '2026-05-09', what: 'A sentence was misprinted.', was, now }];
  await reader.write({
    'real/digest-2026-05-04-tariffs.yaml': aQuestionFile({ responses: [aResponseFile({ paragraphs: [now], corrections })] }),
  });
  const page = words(await reader.read(code));
  expect(page).toContain('Corrected on May 9, 2026. A sentence was misprinted.');
  expect(page).toContain(now);
  expect(page).not.toContain(was);
  await reader.close();
});

test('an empty archive says what to do', async () => {
  const reader = await openReader({ sample: false });
  expect(await reader.read('/archive')).toContain('Nothing is on file yet');
  expect(await reader.read('/topics')).toContain('Nothing is on file yet');
  expect(await reader.read('/respondents')).toContain('Nobody is on file yet');
  await reader.close();
});

test('a question with very many responses spreads them over pages, and none is lost', async () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    aResponseFile({ id: `r-${index}`, paragraphs: [`Voice number ${index} speaks at length.`] }),
  );
  const reader = await openReader({ persons, questions: [aQuestionFile({ responses: many })] });
  const pages = await Promise.all([1, 2, 3].map((page) => reader.read(`/questions/digest/2026-05-04/tariffs?page=${page}`)));
  const shown = pages.map((page) => page.match(/id="response-r-\d+"/g)?.length);
  expect(shown).toEqual([24, 24, 12]);
  expect((await reader.get('/questions/digest/2026-05-04/tariffs?page=4')).status).toBe(400);
  await reader.close();
});
