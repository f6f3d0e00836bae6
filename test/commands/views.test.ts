import { afterEach, expect, test } from 'vitest';
import type { QuestionFile } from '../../src/content/schema.ts';
import { aQuestionFile, aResponseFile, openTestBot, persons, type TestBot } from '../support/bot.ts';
import { lineOf, runsOf } from '../support/follow.ts';

let bot: TestBot;
afterEach(() => bot.close());

const parts = ['Will the new tariffs hold?', 'Who pays for the deeper ports?'];
const twoParts = (responses: QuestionFile['responses']) =>
  aQuestionFile({ code: 'ports', text: parts.join(' '), parts, responses });
const open = async (responses: QuestionFile['responses']) => {
  bot = await openTestBot({ persons, questions: [twoParts(responses)] });
  return bot.say('/views ports', 110);
};

test('each respondent has a line for each part: an editor’s, else one by rule, else none, and each says which', async () => {
  const text = 'The tariffs will hold because nobody gains from lifting them. Shippers pay for the deeper ports in the end.';
  const shown = await open([
    aResponseFile({ paragraphs: [text], lines: [{ part: 1, quote: 'nobody gains from lifting them' }] }),
    aResponseFile({
      id: 'two',
      respondents: [{ person: 'bo-sorensen' }],
      paragraphs: ['I would rather wait.'],
      doesNotAddress: [2],
    }),
  ]);
  expect(shown).toContain(`Respondent: Ada Quill, Fellow, Lantern Institute
  1: “nobody gains from lifting them” [mapped by the editor]
  2: “Shippers pay for the deeper ports in the end.” [extracted]
Respondent: Bo Sørensen
  1: no matching line found
  2: does not address this [recorded by the editor]`);
});

test('a stance stands before the line, with its confidence and who says so', async () => {
  const { paragraphs: _, ...wordless } = aResponseFile({
    id: 'two',
    availability: 'stance-only',
    respondents: [{ person: 'bo-sorensen' }],
    stances: [{ part: 1, value: 'Yes', confidence: 8, by: 'respondent' }],
  });
  const shown = await open([aResponseFile({ stances: [{ part: 1, value: 'No', by: 'editor' }] }), wordless]);
  expect(shown).toContain(
    '  1: No [as read by the editor] · “The tariffs will hold because nobody gains from lifting them.” [extracted]',
  );
  expect(shown).toContain('Respondent: Bo Sørensen\n  1: Yes, confidence 8 · no words on file');
  expect(shown.replace(/\s+/g, ' ')).toMatch(
    /Agreement on 1: they differ: “No” 1 \(Ada Quill \[as read by the editor\]\); “Yes” 1 \(Bo Sørensen, confidence 8\)/,
  );
  expect(shown).toMatch(/Agreement {2,}on 2: cannot be judged: no stance on file/);
  expect(shown).toContain('1 of 2 known respondents on file');
});

test('a translation is shown where the original is in another language, under the original’s name', async () => {
  const shown = await open([
    aResponseFile({ language: 'es', paragraphs: ['No durarán.'] }),
    aResponseFile({ id: 'two', translationOf: 'one', translatedBy: 'Ivo Lang', paragraphs: ['The new tariffs will not hold.'] }),
  ]);
  expect(shown).toContain('Respondent: Ada Quill, Fellow, Lantern Institute · translated by Ivo Lang into English');
  expect(shown).toContain('1: “The new tariffs will not hold.” [extracted]');
  expect(shown).not.toContain('durarán');
});

test('other matching questions are offered as views', async () => {
  const questions = ['2026-05-01', '2026-05-02'].map((date) => aQuestionFile({ id: `digest/${date}/q`, date }));
  bot = await openTestBot({ persons, questions });
  const others = runsOf(await bot.message('/views trade')).filter(({ label }) => label === 'Views');
  expect(others.map(lineOf)).toEqual([expect.stringMatching(/^\/views \w+$/)]);
});

test('with rights to a link alone there is the link and no line', async () => {
  bot = await openTestBot({ persons, questions: [aQuestionFile({ rights: 'link' })] });
  const shown = await bot.say('/views trade');
  expect(shown).toContain('The rights on file allow only a link to this question.');
  expect(shown).toContain('https://example.org/tariffs');
  expect(shown).not.toContain('gains');
});
