import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, isStopWord, stem, stems, tokens } from '../../src/search/tokens.ts';

const words = (text: string, language = 'en') => tokens(text, language).map(({ word }) => word);

test.each([
  ['Sørensen', 'Sorensen'],
  ['Wałęsa', 'Walesa'],
  ['Đỗ Mười', 'Do Muoi'],
  ['Strauß', 'Strauss'],
  ['Æthelred Œuvre', 'Aethelred Oeuvre'],
  ['Þórður', 'Thordur'],
  ['Diyarbakır İzmir', 'Diyarbakir Izmir'],
  ['PIÑERA', 'pinera'],
  ['Pin\u0303era', 'Piñera'],
  ['O’Brien', "O'Brien"],
  ['ﬁscal', 'fiscal'],
])('%s and %s are the same name', (one, other) => {
  expect(fold(one)).toBe(fold(other));
  expect(words(one)).toEqual(words(other));
});

test('a folded name holds nothing but letters, digits and single spaces', () => {
  expect(fold('  María Corina  Machado-Parisca (b. 1967)! ')).toBe('maria corina machado parisca b 1967');
  expect(fold('“…”')).toBe('');
});

test('a text is cut into the words that a person would look for', () => {
  expect(words('The U.S.-Venezuela policy: Maduro’s push, foo_bar, 3.5%')).toEqual([
    'the',
    'us',
    'venezuela',
    'policy',
    'maduro',
    'push',
    'foo',
    'bar',
    '3',
    '5',
  ]);
  expect(words('EE.UU. y EE. UU. piden; el D.C. a.m. J.P. Morgan')).toEqual([
    'eeuu',
    'y',
    'eeuu',
    'piden',
    'el',
    'dc',
    'am',
    'jp',
    'morgan',
  ]);
  expect(words('Don’t quote ‘us’, the U.S.’s ally O’Higgins')).toEqual(['dont', 'quote', 'us', 'the', 'us', 'ally', 'ohiggins']);
  expect(words('l’accord d’État qu’il', 'fr')).toEqual(['accord', 'etat', 'il']);
  expect(words('Plan B. I think', 'en')).toEqual(['plan', 'b', 'i', 'think']);
});

test('half a letter that stood alone does not change what whole letters are', () => {
  const words = (text: string) => tokens(text, 'en').map(({ word }) => word);
  expect(words('\ud842 x \ud835')).toEqual(['x']);
  expect(words('𠮷 𝒜bc')).toEqual(['𠮷', fold('𝒜bc')]);
});

test('a word keeps its place in the text, invisible characters inside it and all', () => {
  const text = '“Pin\u0303era’s” sanc\u00ADtions\u200B.';
  expect(tokens(text, 'en').map(({ start, end, word }) => [text.slice(start, end), word])).toEqual([
    ['Pin\u0303era', 'pinera'],
    ['sanc\u00ADtions', 'sanctions'],
  ]);
});

test('scripts without spaces are cut into words too', () => {
  expect(words('日本の政策とAI技術', 'ja')).toEqual(['日本', 'の', '政策', 'と', 'ai', '技術']);
  expect(words('สวัสดีครับ', 'th')).toHaveLength(2);
});

test.each([
  ['en', 'sanction', 'sanctions'],
  ['en-US', 'policy', 'policies'],
  ['es', 'gobierno', 'gobiernos'],
  ['es', 'negociación', 'negociaciones'],
  ['es', 'régimen', 'regímenes'],
  ['es-VE', 'elección', 'elecciones'],
  ['pt-BR', 'sanção', 'sanções'],
  ['pt', 'negociação', 'negociacoes'],
  ['pt', 'região', 'regiões'],
  ['pt', 'nacional', 'nacionais'],
  ['fr', 'négociation', 'negociations'],
  ['de', 'Sanktion', 'Sanktionen'],
])('in %s, %s finds %s', (language, one, other) => {
  expect(stem(one, language)).toBe(stem(other, language));
});

test('a typed word has one stem for each way the languages cut it', () => {
  expect(stems('sanctions', ['en', 'en-GB'])).toEqual(['sanction']);
  expect(stems('gobiernos', ['en', 'es'])).toEqual(['gobierno', 'gobiern']);
  expect(stems('gobiernos', ['es', 'it'])).toEqual(['gobiern', 'gobiernos']);
  expect(stems('policies', [])).toEqual(['policies']);
});

test('words that are countries and bodies too can be searched for', () => {
  expect(['the', 'para', 'não'].map((word) => isStopWord(fold(word)))).toEqual([true, true, true]);
  expect(['us', 'un', 'eu', 'venezuela'].some(isStopWord)).toBe(false);
});

test('a very long word, and a very long run without a space, come to an end', () => {
  expect(words('x'.repeat(1_000_000))).toHaveLength(1);
  expect(words('日本'.repeat(100_000), 'ja').length).toBeGreaterThan(1000);
  expect(words('a\u00AD'.repeat(300_000))).toHaveLength(1);
});

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('U.', 'S', '’', "'", 's', 'é', 'ß', '\u00AD', '\u0301', '日本', 'l', ' ', '-', '.', '𝐀', '\ud800'))
    .map((p) => p.join('')),
);

test('any text gives words in order, each of letters and digits, each folded from its place', () => {
  fc.assert(
    fc.property(text, fc.constantFrom('en', 'es', 'pt', 'fr', 'de', 'ja', '', '__proto__'), (any, language) => {
      let last = 0;
      for (const token of tokens(any, language)) {
        expect(token.start).toBeGreaterThanOrEqual(last);
        expect(token.end).toBeGreaterThan(token.start);
        expect(token.word).toMatch(/^[\p{L}\p{N}]+$/u);
        expect(token.word).toBe(fold(any.slice(token.start, token.end)).replaceAll(' ', ''));
        expect(token.stem).toBe(stem(token.word, language));
        last = token.end;
      }
      expect(last).toBeLessThanOrEqual(any.length);
    }),
  );
});

test('folding twice changes nothing more', () => {
  fc.assert(
    fc.property(text, (any) => {
      expect(fold(fold(any))).toBe(fold(any));
    }),
  );
});
