import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceParts } from '../../../src/platforms/console/review/source.ts';
import { runs } from '../../support/runs.ts';

const draft = (text: string, blocks: { start: number; end: number; role: string; rule: string }[] = []) => ({
  outcome: 'review' as const,
  reasons: [],
  type: 'text',
  sha256: '',
  text,
  blocks,
  doubts: [],
  repairs: [],
  responses: [],
});
const response = (by: string, start: number, end: number) => ({ by, respondents: [], paragraphs: [{ text: '', start, end }] });
const bare = (text: string) => text.replace(/\s/g, '');
const shown = (of: Parameters<typeof sourceParts>[0]) =>
  sourceParts(of).flatMap((pieces) => pieces.flatMap(({ lines }) => lines.flatMap(({ runs }) => runs)));

test('every character of a source is shown once, in order, whatever its blocks, doubts and responses are', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r\n', 'é'), maxLength: 80 });
  const span = fc.tuple(fc.nat(90), fc.nat(90)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
  const block = fc.record({ span, role: fc.constantFrom('response', 'furniture', 'title') });
  fc.assert(
    fc.property(
      words,
      fc.array(block, { maxLength: 8 }),
      fc.array(span, { maxLength: 4 }),
      fc.array(span),
      (text, blocks, doubts, said) => {
        const inside = ({ start, end }: { start: number; end: number }) => ({
          start: Math.min(start, text.length),
          end: Math.min(end, text.length),
        });
        const of = {
          ...draft(
            text,
            blocks.map(({ span: at, role }) => ({ ...inside(at), role, rule: 'r' })),
          ),
          doubts: doubts.map((at) => ({ ...inside(at), message: 'm', weight: 'review' as const })),
          responses: said.map((at) => response('x', inside(at).start, inside(at).end)),
        };
        expect(
          bare(
            shown(of)
              .map((run) => run.text)
              .join(''),
          ),
        ).toBe(bare(text));
        if (bare(text) !== '') {
          const told = sourceParts(of).flatMap((pieces) => pieces.flatMap(({ lines }) => lines.flatMap((line) => line.doubts)));
          expect(told.map(({ index }) => index).sort((a, b) => a - b)).toEqual(doubts.map((_, index) => index));
        }
      },
    ),
    runs(),
  );
});

test('a response that goes on behind page furniture has none of the furniture’s words', () => {
  const text = 'First half\nPage 2\nsecond half';
  const of = {
    ...draft(text, [
      { start: 0, end: 10, role: 'response', rule: 'r' },
      { start: 11, end: 17, role: 'furniture', rule: 'r' },
      { start: 18, end: text.length, role: 'response', rule: 'r' },
    ]),
    responses: [response('Ada', 0, text.length)],
  };
  expect(shown(of).map(({ text: words, by }) => [words, by])).toEqual([
    ['First half', 0],
    ['Page 2', undefined],
    ['second half', 0],
  ]);
});

test('text that no block holds is shown as such', () => {
  const [pieces = []] = sourceParts(draft('In\nOut\n', [{ start: 0, end: 2, role: 'title', rule: 'r' }]));
  expect(pieces.map(({ role, lines }) => [role, lines.map(({ number }) => number)])).toEqual([
    ['title', [1]],
    ['unread', [2]],
  ]);
});

test('a very long source, even of one line, is cut into parts that lose nothing', () => {
  for (const text of ['x'.repeat(1_500_000), 'many words\n'.repeat(100_000)]) {
    const parts = sourceParts(draft(text, [{ start: 0, end: text.length, role: 'response', rule: 'r' }]));
    expect(parts.length).toBeGreaterThan(2);
    const words = parts.flatMap((pieces) =>
      pieces.flatMap(({ lines }) => lines.flatMap(({ runs }) => runs.map((run) => run.text))),
    );
    expect(bare(words.join('')).length).toBe(bare(text).length);
  }
});
