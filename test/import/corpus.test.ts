import { expect, test } from 'vitest';
import type { Draft } from '../../src/content/import/model.ts';
import { readBytes } from '../../src/content/import/read-bytes.ts';
import { type Sample, samples as texts } from './expected.ts';
import { files } from './files.ts';

const samples: Sample[] = [...texts];
for (const { name, expected, bytes } of files) {
  const held = bytes();
  samples.push({ name, bytes: held, expected, draft: await readBytes(held, { name }) });
}

/** Documents where what was made of a field differs from what a person read, with both. */
function differing(field: (sample: Sample) => { made: unknown; read: unknown }, among: readonly Sample[] = samples) {
  return among.flatMap((sample) => {
    const { made, read } = field(sample);
    return read === undefined || JSON.stringify(made) === JSON.stringify(read) ? [] : [{ document: sample.name, made, read }];
  });
}

const dateOf = ({ date }: Draft) =>
  date === undefined
    ? null
    : [date.year, date.month, date.day].map((piece) => (piece === undefined ? '' : String(piece).padStart(2, '0'))).join('-');
const wordsOf = (draft: Draft) => draft.responses.flatMap((one) => one.paragraphs.map((paragraph) => paragraph.text));
const hasName = (printed: string, name: string) => printed === name || name.includes(printed);

test('no words stand under a name that the document does not put to them', () => {
  const falsely = samples.flatMap(({ name, expected, draft }) =>
    [...draft.responses, ...draft.further.flatMap((one) => one.responses)].flatMap((response) =>
      response.respondents.flatMap((person) =>
        response.paragraphs.flatMap((paragraph) => {
          const isRead = expected.further
            ? true
            : expected.responses.some(
                (one) =>
                  one.respondents?.some((read) => read.name.includes(person.display)) &&
                  one.paragraphs.some((text) => text.includes(paragraph.text)),
              );
          return isRead ? [] : [{ document: name, name: person.display, words: paragraph.text.slice(0, 60) }];
        }),
      ),
    ),
  );
  expect(falsely).toEqual([]);
});

test('every document ends ok, in review or refused as a person would judge', () => {
  expect(
    differing(({ draft, expected }) => ({
      made: `${draft.outcome}${draft.outcome === expected.outcome ? '' : `: ${draft.reasons.join(' ')}`}`,
      read: expected.outcome,
    })),
  ).toEqual([]);
});

test('what is refused says why', () => {
  const refused = samples.filter(({ expected }) => expected.reason !== undefined);
  expect(
    refused
      .filter(({ draft, expected }) => !draft.reasons.join(' ').includes(expected.reason ?? ''))
      .map(({ name, draft }) => [name, draft.reasons]),
  ).toEqual([]);
});

test('what goes to review names the lines concerned', () => {
  const reviewed = samples.filter(({ draft }) => draft.outcome === 'review');
  expect(
    reviewed
      .filter(({ draft }) => draft.reasons.length === 0 || draft.doubts.some((one) => (one.line ?? 0) < 1))
      .map(({ name }) => name),
  ).toEqual([]);
});

test('questions are taken whole, with their parts', () => {
  expect(differing(({ draft, expected }) => ({ made: draft.question.text ?? null, read: expected.question }))).toEqual([]);
  expect(differing(({ draft, expected }) => ({ made: draft.question.parts, read: expected.parts }))).toEqual([]);
  expect(differing(({ draft, expected }) => ({ made: draft.question.kind, read: expected.kind }))).toEqual([]);
  expect(
    differing(({ draft, expected }) => ({ made: draft.further.map((one) => one.question.text), read: expected.further })),
  ).toEqual([]);
});

test('title, date and language are those of the document', () => {
  expect(differing(({ draft, expected }) => ({ made: draft.title ?? null, read: expected.title }))).toEqual([]);
  expect(differing(({ draft, expected }) => ({ made: dateOf(draft), read: expected.date }))).toEqual([]);
  expect(differing(({ draft, expected }) => ({ made: draft.language ?? null, read: expected.language }))).toEqual([]);
});

