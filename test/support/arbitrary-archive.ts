import fc from 'fast-check';
import type { QuestionFile, RespondentsFile } from '../../src/content/schema.ts';

/** Persons of generated archives; two of them have one name. */
export const people: RespondentsFile = {
  'ana-a': { name: 'Ana Luz', note: 'Economist' },
  'ana-b': { name: 'Ana Luz', note: 'Lawyer' },
  'lukasz-bak': { name: 'Łukasz Bąk', variants: [{ name: 'Lukas Bak' }] },
  o: { name: '*O’Nasty* <!here>' },
};

/** Bits of text that break careless code: Markdown, mentions, terminal codes, abbreviations, scripts without spaces, long words. */
const bit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('tariffs', 'the', 'ports', 'pay', 'U.S.', 'Dr.', 'Piñera', 'æther', 'Elecciones', 'don’t', '3.7'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '<!channel>',
      '@everyone',
      '*bold*',
      '`',
      '"',
      '”',
      '“who”',
      '…',
      '[x](y)',
      '&amp;',
      '-',
      '|',
      '||',
      'OR',
      'a:b',
      '\\',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '制裁正在生效。',
      '\u200b',
      '🇻🇪👩‍👩‍👧',
      'e\u0301\u0301',
      'ﬁn',
      '\u202eabc',
      'x'.repeat(300),
      '\u001b[31m',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);
const sentence = fc
  .tuple(fc.array(bit, { minLength: 1, maxLength: 12 }), fc.constantFrom('.', '?', '!', '', '…', '.”'))
  .map(([bits, end]) => `${bits.join(' ')}${end}`);
const isProse = (text: string) => text.trim() !== '';
const paragraph = fc
  .array(sentence, { minLength: 1, maxLength: 6 })
  .map((found) => found.join(' '))
  .filter(isProse);
const long = fc.tuple(paragraph, fc.integer({ min: 1, max: 60 })).map(([text, times]) => Array(times).fill(text).join(' '));
const paragraphs = fc
  .array(fc.oneof({ weight: 4, arbitrary: paragraph }, { weight: 1, arbitrary: long }), { minLength: 1, maxLength: 4 })
  .filter((found) => /[\p{L}\p{N}]/u.test(found.join('')));

const response = fc.oneof(
  fc.record({
    availability: fc.constant('text' as const),
    paragraphs,
    respondents: fc.subarray(['ana-a', 'ana-b', 'lukasz-bak', 'o'], { minLength: 1 }),
  }),
  fc.record({
    availability: fc.constantFrom('unnamed' as const, 'anonymous' as const),
    paragraphs,
    label: fc.constant('The *author* of <it>'),
  }),
  fc.record({
    availability: fc.constantFrom('listed' as const, 'declined' as const),
    respondents: fc.subarray(['ana-a', 'ana-b', 'lukasz-bak', 'o'], { minLength: 1 }),
  }),
);

/** A small question file with nasty text; `index` keeps ids and codes apart. */
export function arbitraryQuestion(index: number, rights: fc.Arbitrary<'whole' | 'quotes' | 'link'>): fc.Arbitrary<QuestionFile> {
  const oneLine = sentence
    .map((text) =>
      text
        .replace(/[\n\r]/g, ' ')
        .slice(0, 100)
        .replace(/\p{Cs}$/u, ''),
    )
    .filter(isProse);
  return fc
    .record({
      date: fc.constantFrom('2019-04-18', '2026-02', '2026', '2026-11-24'),
      parts: fc.array(oneLine, { minLength: 1, maxLength: 3 }),
      responses: fc.array(response, { minLength: 1, maxLength: 4 }),
      language: fc.constantFrom('en', 'es', 'pt-BR', 'ja'),
      rights,
    })
    .map(({ date, parts, responses, language, rights: allowed }) => ({
      id: `digest/${date}/q${index}`,
      code: `code${index}`,
      date,
      text: parts.join(' '),
      parts: parts.map((part) => part.trim()),
      topics: ['Trade', `Topic ${index}`],
      countries: ['CL'],
      language,
      rights: allowed,
      source: { url: 'https://example.org/q' },
      responses: responses.map((one, at) => ({
        ...one,
        id: `r${at}`,
        ...('respondents' in one
          ? { respondents: one.respondents.map((person) => ({ person, role: 'Fellow, *x*' })) }
          : { respondents: undefined }),
      })),
    }))
    .map((file) => JSON.parse(JSON.stringify(file)));
}
