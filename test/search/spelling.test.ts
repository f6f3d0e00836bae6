import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance, nearest } from '../../src/search/spelling.ts';

test.each([
  ['maduro', 'maduro', 0],
  ['maduro', 'madruo', 1],
  ['maduro', 'maduros', 1],
  ['maduro', 'mduro', 1],
  ['maduro', 'maburo', 1],
  ['venezeula', 'venezuela', 1],
  ['venzuella', 'venezuela', 2],
  ['ab', 'ba', 1],
  ['', 'abc', 3],
  ['ca', 'abc', 3],
])('%s and %s are so many slips apart', (one, other, slips) => {
  expect(distance(one, other, 5)).toBe(slips);
});

test('words further apart than asked are only known to be further', () => {
  expect(distance('venezuela', 'chile', 2)).toBe(3);
  expect(distance('abc', 'abcdefgh', 2)).toBe(3);
  expect(distance('abc', 'xyz', 0)).toBe(1);
});

test('the nearest words come first, then the most used ones, and a short word may have one slip only', () => {
  const archive = [
    { word: 'venezuela', count: 90 },
    { word: 'venezuelan', count: 40 },
    { word: 'venezuelans', count: 60 },
    { word: 'chile', count: 50 },
    { word: 'cuba', count: 20 },
    { word: 'tuba', count: 30 },
  ];
  expect(nearest('venezeula', archive, 5)).toEqual(['venezuela', 'venezuelan', 'venezuelans']);
  expect(nearest('venezeula', archive, 1)).toEqual(['venezuela']);
  expect(nearest('cuda', archive, 5)).toEqual(['cuba']);
  expect(nearest('buba', archive, 5)).toEqual(['tuba', 'cuba']);
  expect(nearest('cxbx', archive, 5)).toEqual([]);
  expect(nearest('cuba', archive, 5)).toEqual(['tuba']);
});

/** The textbook table, without a band. */
function plain(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      d[i]![j] = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, d[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i]![j] = Math.min(d[i]![j]!, d[i - 2]![j - 2]! + 1);
    }
  }
  return d[a.length]![b.length]!;
}

test('the quick count of slips is the slow one, cut off at the most that was asked for', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 });
  fc.assert(
    fc.property(few, few, fc.nat(6), (a, b, max) => {
      expect(distance(a, b, max)).toBe(Math.min(plain(a, b), max + 1));
      expect(distance(b, a, max)).toBe(distance(a, b, max));
    }),
    { numRuns: 500 },
  );
});

test('any two texts can be compared', () => {
  const any = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(distance(a, b, 3)).toBeLessThanOrEqual(4);
      expect(nearest(a, [{ word: b, count: 1 }], 3).length).toBeLessThanOrEqual(1);
    }),
  );
});