const answered = samples.filter(({ expected }) => expected.outcome !== 'refused');

test('respondents are those whom the document names, in order', () => {
  const wrong = answered.flatMap(({ name, draft, expected }) => {
    const made = draft.responses.map((one) => one.respondents.map((person) => person.display));
    const read = expected.responses.map((one) => (one.respondents ?? []).map((person) => person.name));
    const fits =
      made.length === read.length &&
      made.every(
        (persons, i) => persons.length === read[i]?.length && persons.every((person, j) => hasName(person, read[i]?.[j] ?? '')),
      );
    return fits ? [] : [{ document: name, made, read }];
  });
  expect(wrong).toEqual([]);
});

test('roles and affiliations are kept as printed', () => {
  const wrong = answered.flatMap(({ name, draft, expected }) => {
    const made = draft.responses.map((one) => one.respondents.map((person) => [person.role ?? '', person.affiliation ?? '']));
    const read = expected.responses.map((one) =>
      (one.respondents ?? []).map((person) => [person.role ?? '', person.affiliation ?? '']),
    );
    return JSON.stringify(made) === JSON.stringify(read) ? [] : [{ document: name, made, read }];
  });
  expect(wrong).toEqual([]);
});

test('every response begins and ends where it does in the document', () => {
  expect(
    differing(
      ({ draft, expected }) => ({
        made: draft.responses.map((one) => one.paragraphs.map((paragraph) => paragraph.text)),
        read: expected.responses.map((one) => one.paragraphs),
      }),
      answered,
    ),
  ).toEqual([]);
});

test('availability says what is on file of each respondent', () => {
  const remark = (
    one: {
      availability: string;
      label?: string | undefined;
      completeness?: string | undefined;
      note?: string | undefined;
      translatedBy?: string | undefined;
    },
    note: string | undefined,
  ) => ({
    availability: one.availability,
    label: one.label,
    completeness: one.completeness,
    ...(note === undefined ? {} : { note: one.note }),
    translatedBy: one.translatedBy,
  });
  expect(
    differing(
      ({ draft, expected }) => ({
        made: draft.responses.map((one, i) => remark(one, expected.responses[i]?.note)),
        read: expected.responses.map((one) => remark(one, one.note)),
      }),
      answered,
    ),
  ).toEqual([]);
  expect(
    differing(
      ({ draft, expected }) => ({
        made: draft.responses.map((one) => [one.stances?.[0]?.value, one.stances?.[0]?.confidence]),
        read: expected.responses.map((one) => [one.vote, one.confidence]),
      }),
      answered,
    ),
  ).toEqual([]);
});

test('furniture, notes and other people’s words are in no response', () => {
  const leaked = samples.flatMap(({ name, draft, expected }) =>
    (expected.never ?? []).filter((never) => wordsOf(draft).some((words) => words.includes(never))).map((never) => [name, never]),
  );
  expect(leaked).toEqual([]);
});

test('repairs, corrections and embargoes are listed', () => {
  const unlisted = samples.flatMap(({ name, draft, expected }) =>
    (expected.repairs ?? [])
      .filter((repair) => !draft.repairs.some((listed) => listed.includes(repair)))
      .map((repair) => [name, repair, draft.repairs]),
  );
  expect(unlisted).toEqual([]);
  expect(
    differing(({ draft, expected }) => ({ made: draft.corrections.map((one) => one.on), read: expected.corrections })),
  ).toEqual([]);
  expect(differing(({ draft, expected }) => ({ made: draft.embargo, read: expected.embargo }))).toEqual([]);
});

test('the corpus holds enough documents of each kind that each outcome is tried', () => {
  for (const kind of [/\.(?:txt|md|html|csv)$/, /\.pdf$/, /\.docx$/])
    expect(samples.filter(({ name }) => kind.test(name)).length).toBeGreaterThanOrEqual(60);
  for (const outcome of ['ok', 'review', 'refused'] as const)
    expect(samples.filter(({ expected }) => expected.outcome === outcome).length).toBeGreaterThan(5);
});
