import { z } from 'zod';
import { readYaml } from '../../../content/yaml.ts';
import { type ImportRecord, nameOf } from '../../../intake/record.ts';
import { fold } from '../../../search/tokens.ts';

type Read = ImportRecord['draft'];

/** A response of the draft, held against the source. */
export interface Said {
  by: string;
  /** Line of the draft. */
  line: number;
  /** Place in the source’s responses, from 0; undefined where the source has none of these words. */
  source: number | undefined;
  paragraphs: number;
  /** Lines of the draft where a paragraph is not word for word as the source was read. */
  changed: number[];
  /** Who said these words by the source, where the draft gives them to somebody else. */
  instead?: string;
}

const draftSchema = z.looseObject({
  persons: z.record(z.string(), z.looseObject({ name: z.string() })).catch({}),
  question: z.looseObject({
    responses: z.array(
      z.looseObject({
        availability: z.string().optional(),
        respondents: z.array(z.looseObject({ person: z.string(), name: z.string().optional() })).default([]),
        label: z.string().optional(),
        paragraphs: z.array(z.string()).default([]),
      }),
    ),
  }),
});
type DraftResponse = z.infer<typeof draftSchema>['question']['responses'][number];
type Persons = z.infer<typeof draftSchema>['persons'];
const printedSchema = z.looseObject({ printed: z.string().catch('') });

export interface SaidInDraft {
  said: Said[];
  /** Responses of the source whose words are nowhere in the draft. */
  left: number[];
}

/** Who says what in a draft, beside the source it was made of; undefined where the draft cannot be read. */
export async function saidIn(
  text: string,
  draft: Read,
  personOnFile: (id: string) => Promise<{ name: string; variants: string[] } | undefined>,
): Promise<SaidInDraft | undefined> {
  const read = readYaml('draft', Buffer.from(text), draftSchema);
  if (read.outcome === 'bad') return undefined;
  const { persons, question } = read.value;
  const onFile = new Map<string, string[]>();
  for (const id of new Set(question.responses.flatMap(({ respondents }) => respondents.map(({ person }) => person)))) {
    const person = await personOnFile(id);
    if (person) onFile.set(id, [person.name, ...person.variants]);
  }
  const places = placesOf(draft);
  const named = draft.responses.map(({ respondents }) => respondents.map(sourceNames));
  const held = new Set<number>();
  const said = question.responses.map((response, index): Said => {
    const called = calledIn(response, persons, onFile);
    const lineOf = (...path: (string | number)[]) => read.locate(['question', 'responses', index, ...path]).line;
    const found = response.paragraphs.map((paragraph) => places.get(paragraph) ?? []);
    const fits = (place: number) => isSame(called, named[place] ?? []);
    const source = placeOf(found, fits);
    const changed = found.flatMap((at, paragraph) => (source !== undefined && at.includes(source) ? [] : [paragraph]));
    if (source !== undefined) held.add(source);
    for (const place of changed.flatMap((paragraph) => found[paragraph] ?? [])) held.add(place);
    const instead = source === undefined || fits(source) ? undefined : draft.responses[source]?.by;
    return {
      by: nameOf({ respondents: called.map(({ shown }) => ({ display: shown })), label: response.label }),
      line: lineOf(),
      source,
      paragraphs: response.paragraphs.length,
      changed: changed.map((paragraph) => lineOf('paragraphs', paragraph)),
      ...(instead === undefined ? {} : { instead }),
    };
  });
  const withWords = draft.responses.flatMap(({ paragraphs }, place) => (paragraphs.length > 0 ? [place] : []));
  return { said, left: withWords.filter((place) => !held.has(place)) };
}

/** Whether every word is with whom the source gives it to, and none is left out. */
export const agrees = ({ said, left }: SaidInDraft): boolean =>
  left.length === 0 &&
  said.every(({ paragraphs, changed, instead }) => paragraphs === 0 || (changed.length === 0 && instead === undefined));

/** By paragraph: the responses of the source that hold it. */
function placesOf({ responses }: Read): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { paragraphs }] of responses.entries()) {
    for (const { text } of paragraphs) places.set(text, [...(places.get(text) ?? []), place]);
  }
  return places;
}

/** Whom the draft names, in folded letters: as printed, and what the person is called. */
interface Called {
  shown: string;
  printed: string | undefined;
  person: string[];
}

function calledIn({ respondents }: DraftResponse, persons: Persons, onFile: ReadonlyMap<string, string[]>): Called[] {
  return respondents.map(({ person: id, name }) => {
    const added = persons[id]?.name;
    const person = [...(added === undefined ? [] : [added]), ...(onFile.get(id) ?? [])];
    return {
      shown: name ?? person[0] ?? id,
      printed: name === undefined ? undefined : fold(name),
      person: (person.length === 0 ? [id] : person).map(fold),
    };
  });
}

/** What the source calls a respondent, in folded letters. */
const sourceNames = (one: Read['responses'][number]['respondents'][number]): string[] =>
  [one.display, printedSchema.parse(one).printed].filter((name) => name !== '').map(fold);

/** The response of the source with most of the words; of several, the one whose names fit. */
function placeOf(found: readonly number[][], fits: (place: number) => boolean): number | undefined {
  const counts = new Map<number, number>();
  for (const place of found.flat()) counts.set(place, (counts.get(place) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const best = [...counts.keys()].filter((place) => counts.get(place) === most).sort((a, b) => a - b);
  return best.find(fits) ?? best[0];
}

/** Whether the draft names those whom the source names: by the name as printed, and by the person behind it. */
function isSame(called: readonly Called[], named: readonly string[][]): boolean {
  const isOne = ({ printed, person }: Called, names: readonly string[]) =>
    (printed === undefined || names.includes(printed)) && person.some((name) => names.includes(name));
  return (
    called.length === named.length &&
    called.every((one) => named.some((names) => isOne(one, names))) &&
    named.every((names) => called.some((one) => isOne(one, names)))
  );
}
