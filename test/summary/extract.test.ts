import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Response } from '../../src/content/question.ts';
import { lineForPart, mainSentence } from '../../src/summary/extract.ts';
import { aQuestion, aResponse } from '../support/builders.ts';

const patience =
  'This, paired with the Lima Group’s continued reluctance to follow the United States in implementing sanctions and its outright condemnation of a ‘military option,’ is a sign that Latin America’s patience for U.S.-Venezuela policy is thinning.';
const reminder =
  'Secretary Pompeo’s trip served as a reminder of the failure of the Trump administration’s strategy on Venezuela, and there are signs of cracks in regional support for U.S. policy.';
const onPompeo = aResponse({
  id: 'author',
  availability: 'unnamed',
  label: 'Author of the post',
  respondents: [],
  text: [
    `${reminder} Privately, Latin American diplomats are growing annoyed by their U.S. counterparts consistently turning the conversation to Venezuela—even in meetings that begin on unrelated topics. The Chilean government’s subtle shift in recent days has been a clear sign of this dynamic.`,
    'While Chilean President Sebastián Piñera remains an active participant in the Lima Group, he has recently embraced the International Contact Group (ICG). The ICG, which Washington does not view particularly favorably, has an explicit mandate to pursue separate negotiations with both Maduro and the opposition in pursuit of free and fair elections. After sending a representative to the ICG’s March 28 meeting in Quito, Piñera has called for ‘greater unity’ with the ICG mission.',
    `${patience} More urgent, for Latin American governments, is addressing the needs of the 3.7 million Venezuelans who have fled their country. However, after rolling out new promises of regional aid for displaced Venezuelans on a near-monthly basis in 2018, the Trump administration has grown noticeably silent on the issue. If the White House wants to continue to enjoy the support of Latin American governments, it will have to show renewed commitment to funding the regional response to this exodus.`,
  ].join('\n\n'),
  lines: [{ part: 2, quote: patience }],
});
const pompeo = aQuestion({
  text: 'What did Pompeo accomplish on the trip? Is Washington’s push to end Venezuelan President Nicolás Maduro’s rule working? Should the Trump administration be doing more to help Venezuelan migrants who have sought refuge in the United States?',
  parts: [
    'What did Pompeo accomplish on the trip?',
    'Is Washington’s push to end Venezuelan President Nicolás Maduro’s rule working?',
    'Should the Trump administration be doing more to help Venezuelan migrants who have sought refuge in the United States?',
  ],
  responses: [onPompeo],
});

const said = (response: Response, span: { start: number; end: number } | undefined) =>
  span && response.text.slice(span.start, span.end);
const mainOf = (text: string, language = 'en') => {
  const response = aResponse({ text, language });
  return said(response, mainSentence(response));
};

test('the Pompeo trip: a line by rule, a line by the editor, and no line where none fits', () => {
  const [first, second, third] = [1, 2, 3].map((part) => lineForPart(pompeo, onPompeo, part));
  expect(typeof first === 'object' && [first.by, said(onPompeo, first.span)]).toEqual(['rule', reminder]);
  expect(typeof second === 'object' && [second.by, said(onPompeo, second.span)]).toEqual(['editor', patience]);
  expect(third).toBeUndefined();
});

test('a respondent is said not to address a part only where an editor recorded it', () => {
  expect(lineForPart(pompeo, { ...onPompeo, doesNotAddress: [3] }, 3)).toBe('not-addressed');
  expect(lineForPart(pompeo, { ...onPompeo, doesNotAddress: [2] }, 3)).toBeUndefined();
});

test('an editor’s line whose words are gone is not shown', () => {
  const response = aResponse({ lines: [{ part: 1, quote: 'words that were corrected away' }] });
  expect(lineForPart(aQuestion({ parts: ['Anything else?'] }), response, 1)).toBeUndefined();
});

test('the sentence that shares most with the part is the line, the earlier of two equals', () => {
  const question = aQuestion({ text: 'Will copper exports to Asia recover?', parts: ['Will copper exports to Asia recover?'] });
  const response = aResponse({
    text: 'Copper prices rose. Copper exports rose too. Exports to Asia recovered with copper. Copper exports in Asia will recover.',
  });
  const line = lineForPart(question, response, 1);
  expect(typeof line === 'object' && said(response, line.span)).toBe('Exports to Asia recovered with copper.');
});

