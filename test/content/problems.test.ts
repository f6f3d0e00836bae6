import { expect, test } from 'vitest';
import { collectionSchema, questionSchema, respondentsSchema } from '../../src/content/schema.ts';
import { readYaml } from '../../src/content/yaml.ts';

const GOOD = `id: digest/2026-05-04/tariffs
date: '2026-05-04'
text: Will the new tariffs hold? And for whom?
parts:
  - Will the new tariffs hold?
topics: [trade]
language: en
responses:
  - id: one
    availability: text
    respondents:
      - person: ada-quill
    paragraphs:
      - >-
        The tariffs will hold.
        Nobody gains from lifting them.
    lines:
      - part: 1
        quote: The tariffs will hold.
`;

/** The problems of the good file with some of its words changed, as \`check\` prints them. */
function problemsOf(...changes: [from: string, to: string][]): string[] {
  const source = changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, () => to);
  }, GOOD);
  return check(source);
}

function check(
  source: string,
  schema: typeof questionSchema | typeof collectionSchema | typeof respondentsSchema = questionSchema,
) {
  const read = readYaml('q.yaml', Buffer.from(source), schema);
  if (read.outcome === 'good') return [];
  return read.problems.map(({ line, column, field, wrong, remedy }) => `${line}:${column}  ${field}  ${wrong}  ${remedy}`);
}

test('a good file has no problems', () => {
  expect(problemsOf()).toEqual([]);
});

test.each<[string, string, string, string]>([
  [
    'an unknown field',
    'topics: [trade]',
    'topic: x\ntopics: [trade]',
    '6:1  topic  is not a known field  did you mean “topics”?',
  ],
  [
    'a field unlike any other',
    'language: en',
    'language: en\nwhatever: 1',
    '8:1  whatever  is not a known field  remove it; data/README.md lists the fields',
  ],
  [
    'an unknown field that holds others',
    'language: en',
    'language: en\nsourse:\n  url: x',
    '8:1  sourse  is not a known field  did you mean “source”?',
  ],
  [
    'an unknown field of a response',
    '    availability: text',
    '    availability: text\n    lable: x',
    '11:5  responses[0].lable  is not a known field  did you mean “label”?',
  ],
  ['a missing field', 'language: en\n', '', '1:1  language  is missing  add it (text)'],
  [
    'a missing field of a response',
    '  - id: one\n    availability: text',
    '  - id: one',
    '9:5  responses[0].availability  is not one of the values allowed  use text, unnamed, anonymous, stance-only, listed, declined, no-reply, did-not-answer, withdrawn',
  ],
  ['a list where text should be', 'language: en', 'language: [en]', '7:11  language  is not text  write text'],
  ['text where a list should be', 'topics: [trade]', 'topics: trade', '6:9  topics  is not a list  write a list'],
  ['a number in quotes', 'part: 1', "part: 'one'", '18:15  responses[0].lines[0].part  is not a number  write a number'],
  ['an empty list', 'topics: [trade]', 'topics: []', '6:9  topics  has too few  at least 1'],
  [
    'a quote that is not exact',
    'quote: The tariffs will hold.',
    'quote: The tariff will hold.',
    '19:16  responses[0].lines[0].quote  is not an exact quote of this response  correct it; data/README.md shows the format',
  ],
  [
    'a quote with another apostrophe',
    '        quote: The tariffs will hold.',
    '        quote: ’The tariffs will hold.',
    '19:16  responses[0].lines[0].quote  is not an exact quote of this response  correct it; data/README.md shows the format',
  ],
  [
    'a part that is not in the text',
    '  - Will the new tariffs hold?',
    '  - Will the tariffs hold?',
    '5:5  parts[0]  is not an exact piece of the question’s text  correct it; data/README.md shows the format',
  ],
  [
    'a part that the question does not have',
    'part: 1',
    'part: 2',
    '18:15  responses[0].lines[0].part  the question has 1 part(s)  correct it; data/README.md shows the format',
  ],
  [
    'a date that cannot be',
    "date: '2026-05-04'",
    "date: '2026-05-34'",
    '2:7  date  must be an EDTF date  2019, 2019-04 or 2019-04-18; a ? after a piece marks it as inferred, such as 2019?-04-18',
  ],
  [
    'a date in words',
    "date: '2026-05-04'",
    'date: May 4, 2026',
    '2:7  date  must be an EDTF date  2019, 2019-04 or 2019-04-18; a ? after a piece marks it as inferred, such as 2019?-04-18',
  ],
  [
    'an id of another date',
    'id: digest/2026-05-04/tariffs',
    'id: digest/2026-05-05/tariffs',
    '1:5  id  its date must be that of the question  2026-05-04',
  ],
  [
    'an availability that there is not',
    'availability: text',
    'availability: full',
    '10:19  responses[0].availability  is not one of the values allowed  use text, unnamed, anonymous, stance-only, listed, declined, no-reply, did-not-answer, withdrawn',
  ],
  [
    'a status that there is not',
    'language: en',
    'language: en\nstatus: { is: hidden }',
    '8:15  status.is  is not one of the values allowed  use usable, embargoed, withheld, retracted',
  ],
  [
    'an embargo without an offset',
    'language: en',
    "language: en\nstatus: { is: embargoed, until: '2027-01-15T06:00:00' }",
    '8:33  status.until  must be a moment with its offset, such as 2027-01-15T06:00:00-05:00  correct it; data/README.md shows the format',
  ],
  [
    'nobody who answered',
    '    respondents:\n      - person: ada-quill\n',
    '',
    '9:5  responses[0].respondents  is missing  who answered (or availability: unnamed)',
  ],
  [
    'a name beside words that have none',
    'availability: text',
    'availability: unnamed\n    label: Author of the post',
    '13:7  responses[0].respondents  a response that is “unnamed” names nobody  correct it; data/README.md shows the format',
  ],
  [
    'a headline that is too long',
    'topics: [trade]',
    'headline: one two three four five six seven eight nine ten eleven twelve thirteen\ntopics: [trade]',
    '6:11  headline  must be at most 12 words  correct it; data/README.md shows the format',
  ],
  [
    'an address that is none',
    'language: en',
    'language: en\nsource: { url: example.org }',
    '8:16  source.url  must be an http or https address  correct it; data/README.md shows the format',
  ],
  [
    'a field given twice',
    'language: en',
    'language: en\nlanguage: es',
    '8:1  (file)  is not valid YAML: Map keys must be unique  correct the line; text with “: ” or “#” in it needs quotes',
  ],
  [
    'a colon without quotes',
    'topics: [trade]',
    'headline: Tariffs: who pays?\ntopics: [trade]',
    '6:11  (file)  is not valid YAML: Nested mappings are not allowed in compact mappings  correct the line; text with “: ” or “#” in it needs quotes',
  ],
])('%s is named with its place and what to do', (_what, from, to, problem) => {
  expect(problemsOf([from, to])).toEqual([problem]);
});

