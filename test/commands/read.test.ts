import { afterEach, expect, test } from 'vitest';
import { aQuestionFile, aResponseFile, openTestBot, persons, type TestBot } from '../support/bot.ts';
import { exampleOf, pages, reply, runsOf } from '../support/follow.ts';

let bot: TestBot;
afterEach(() => bot.close());

test('a long response is cut at sentence ends, visibly, and the next pages have the rest to the last word', async () => {
  const words = Array.from({ length: 400 }, (_, n) => `Sentence ${n} says that the tariffs hold.`).join(' ');
  bot = await openTestBot({
    persons,
    questions: [aQuestionFile({ code: 'long', responses: [aResponseFile({ paragraphs: [words] })] })],
  });
  const shown = await pages(bot, '/read long');
  expect(shown.length).toBeGreaterThan(5);
  const said = shown.map(({ blocks }) => blocks.flatMap((block) => (block.type === 'text' && !block.label ? [block] : [])));
  const paragraphs = said.map((blocks) =>
    blocks
      .slice(1)
      .map(({ spans }) => spans[0]?.text ?? '')
      .join(' '),
  );
  for (const paragraph of paragraphs) expect(paragraph).toMatch(/hold\.$/);
  expect(paragraphs.join(' ')).toBe(words);
  expect(await bot.say('/read long')).toContain('[…] continues on the next page');
  expect(await bot.say('/read long page:2')).toContain('Ada Quill, Fellow, Lantern Institute (continued)');
  expect(await bot.say(`/read long page:${shown.length}`)).not.toContain('[…]');
});

test('by: gives one respondent alone, in any spelling; a name that is not there gives those with words', async () => {
  const responses = [
    aResponseFile(),
    aResponseFile({ id: 'two', respondents: [{ person: 'bo-sorensen' }], paragraphs: ['They will not.'] }),
  ];
  bot = await openTestBot({ persons, questions: [aQuestionFile({ code: 'tariffs', responses })] });
  for (const by of ['sorensen', '"Bo Sørensen"', 'bo-sorensen']) {
    const shown = await bot.say(`/read tariffs by:${by}`);
    expect(shown).toContain('They will not.');
    expect(shown).not.toContain('gains');
  }
  for (const by of ['nobody', '***']) {
    expect((await reply(bot, `/read tariffs by:${by}`)).outcome).toBe('failed');
    expect(runsOf(await bot.message(`/read tariffs by:${by}`)).map(({ label }) => label)).toEqual(['Ada Quill', 'Bo Sørensen']);
  }
});

test.each([
  [
    'quotes',
    'The rights on file for this question allow quotes, not whole responses. The whole text: https://example.org/tariffs',
  ],
  ['link', 'The rights on file for this question allow a link, no text. The whole text: https://example.org/tariffs'],
] as const)('with rights to %s nothing is read, and the source is named', async (rights, said) => {
  bot = await openTestBot({ persons, questions: [aQuestionFile({ code: 'tariffs', rights })] });
  const shown = await bot.say('/read tariffs', 200);
  expect(shown).toContain(said);
  expect(shown).not.toContain('gains');
  expect((await reply(bot, exampleOf(shown) ?? '')).outcome).toBe('answered');
});

test('a correction, an excerpt and a translation are said beside the words', async () => {
  const responses = [
    aResponseFile({ completeness: 'excerpt', corrections: [{ on: '2026-05-10', what: 'A figure was wrong.' }], language: 'es' }),
    aResponseFile({ id: 'two', translationOf: 'one', translatedBy: 'Ivo Lang', paragraphs: ['They hold.'] }),
  ];
  bot = await openTestBot({ persons, questions: [aQuestionFile({ code: 'tariffs', responses })] });
  const shown = await bot.say('/read tariffs');
  expect(shown).toContain('an excerpt · corrected on May 10, 2026: A figure was wrong.');
  expect(shown).toContain('translated by Ivo Lang into English');
});

test('who has no words on file is named once for each reason', async () => {
  const listed = (id: string, person: string) => ({ id, availability: 'listed' as const, respondents: [{ person }] });
  const people = { ...persons, eva: { name: 'Eva Roth' } };
  const responses = [aResponseFile(), listed('two', 'bo-sorensen'), listed('three', 'eva')];
  bot = await openTestBot({ persons: people, questions: [aQuestionFile({ code: 'tariffs', responses })] });
  expect(await bot.say('/read tariffs')).toContain('Not on file  Bo Sørensen · Eva Roth (named in the source)');
  expect(await bot.say('/read tariffs by:roth')).toContain('No words are on file: Eva Roth (named in the source).');
});

test('other questions that match are offered', async () => {
  const questions = ['2026-05-01', '2026-05-02'].map((date) =>
    aQuestionFile({ id: `digest/${date}/q`, date, headline: `On ${date}` }),
  );
  bot = await openTestBot({ persons, questions });
  const shown = await bot.say('/read trade');
  expect(shown).toContain('On 2026-05-02\n');
  expect(shown).toMatch(/Also +• On 2026-05-01 · May 1, 2026 {2}Read {2}\/read \w+/);
});
