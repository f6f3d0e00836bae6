import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidateSpans, findQuotes, mayQuote, quoteCode, quoteOf, verify } from '../../src/summary/quotes.ts';
import { aQuestion, aResponse } from '../support/builders.ts';

const words = fc.constantFrom(
  'The',
  'talks',
  'Dr. Paz',
  'U.S.',
  '3.7',
  'million',
  '“yes,”',
  'ended.',
  'Why?',
  'Maduro’s',
  '¿Y',
  '🙂',
  '\n\n',
  '…',
);
const prose = fc.array(words, { minLength: 1, maxLength: 40 }).map((pieces) => pieces.join(' ').trim() || 'Yes.');
const wordsOf = (text: string, spans: { start: number; end: number }[]) => spans.map(({ start, end }) => text.slice(start, end));

test('a code is the question’s code, a hyphen and five letters or digits that cannot be misread', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (id, text) => {
      expect(quoteCode({ code: 'reform1' }, id, text)).toMatch(/^reform1-[0-9a-hjkmnp-tv-z]{5}$/);
    }),
  );
});

test('a code stays the same for as long as the words do', () => {
  expect(quoteCode({ code: 'reform1' }, 'ana-torres', 'Rural schools still wait for teachers.')).toBe('reform1-20hhy');
  expect(quoteCode({ code: 'reform1' }, 'ana-torres', 'Rural schools wait for teachers.')).not.toBe('reform1-20hhy');
});

test('each sentence, runs of two and three, and the editor’s lines can be quoted, never across paragraphs', () => {
  const text = 'One is here. Two is here. Three is here. Four is here.\n\nFive is alone.';
  const response = aResponse({ text, lines: [{ part: 1, quote: 'is alone' }] });
  expect(wordsOf(text, candidateSpans(response))).toEqual([
    'One is here.',
    'One is here. Two is here.',
    'One is here. Two is here. Three is here.',
    'Two is here.',
    'Two is here. Three is here.',
    'Two is here. Three is here. Four is here.',
    'Three is here.',
    'Three is here. Four is here.',
    'Four is here.',
    'Five is alone.',
    'is alone',
  ]);
});

test('every quote that can be shown is found by its code and is an exact piece of the response', () => {
  fc.assert(
    fc.property(prose, (text) => {
      const response = aResponse({ text });
      const question = aQuestion({ responses: [response] });
      for (const span of candidateSpans(response)) {
        const exact = text.slice(span.start, span.end);
        expect(exact.trim()).toBe(exact);
        const quote = quoteOf(question, response, span);
        expect(verify(quote)).toBe(exact);
        expect(findQuotes(question, quote.code.split('-')[1] ?? '').map(verify)).toContain(exact);
      }
    }),
    { numRuns: 50 },
  );
});

test('a quote is refused after any change to the text of its response', () => {
  fc.assert(
    fc.property(prose, prose, fc.nat(), (text, other, at) => {
      const response = aResponse({ text });
      const question = aQuestion({ responses: [response] });
      const cut = at % (text.length + 1);
      const changed = { ...response, text: `${text.slice(0, cut)}${other}${text.slice(cut)}` };
      for (const span of candidateSpans(response)) {
        expect(verify({ ...quoteOf(question, response, span), response: changed })).toBeUndefined();
      }
    }),
    { numRuns: 50 },
  );
});

test('a quote is refused when the text and its hash changed together but the words moved', () => {
  const before = aResponse({ text: 'The vote was fair.' });
  const quote = quoteOf(aQuestion(), before, { start: 0, end: 18 });
  expect(verify({ ...quote, response: aResponse({ text: 'The vote was not fair.' }) })).toBeUndefined();
  expect(verify({ ...quote, response: aResponse({ text: 'The vote was fair. So what?' }) })).toBe('The vote was fair.');
});

test('a quote that is empty, reversed or beyond the text is refused', () => {
  const response = aResponse({ text: 'The vote was fair.' });
  for (const span of [
    { start: 3, end: 3 },
    { start: 5, end: 2 },
    { start: -4, end: 18 },
    { start: 0, end: 19 },
    { start: Number.NaN, end: 4 },
  ]) {
    expect(verify(quoteOf(aQuestion(), response, span))).toBeUndefined();
  }
});

test('a code may be typed in capitals and with o for 0', () => {
  const response = aResponse({ text: Array.from({ length: 80 }, (_, n) => `Province ${n} has voted.`).join(' ') });
  const question = aQuestion({ responses: [response] });
  const quote = candidateSpans(response)
    .map((span) => quoteOf(question, response, span))
    .find(({ code }) => code.slice(-5).includes('0') && code.slice(-5).includes('1'));
  const typed = (quote?.code.slice(-5) ?? '').replaceAll('0', 'o').replaceAll('1', 'l').toUpperCase();
  expect(findQuotes(question, typed).map(({ code }) => code)).toEqual([quote?.code]);
});

test('words of the editor’s summary can be cited although they are not whole sentences', () => {
  const response = aResponse();
  const summary = {
    author: 'editor',
    date: '2026-11-25',
    sentences: [{ text: 'Says so.', quotes: [{ response: response.id, text: 'most of the schools' }] }],
  };
  const question = aQuestion({ responses: [response], summary });
  const code = quoteCode(question, response.id, 'most of the schools');
  expect(findQuotes(question, code.slice(-5)).map(verify)).toEqual(['most of the schools']);
});

test('words said twice in a response are one quote', () => {
  const response = aResponse({ text: 'It failed. We tried again. It failed.' });
  const question = aQuestion({ responses: [response] });
  expect(findQuotes(question, quoteCode(question, response.id, 'It failed.').slice(-5))).toHaveLength(1);
});

test('nothing is quoted from a link, a retracted or withheld text, or a person who is only listed', () => {
  expect(mayQuote(aQuestion(), aResponse())).toBe(true);
  expect(mayQuote(aQuestion({ rights: 'quotes' }), aResponse({ availability: 'unnamed', respondents: [] }))).toBe(true);
  expect(mayQuote(aQuestion({ rights: 'link' }), aResponse())).toBe(false);
  expect(mayQuote(aQuestion({ status: { is: 'retracted', on: '2026-03-02', notice: 'Withdrawn.' } }), aResponse())).toBe(false);
  expect(mayQuote(aQuestion(), aResponse({ status: { is: 'withheld' } }))).toBe(false);
  expect(mayQuote(aQuestion(), aResponse({ availability: 'listed' }))).toBe(false);
  expect(mayQuote(aQuestion(), aResponse({ text: '' }))).toBe(false);

  const linked = aQuestion({ rights: 'link' });
  expect(findQuotes(linked, quoteCode(linked, 'ana-torres', 'Rural schools still wait for teachers.').slice(-5))).toEqual([]);
});
