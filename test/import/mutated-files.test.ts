import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Draft } from '../../src/content/import/model.ts';
import { readBytes } from '../../src/content/import/read-bytes.ts';
import { PATIENCE, runs } from '../support/runs.ts';
import { read } from './expected.ts';
import { bytesOf, type FileCase, files } from './files.ts';
import { falseAttributions, inserted, MARK, mutate, mutations, wordsOfOthers } from './mutations.ts';

const called = (name: string): FileCase => files.find((one) => one.name === name)!;
/** By name, so that a counterexample can be read; in some documents other lines than the respondents’ own give the names. */
const subjects = files
  .filter(({ name, expected }) => expected.outcome === 'ok' && !/^(?:surname|initials|unnamed|panel)/.test(name))
  .map(({ name }) => name);
const aSubject = (extension: string, among = subjects) => fc.constantFrom(...among.filter((name) => name.endsWith(extension)));
const aMade = (extension: string) =>
  aSubject(
    extension,
    subjects.filter((name) => called(name).made),
  );
const respondents = ({ responses, further }: Draft): string[] =>
  [...responses, ...further.flatMap((one) => one.responses)].flatMap((one) => one.respondents.map(({ display }) => display));

test.each(['.pdf', '.docx'])(
  'a %s made of words that were cut, shuffled, garbled or had names swapped puts none under a name that is not given right there',
  async (extension) => {
    await fc.assert(
      fc.asyncProperty(aMade(extension), fc.array(mutations, { minLength: 1, maxLength: 2 }), async (name, several) => {
        const made = called(name).made!;
        const sample = { ...called(name), name: made.from };
        const encoder = new TextEncoder();
        const source = several.reduce(
          (text, mutation) => mutate({ ...sample, bytes: encoder.encode(text) }, mutation),
          read(made.from).toString(),
        );
        const draft = await readBytes(bytesOf(made, source), { name });
        expect(falseAttributions(draft, sample), name).toEqual([]);
        // A block quotation is but an indented line in a PDF, and a second mishap may have taken its beginning.
        const isQuoted = several.every(
          (one) =>
            one.type !== 'insert quotation' ||
            ((extension === '.docx' || one.quoted === 'curly') && source.includes(inserted(sample, one.quoted))),
        );
        if (isQuoted) expect(respondents(draft)).not.toContain(MARK);
        expect(draft.reasons.join(' ')).not.toContain('could not be read');
      }),
      runs(200),
    );
  },
  PATIENCE,
);

const place = fc.double({ min: 0, max: 0.999, noNaN: true });
const damage = fc.record({
  cut: fc.option(place, { nil: undefined, freq: 1 }),
  edits: fc.array(
    fc.oneof(
      fc.record({ at: place, drop: fc.integer({ min: 0, max: 40 }), put: fc.uint8Array({ maxLength: 12 }) }),
      // In place, so that a PDF’s table of offsets stays right.
      fc
        .record({ at: place, put: fc.uint8Array({ minLength: 1, maxLength: 30 }) })
        .map((edit) => ({ ...edit, drop: edit.put.length })),
      fc
        .record({ at: place, drop: fc.integer({ min: 1, max: 400 }) })
        .map((edit) => ({ ...edit, put: new Uint8Array(edit.drop).fill(32) })),
    ),
    { maxLength: 4 },
  ),
});

function damaged(
  bytes: Uint8Array,
  { cut, edits }: { cut: number | undefined; edits: { at: number; drop: number; put: Uint8Array }[] },
) {
  const edited = edits.reduce<Uint8Array>((held, { at, drop, put }) => {
    const from = Math.floor(at * held.length);
    return Buffer.concat([held.subarray(0, from), put, held.subarray(from + drop)]);
  }, bytes);
  return cut === undefined ? edited : edited.subarray(0, Math.floor(cut * edited.length));
}

/** The bytes of a document; a PDF that is made may be one that is not compressed, so that damage to it goes unnoticed. */
function bytesOfCase({ made, bytes }: FileCase, isPacked: boolean): Uint8Array {
  return made && !isPacked ? bytesOf({ ...made, layout: { ...made.layout, packed: false } }) : bytes();
}

test.each(['.pdf', '.docx'])(
  'the bytes of a %s that were cut off or garbled are read or refused: no crash, and no word under another’s name',
  async (extension) => {
    await fc.assert(
      fc.asyncProperty(aSubject(extension), fc.boolean(), damage, async (name, isPacked, how) => {
        const draft = await readBytes(damaged(bytesOfCase(called(name), isPacked), how), { name });
        expect(draft.reasons.join(' ')).not.toContain('could not be read');
        expect(falseAttributions(draft, called(name)), name).toEqual([]);
        expect(wordsOfOthers(draft, called(name)), name).toEqual([]);
      }),
      runs(200),
    );
  },
  PATIENCE,
);

test(
  'any bytes that begin as a PDF or a zip are read or refused',
  async () => {
    const heads = fc.constantFrom(
      '%PDF-1.4\n',
      '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\n',
      'PK\x03\x04',
      'PK\x05\x06',
      '{\\rtf',
      '',
    );
    const tails = fc.constantFrom(
      '',
      '\n%%EOF',
      'trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n',
      'PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\0\0',
    );
    await fc.assert(
      fc.asyncProperty(heads, fc.uint8Array({ maxLength: 400 }), tails, async (head, body, tail) => {
        const bytes = Buffer.concat([Buffer.from(head, 'latin1'), body, Buffer.from(tail, 'latin1')]);
        const draft = await readBytes(bytes);
        expect(['ok', 'review', 'refused']).toContain(draft.outcome);
        expect(draft.reasons.join(' ')).not.toContain('could not be read');
      }),
      runs(200),
    );
  },
  PATIENCE,
);