test('every problem of a file is told at once', () => {
  const problems = problemsOf(
    ['language: en\n', ''],
    ['topics: [trade]', 'topics: []'],
    ['availability: text', 'availability: full'],
  );
  expect(problems.map((problem) => problem.split('  ')[1])).toEqual(['topics', 'language', 'responses[0].availability']);
});

test('a known field in the wrong place is not offered again', () => {
  expect(problemsOf(['language: en', 'language: en\nlabel: x'])).toEqual([
    '8:1  label  is not a known field  it belongs elsewhere; data/README.md lists the fields',
  ]);
});

test('two responses of one id are told apart', () => {
  const second = '\n  - id: one\n    availability: declined\n    respondents: [{ person: bo-sorensen }]\n';
  expect(problemsOf(['        quote: The tariffs will hold.\n', `        quote: The tariffs will hold.${second}`])).toEqual([
    '20:9  responses[1].id  “one” is used twice in this question  correct it; data/README.md shows the format',
  ]);
});

test('places are right behind a byte order mark, Windows line ends and letters beyond the basic plane', () => {
  const source = `\ufeff# 😀\n${GOOD}`.replace('topics: [trade]', '"😀": 1\ntopics: []').replaceAll('\n', '\r\n');
  expect(check(source)).toEqual([
    '8:9  topics  has too few  at least 1',
    '7:1  😀  is not a known field  remove it; data/README.md lists the fields',
  ]);
});

test.each(['', '# nothing but a comment\n', '- a list\n', 'just text\n'])(
  'a file without fields (%j) is no question',
  (source) => {
    expect(check(source)).toEqual([expect.stringMatching(/^1:1 {2}\(file\) {2}is (not a group of fields|missing)/)]);
  },
);

test('several documents in one file are refused', () => {
  expect(check(`${GOOD}---\n${GOOD}`)).toEqual([
    '1:1  (file)  holds several documents  remove the lines “---”: one document a file',
  ]);
  expect(check(`---\n${GOOD}`)).toEqual([]);
});

test('respondents.yaml and collection.yaml are checked alike', () => {
  expect(check('Ada Quill:\n  name: Ada Quill\nbo:\n  nmae: Bo\n', respondentsSchema)).toEqual([
    '1:1  Ada Quill  must be lower-case letters, digits and single hyphens, such as ray-walser  correct it; data/README.md shows the format',
    '4:3  bo.name  is missing  add it (text)',
    '4:3  bo.nmae  is not a known field  did you mean “name”?',
  ]);
  expect(
    check(
      'name: Real\npublications:\n  - id: digest\n    name: Digest\n    language: English\n    rights: all\n',
      collectionSchema,
    ),
  ).toEqual([
    '5:15  publications[0].language  must be a BCP 47 language tag, such as en, es or pt-BR  correct it; data/README.md shows the format',
    '6:13  publications[0].rights  is not one of the values allowed  use whole, quotes, link',
  ]);
});

test('a response without a word in it is a problem: nothing of it could be quoted', () => {
  const source = GOOD.replace(/ {6}- >-\n {8}The tariffs[\s\S]*/, '      - “…”\n');
  expect(check(source)).toEqual(['14:7  responses[0].paragraphs  hold no words  look whether they were cut off']);
});
