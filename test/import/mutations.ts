import fc from 'fast-check';
import type { Draft, DraftPerson, DraftResponse } from '../../src/content/import/model.ts';
import { type Sample, samples } from './expected.ts';

/** Samples whose respondents stand with their full names where their words are. */
export const subjects: Sample[] = samples.filter(
  ({ name, expected }) => expected.outcome === 'ok' && !/^(?:surname|initials|unnamed|windows|wrong|mojibake)/.test(name),
);

const decoder = new TextDecoder();
export const sourceOf = (sample: Pick<Sample, 'bytes'>): string => decoder.decode(sample.bytes);

/** A document and what a person read in it. */
type Read = Pick<Sample, 'name' | 'bytes' | 'expected'>;

const isHtml = (sample: Pick<Sample, 'name'>): boolean => sample.name.endsWith('.html');
const piecesOf = (sample: Read): string[] =>
  sourceOf(sample).split(isHtml(sample) ? /(?<=<\/(?:p|h[1-6]|blockquote|tr)>)/ : /(?<=\n\n)/);

export const MARK = 'Zebulon Quartz';

export type Mutation =
  | { type: 'cut'; from: number; count: number }
  | { type: 'shuffle'; order: number[] }
  | { type: 'truncate'; at: number }
  | { type: 'garble'; edits: { at: number; drop: number; put: string }[] }
  | { type: 'swap names'; a: number; b: number }
  | { type: 'insert quotation'; at: number; quoted: 'curly' | 'block' }
  | { type: 'nest labels'; at: number }
  | { type: 'strip line'; which: number };

const place = fc.double({ min: 0, max: 0.999, noNaN: true });
export const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ type: fc.constant('cut' as const), from: place, count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ type: fc.constant('shuffle' as const), order: fc.array(place, { minLength: 4, maxLength: 40 }) }),
  fc.record({ type: fc.constant('truncate' as const), at: place }),
  fc.record({
    type: fc.constant('garble' as const),
    edits: fc.array(
      fc.record({
        at: place,
        drop: fc.integer({ min: 0, max: 30 }),
        put: fc.oneof(
          fc.string({ maxLength: 6 }),
          fc.constantFrom('“', '”', '"', ':', '\n', '\n\n', '<', '**', '\f', 'é', 'Ã©', '�'),
        ),
      }),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
  }),
  fc.record({ type: fc.constant('swap names' as const), a: fc.nat(5), b: fc.nat(5) }),
  fc.record({
    type: fc.constant('insert quotation' as const),
    at: place,
    quoted: fc.constantFrom('curly' as const, 'block' as const),
  }),
  fc.record({ type: fc.constant('nest labels' as const), at: place }),
  fc.record({ type: fc.constant('strip line' as const), which: fc.nat(5) }),
);

/** A document with something done to it that happens to real ones. */
export function mutate(sample: Read, mutation: Mutation): string {
  const source = sourceOf(sample);
  const pieces = piecesOf(sample);
  const index = (at: number, length = pieces.length) => Math.floor(at * length);
  switch (mutation.type) {
    case 'cut':
      return pieces.toSpliced(index(mutation.from), mutation.count).join('');
    case 'shuffle':
      return pieces
        .map((piece, i) => ({ piece, key: mutation.order[i % mutation.order.length] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ piece }) => piece)
        .join('');
    case 'truncate':
      return source.slice(0, index(mutation.at, source.length));
    case 'garble':
      return mutation.edits.reduce(
        (text, { at, drop, put }) => text.slice(0, index(at, text.length)) + put + text.slice(index(at, text.length) + drop),
        source,
      );
    case 'swap names': {
      const names = namesOf(sample);
      const [a, b] = [names[mutation.a % names.length] ?? '', names[mutation.b % names.length] ?? ''];
      return a === '' || b === ''
        ? source
        : source
            .split(a)
            .map((piece) => piece.split(b).join(a))
            .join(b);
    }
    case 'insert quotation':
      return pieces.toSpliced(index(mutation.at), 0, inserted(sample, mutation.quoted)).join('');
    case 'nest labels':
      return pieces
        .toSpliced(
          index(mutation.at),
          0,
          isHtml(sample)
            ? `<blockquote><p>Q: Who is ${MARK}?</p><p>A: Nobody here knows ${MARK}.</p></blockquote>`
            : `“Q: Who is ${MARK}?\n\n“A: Nobody here knows ${MARK}.”\n\n`,
        )
        .join('');
    case 'strip line': {
      const names = namesOf(sample);
      const name = names[mutation.which % names.length] ?? '';
      const at = source.search(new RegExp(`${escaped(name)}[^\\n<]{0,160}:`));
      return at < 0 || name === '' ? source : source.slice(0, at) + source.slice(source.indexOf(':', at) + 1);
    }
  }
}

