import { expect, test } from 'vitest';
import { unitsOf } from '../../src/search/letters.ts';
import { openLexicon } from '../../src/search/lexicon.ts';

const whole = (lexicon: ReturnType<typeof openLexicon>, word: string) => lexicon.at(unitsOf(word), 0, word.length);

test('a word is known by every spelling, wherever it stands', () => {
  const lexicon = openLexicon(
    (spelling) => spelling.toLowerCase(),
    (word) => word.slice(0, 4),
  );
  const wind = lexicon.at(unitsOf('The WIND blows.'), 4, 8);
  expect(wind).toMatchObject({ word: 'wind', stem: 'wind' });
  for (const spelling of ['wind', 'Wind', 'WIND', 'wInd']) expect(whole(lexicon, spelling)).toBe(wind);
  expect(whole(lexicon, 'winds')).toMatchObject({ word: 'winds', stem: 'wind' });
  expect(whole(lexicon, 'x'.repeat(1000))).toMatchObject({ word: 'x'.repeat(1000), stem: 'xxxx' });
  expect(whole(lexicon, '')).toMatchObject({ word: '', stem: '' });
});

test('what is used again and again is remembered; the rest is forgotten, and learnt again the same', () => {
  let learnt = 0;
  const lexicon = openLexicon(
    (spelling) => spelling.toLowerCase(),
    (word) => {
      learnt += 1;
      return word;
    },
  );
  const often = whole(lexicon, 'often');
  for (let n = 0; n < 450_000; n++) {
    expect(whole(lexicon, `w${n}`).word).toBe(`w${n}`);
    if (n % 1000 === 0) expect(whole(lexicon, 'Often')).toBe(often);
  }
  const before = learnt;
  for (const n of [0, 150_000, 449_999]) expect(whole(lexicon, `W${n}`).word).toBe(`w${n}`);
  expect(whole(lexicon, 'OFTEN')).toBe(often);
  expect(learnt - before).toBe(2);
});