test('one shared word is no line', () => {
  const question = aQuestion({ parts: ['Will copper recover?'] });
  expect(lineForPart(question, aResponse({ text: 'Copper is a metal.' }), 1)).toBeUndefined();
});

test('words that two parts share speak for neither', () => {
  const question = aQuestion({ parts: ['Will copper exports recover in Chile?', 'Will copper exports fall in Peru?'] });
  expect(lineForPart(question, aResponse({ text: 'Copper exports matter a great deal.' }), 1)).toBeUndefined();
});

test('a response in another language than the question has no line by rule', () => {
  const question = aQuestion({ parts: ['Will Mercosur join the G20?'] });
  const text = 'Mercosur has no seat in the G20.';
  expect(lineForPart(question, aResponse({ text, language: 'en-GB' }), 1)).toBeDefined();
  expect(lineForPart(question, aResponse({ text, language: 'es' }), 1)).toBeUndefined();
});

test('the main sentence is the one that shares most with the rest', () => {
  expect(said(onPompeo, mainSentence(onPompeo))).toBe(reminder);
  expect(
    mainOf(
      'My grandmother kept bees for many years. Sanctions on oil exports hurt the oil sector more than the government. Oil exports fell under sanctions. The government sold gold.',
    ),
  ).toBe('Sanctions on oil exports hurt the oil sector more than the government.');
});

test.each([
  ['en', 'However, the sanctions on oil hurt oil workers most. The sanctions on oil had costs for everyone. Oil sanctions last.'],
  ['en', 'Do the sanctions on oil hurt oil workers most? The sanctions on oil had costs for everyone. Oil sanctions last.'],
  [
    'en',
    'Oil sanctions hurt oil. The sanctions on oil had costs for everyone. It’s the oil sanctions on oil workers that hurt oil workers.',
  ],
  [
    'en',
    'The sanctions on oil had costs for everyone. Oil sanctions last. The oil sanctions on oil workers hurt oil workers and oil […]',
  ],
])('a fragment, a question or a sentence that leans on another is passed over (%s: %s)', (language, text) => {
  expect(mainOf(text, language)).toBe('The sanctions on oil had costs for everyone.');
});

test('openings that lean on another sentence are known in Spanish and Portuguese', () => {
  expect(
    mainOf('Sin embargo, el petróleo y las sanciones al petróleo pesan. Las sanciones pesan sobre la población.', 'es-CL'),
  ).toBe('Las sanciones pesan sobre la población.');
  expect(mainOf('No entanto, o petróleo e as sanções ao petróleo pesam. As sanções pesam sobre a população.', 'pt-BR')).toBe(
    'As sanções pesam sobre a população.',
  );
  expect(mainOf('El petróleo y las sanciones al petróleo pesan. Las sanciones pesan sobre la población.', 'es')).toBe(
    'El petróleo y las sanciones al petróleo pesan.',
  );
});

test('where there is no better one, a short sentence is the main one; where there are no words, none is', () => {
  expect(mainOf('However, no.')).toBe('However, no.');
  expect(mainOf('…')).toBeUndefined();
  expect(mainOf('')).toBeUndefined();
});

test('whatever the text, what is chosen is an exact piece of it', () => {
  const words = fc.constantFrom(
    'The',
    'copper',
    'exports',
    'Dr. Paz',
    'U.S.',
    '“yes,”',
    'recover.',
    'Why?',
    '🙂',
    '\n\n',
    '…',
    'However,',
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 60 }), (pieces) => {
      const response = aResponse({ text: pieces.join(' ').trim() });
      const line = lineForPart(aQuestion({ parts: ['Will copper exports recover?'] }), response, 1);
      for (const span of [mainSentence(response), typeof line === 'object' ? line.span : undefined]) {
        if (!span) continue;
        expect(span.start).toBeLessThan(span.end);
        const exact = said(response, span) ?? '';
        expect(exact.trim()).toBe(exact);
        expect(exact).not.toContain('\n\n');
      }
    }),
  );
});