/** A quotation of another Q&A, as it is inserted. */
export function inserted(sample: Pick<Sample, 'name'>, quoted: 'curly' | 'block'): string {
  const lines = ['Question: Will it rain on the island?', `${MARK}, forecaster at Rival Weather: It will, on ${MARK}’s word.`];
  if (isHtml(sample))
    return quoted === 'block'
      ? `<blockquote>${lines.map((line) => `<p>${line}</p>`).join('')}</blockquote>`
      : `<p>“${lines.join('</p><p>“')}”</p>`;
  return quoted === 'block' && sample.name.endsWith('.md')
    ? `${lines.map((line) => `> ${line}`).join('\n>\n')}\n\n`
    : `“${lines.join('\n\n“')}”\n\n`;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Those who have words in the document. */
export const namesOf = ({ expected }: Pick<Sample, 'expected'>): string[] => [
  ...new Set(
    expected.responses
      .filter((one) => one.paragraphs.length > 0)
      .flatMap((one) => (one.respondents ?? []).map((person) => person.name)),
  ),
];

/** Offsets where a line names one of these persons, as a respondent line or a signature does. */
function namingLines(text: string, names: readonly string[]): { name: string; start: number }[] {
  return names.flatMap((name) =>
    [
      ...text.matchAll(
        new RegExp(
          `(?:^|[\\n\\t\\f]|[”»"] )[ ]*(?:[AR][.:]{0,2}\\s+|Answer by |\\(on ports\\) |[—–]\\s*)?(?=${escaped(name)})`,
          'gu',
        ),
      ),
    ].map((found) => ({ name, start: found.index + found[0].length })),
  );
}

/** Responses of a draft that stand under another name than the one that the text gives nearest to their words. */
export function falseAttributions(
  draft: Draft,
  sample: Pick<Sample, 'expected'>,
): { name: string; words: string; nearest: string | undefined }[] {
  const names = namesOf(sample);
  const lines = namingLines(draft.text, names).sort((a, b) => a.start - b.start);
  const nearestBefore = (at: number) => lines.findLast((line) => line.start <= at)?.name;
  const nearestAfter = (at: number) => lines.find((line) => line.start >= at)?.name;
  const check = (response: DraftResponse, person: DraftPerson) =>
    response.paragraphs.flatMap((paragraph) => {
      const isAfter = person.at.start >= paragraph.end;
      const nearest = isAfter ? nearestAfter(paragraph.end) : nearestBefore(paragraph.start);
      const isPrinted =
        draft.text.slice(person.at.start, person.at.end).includes(person.printed) ||
        person.printed.includes(draft.text.slice(person.at.start, person.at.end).replace(/:$/, ''));
      const cosigned = response.respondents.some(
        (one) => nearest?.includes(one.display) || one.display.includes(nearest ?? '\0'),
      );
      const isKnown = names.some((name) => name.includes(person.display) || person.display.includes(name));
      const other = lines.find(
        (line) => line.start > paragraph.start && line.start < paragraph.end && !line.name.includes(person.display),
      );
      // A name with something else before it is on no line that is looked for: then the words must be known to be that person’s.
      const isRight = cosigned || !isKnown || (nearest === undefined && isOwn(person.display, paragraph.text, sample));
      return isPrinted && isRight && other === undefined
        ? []
        : [{ name: person.printed, words: paragraph.text.slice(0, 80), nearest }];
    });
  return [...draft.responses, ...draft.further.flatMap((one) => one.responses)].flatMap((response) =>
    response.respondents.flatMap((person) => check(response, person)),
  );
}

const RUN = 6;
const runsOf = (text: string): string[] => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, Math.max(0, words.length - RUN + 1)).map((_word, at) => words.slice(at, at + RUN).join(' '));
};

/** Whether the whole document gives these words, or some of them, to the person. */
function isOwn(display: string, text: string, { expected }: Pick<Sample, 'expected'>): boolean {
  const held = new Set(runsOf(text));
  return expected.responses
    .filter(({ respondents }) => respondents?.some(({ name }) => name.includes(display) || display.includes(name)))
    .some(({ paragraphs }) => paragraphs.flatMap(runsOf).some((run) => held.has(run)));
}

/** Words that stand under one person’s name and are another’s in the whole document: a line that named that one has been lost. */
export function wordsOfOthers(draft: Draft, { expected }: Pick<Sample, 'expected'>): { name: string; words: string }[] {
  return [...draft.responses, ...draft.further.flatMap((one) => one.responses)].flatMap(({ respondents, paragraphs }) =>
    respondents.flatMap(({ display }) => {
      const isOwn = (name: string) => name.includes(display) || display.includes(name);
      const others = expected.responses.filter((one) => one.respondents?.every(({ name }) => !isOwn(name)) ?? true);
      const known = expected.responses.some((one) => one.respondents?.some(({ name }) => isOwn(name)));
      const theirs = new Set(others.flatMap((one) => one.paragraphs.flatMap(runsOf)));
      return paragraphs
        .filter(({ text }) => known && runsOf(text).some((run) => theirs.has(run)))
        .map(({ text }) => ({ name: display, words: text }));
    }),
  );
}
