import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hits, isEmpty, parseQuery, satisfies, toMatch } from '../../src/search/query.ts';
import { fold, tokens } from '../../src/search/tokens.ts';

const word = (text: string) => ({ type: 'word', word: text });
const phrase = (...words: string[]) => ({ type: 'phrase', words });

function holds(words: string, text: string, { mode = 'all', language = 'en' }: { mode?: 'all' | 'any'; language?: string } = {}) {
  return satisfies(parseQuery(words), text, 0, text.length, language, mode);
}

function lit(words: string, text: string, language = 'en') {
  return hits(parseQuery(words), text, 0, text.length, language).map(({ start, end }) => text.slice(start, end));
}

test.each([
  ['venezuela sanctions', [[word('venezuela')], [word('sanctions')]], []],
  ['"Lima Group" oil', [[phrase('lima', 'group')], [word('oil')]], []],
  ['“Lima Group” «opción militar»', [[phrase('lima', 'group')], [phrase('opcion', 'militar')]], []],
  ['oil -Cuba -"military option"', [[word('oil')]], [word('cuba'), phrase('military', 'option')]],
  ['oil –Cuba —Chile', [[word('oil')]], [word('cuba'), word('chile')]],
  ['oil — Cuba - Chile', [[word('oil')], [word('cuba')], [word('chile')]], []],
  ['oil OR gas sanctions', [[word('oil'), word('gas')], [word('sanctions')]], []],
  ['oil|gas | "rare earths"', [[word('oil'), word('gas'), phrase('rare', 'earths')]], []],
  ['oil or gas', [[word('oil')], [word('or')], [word('gas')]], []],
  ['OR oil OR', [[word('oil')]], []],
  ['oil "Lima Gro', [[word('oil')], [phrase('lima', 'gro')]], []],
  ['U.S.-led Maduro’s', [[phrase('us', 'led')], [word('maduro')]], []],
  ['"" - | ! “”', [], []],
])('%s is understood', (words, groups, not) => {
  expect(parseQuery(words)).toEqual({ groups, not, text: words });
});

test('words beyond the thirty-second are left out', () => {
  expect(parseQuery('oil '.repeat(100)).groups).toHaveLength(32);
});

test('only words to leave out are nothing to look for', () => {
  expect(isEmpty(parseQuery('-oil'))).toBe(true);
  expect(toMatch(parseQuery('-oil'), ['en'], 'all')).toBeUndefined();
  expect(holds('-oil', 'Gas.')).toBe(false);
});

test('the archive is asked for every way its languages cut the words', () => {
  const cut = (...words: string[]) => ({ type: 'phrase', tokens: words });
  const query = parseQuery('the policies "lima groups" -gobiernos');
  const wanted = [cut('polici'), { type: 'any', of: [cut('lima', 'group'), cut('lim', 'groups')] }];
  const not = { type: 'any', of: [cut('gobierno'), cut('gobiern')] };
  const policies = { type: 'any', of: [cut('polici'), cut('policies')] };
  expect(toMatch(parseQuery('policies'), ['en', 'it'], 'all')).toEqual(policies);
  expect(toMatch(query, ['en', 'es'], 'all')).toMatchObject({ type: 'without', match: { type: 'all' }, not });
  expect(toMatch(parseQuery('"lima groups"'), ['en', 'es'], 'any')).toEqual(wanted[1]);
  expect(toMatch(parseQuery('oil gas'), ['en'], 'any')).toEqual({ type: 'any', of: [cut('oil'), cut('gas')] });
});

test('function words are asked for only where nothing else was typed', () => {
  expect(toMatch(parseQuery('the oil'), ['en'], 'all')).toEqual({ type: 'phrase', tokens: ['oil'] });
  expect(toMatch(parseQuery('the'), ['en'], 'all')).toEqual({ type: 'phrase', tokens: ['the'] });
  expect(toMatch(parseQuery('who OR oil'), ['en'], 'all')).toMatchObject({
    type: 'any',
    of: [{ tokens: ['who'] }, { tokens: ['oil'] }],
  });
  expect(lit('the oil', 'The oil of the south')).toEqual(['oil']);
});

test('a sentence satisfies words by their stem and a phrase as typed', () => {
  const text = 'The Lima Group condemned Piñera’s sanctions policies.';
  expect(holds('policy sanction', text)).toBe(true);
  expect(holds('"lima group" pinera', text)).toBe(true);
  expect(holds('"sanction policy"', text)).toBe(false);
  expect(holds('"sanctions policies"', text)).toBe(true);
  expect(holds('"group lima"', text)).toBe(false);
  expect(holds('policy -lima', text)).toBe(false);
  expect(holds('policy -"lima sanctions"', text)).toBe(true);
  expect(holds('oil policy', text)).toBe(false);
  expect(holds('oil policy', text, { mode: 'any' })).toBe(true);
  expect(holds('oil OR policy', text)).toBe(true);
  expect(holds('gobiernos', 'El gobierno calla.', { language: 'es' })).toBe(true);
});

test('what was found is lit, whole phrases at once, and nothing outside the sentence', () => {
  expect(lit('"u.s. policy" policies', 'The “U.S. policy” and other policies.')).toEqual(['U.S. policy', 'policies']);
  expect(lit('venezuela -oil', 'Venezuela’s oil')).toEqual(['Venezuela']);
  expect(lit('"a b a"', 'a b a b a')).toEqual(['a b a b a']);
  const text = 'Oil fell. Oil rose.';
  expect(hits(parseQuery('oil'), text, 10, text.length, 'en')).toEqual([{ start: 10, end: 13 }]);
});

const typed = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('"', '“', '-', '–', ' ', 'OR', '|', 'oil', 'the', 'é', '日本', '’s', '.', '«', '\ud800', '__proto__'))
    .map((pieces) => pieces.join('')),
);
const language = fc.constantFrom('en', 'es', 'pt-BR', 'ja', '');
const mode = fc.constantFrom('all' as const, 'any' as const);

test('whatever is typed is understood somehow, and every lit place holds a word', () => {
  fc.assert(
    fc.property(typed, typed, language, mode, fc.nat(20), (words, text, spoken, how, from) => {
      const query = parseQuery(words);
      const start = Math.min(from, text.length);
      expect(toMatch(query, [spoken], how) === undefined).toBe(isEmpty(query));
      satisfies(query, text, start, text.length, spoken, how);
      let last = start;
      for (const hit of hits(query, text, start, text.length, spoken)) {
        expect(hit.start).toBeGreaterThanOrEqual(last);
        expect(hit.end).toBeLessThanOrEqual(text.length);
        expect(fold(text.slice(hit.start, hit.end))).not.toBe('');
        last = hit.end;
      }
    }),
  );
});

test('a sentence satisfies each of its words, and the phrase of all of them', () => {
  fc.assert(
    fc.property(typed, language, (text, spoken) => {
      const words = tokens(text, spoken).map((token) => token.word);
      // A run without spaces is cut by what stands around it, so its pieces may be cut differently when typed alone
      fc.pre(words.length > 0 && words.length <= 20 && words.every((part) => tokens(part, 'en').length === 1));
      for (const part of words) expect(holds(part, text, { language: spoken })).toBe(true);
      expect(holds(`"${words.join(' ')}"`, text, { language: spoken })).toBe(true);
    }),
  );
});
