import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importDocument } from '../../src/content/import/import-document.ts';
import type { Draft } from '../../src/content/import/model.ts';
import { PATIENCE, runs } from '../support/runs.ts';
import { type Sample, samples } from './expected.ts';
import { falseAttributions, MARK, mutate, mutations, subjects } from './mutations.ts';

const encoder = new TextEncoder();
const again = (sample: Sample, source: string): Draft => importDocument(encoder.encode(source), { name: sample.name });
/** By name, so that a counterexample can be read. */
const named = (among: readonly Sample[]) => fc.constantFrom(...among.map(({ name }) => name));
const aSubject = named(subjects);
const called = (name: string): Sample => {
  const found = samples.find((sample) => sample.name === name);
  if (!found) throw new Error(`no sample ${name}`);
  return found;
};

test(
  'a document that was cut, shuffled, truncated, garbled or had names swapped never puts words under a name that is not given right there',
  () => {
    fc.assert(
      fc.property(aSubject, mutations, (name, mutation) => {
        const sample = called(name);
        const draft = again(sample, mutate(sample, mutation));
        expect(falseAttributions(draft, sample), sample.name).toEqual([]);
      }),
      runs(600),
    );
  },
  PATIENCE,
);

test(
  'several mishaps in one document make no false attribution either',
  () => {
    fc.assert(
      fc.property(aSubject, fc.array(mutations, { minLength: 2, maxLength: 4 }), (name, several) => {
        const sample = called(name);
        const source = several.reduce(
          (text, mutation) => mutate({ ...sample, bytes: encoder.encode(text) }, mutation),
          new TextDecoder().decode(sample.bytes),
        );
        expect(falseAttributions(again(sample, source), sample), sample.name).toEqual([]);
      }),
      runs(300),
    );
  },
  PATIENCE,
);

const quoted = subjects.filter(
  ({ draft, name }) =>
    /“|«/.test(draft.text) &&
    !/heading|answer-by|never|nested|truncated|translated/.test(name) &&
    draft.repairs.some((repair) => repair.includes('outer pair')),
);

test(
  'a quotation of another Q&A is nobody’s response, and a person it names is no respondent',
  () => {
    fc.assert(
      fc.property(aSubject, mutations, (name, mutation) => {
        const sample = called(name);
        fc.pre(mutation.type === 'insert quotation' || mutation.type === 'nest labels');
        const draft = again(sample, mutate(sample, mutation));
        const respondents = [...draft.responses, ...draft.further.flatMap((one) => one.responses)].flatMap((one) =>
          one.respondents.map((person) => person.display),
        );
        expect(respondents).not.toContain(MARK);
      }),
      runs(200),
    );
  },
  PATIENCE,
);

test(
  'where a name is lost before a quotation, the quotation goes to nobody',
  () => {
    fc.assert(
      fc.property(named(quoted), fc.nat(5), (name, which) => {
        const sample = called(name);
        const draft = again(sample, mutate(sample, { type: 'strip line', which }));
        for (const response of draft.responses) {
          for (const person of response.respondents) {
            const own = sample.expected.responses
              .filter((one) => one.respondents?.some((read) => read.name.includes(person.display)))
              .flatMap((one) => one.paragraphs);
            for (const paragraph of response.paragraphs)
              expect(
                own.some((text) => text.includes(paragraph.text)),
                `${sample.name}: ${person.display}: ${paragraph.text}`,
              ).toBe(true);
          }
        }
      }),
      runs(150),
    );
  },
  PATIENCE,
);

test(
  'anything at all is read or refused: no crash, no endless work',
  () => {
    const types = fc.constantFrom('text' as const, 'markdown' as const, 'html' as const, 'csv' as const);
    const words = fc.constantFrom(
      'Question: ',
      'A: ',
      'Q. ',
      'Jane Doe',
      ', director at Acme',
      ': ',
      '“',
      '”',
      '"',
      '«',
      '»',
      '\n',
      '\n\n',
      ' — ',
      '**',
      '*',
      '<p>',
      '</p>',
      '<b>',
      '<blockquote>',
      '# ',
      '> ',
      '|',
      '---',
      'why?',
      'Because the port is closed.',
      '\f',
      '&#146;',
      '\u00ad',
      '-\n',
      '1. ',
      'Editor’s note: ',
    );
    fc.assert(
      fc.property(
        types,
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 400 }),
          fc.array(words, { maxLength: 120 }).map((list) => list.join('')),
        ),
        (type, source) => {
          const draft = importDocument(encoder.encode(source), { type });
          expect(['ok', 'review', 'refused']).toContain(draft.outcome);
          expect(draft.reasons.join(' ')).not.toContain('could not be read');
          for (const { text, start, end } of draft.responses.flatMap((one) => one.paragraphs))
            expect(lettersOf(draft.text.slice(start, end))).toContain(lettersOf(text).slice(0, 5));
        },
      ),
      runs(400),
    );
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 600 }), (type, bytes) => {
        expect(importDocument(bytes, { type }).sha256).toMatch(/^[0-9a-f]{64}$/);
      }),
      runs(200),
    );
  },
  PATIENCE,
);

const lettersOf = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');

test('every letter of every response is the source’s', () => {
  for (const { name, draft } of samples) {
    for (const { text, start, end } of draft.responses.flatMap((one) => one.paragraphs)) {
      const source = lettersOf(
        draft.text.slice(start, end).replace(/\n\nContinued on page 2\n\n1\n\fHarbour Letter\n\nContinued from page 1\n\n/, ''),
      );
      expect(lettersOf(text), name).toBe(source);
    }
  }
});
