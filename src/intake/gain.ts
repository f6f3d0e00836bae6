import type { QuestionFile, RespondentsFile, ResponseFile } from '../content/schema.ts';
import { fold } from '../search/tokens.ts';
import { correctionEdits, type Edit } from './amend.ts';
import type { Origin } from './record.ts';
import { type Comparison, compare, type NameOf } from './same.ts';

/** What a further copy of a Q&A brings to the one on file. */
export interface Gain {
  outcome: 'known' | 'reposted' | 'extended' | 'corrected';
  edits: Edit[];
  /** Persons to add. */
  persons: RespondentsFile;
  /** What a person has to decide first. */
  doubts: string[];
}

/** Nothing on file is overwritten: words that read otherwise become a dated correction, and only where the source itself changed them. */
export function gainOf(
  held: { question: QuestionFile; nameOf: NameOf },
  found: { question: QuestionFile; persons: RespondentsFile; nameOf: NameOf; record: Origin },
): Gain {
  const { question, nameOf } = held;
  const { address, on } = found.record;
  const comparison = compare(held, found);
  const idOf = sameIds(question, found.question, { held: nameOf, found: found.nameOf });
  const mapped = (response: ResponseFile): ResponseFile => ({
    ...response,
    ...(response.respondents ? { respondents: response.respondents.map((one) => ({ ...one, person: idOf(one.person) })) } : {}),
  });
  const addressEdits = addressEditsOf(question, found.record);
  const taken = new Set(question.responses.map(({ id }) => id));
  const isRepost = question.source?.url !== undefined && address !== undefined && address !== question.source.url;
  const edits = [
    ...addressEdits,
    ...comparison.changed.flatMap(({ index, response }) =>
      correctionEdits(question, index, { paragraphs: response.paragraphs ?? [], on, what: 'The source changed the text.' }),
    ),
    ...comparison.told.map(({ index, response }) => ({
      path: ['responses', index],
      value: { ...mapped(response), id: question.responses[index]?.id },
    })),
    ...comparison.added.map((response, at) => {
      const id = freeResponseId(response.id, taken);
      taken.add(id);
      return { path: ['responses', question.responses.length + at], value: { ...mapped(response), id } };
    }),
  ];
  const used = new Set(comparison.added.flatMap(({ respondents }) => respondents?.map(({ person }) => idOf(person)) ?? []));
  return {
    outcome: outcomeOf(comparison, addressEdits.length > 0),
    edits,
    persons: Object.fromEntries(Object.entries(found.persons).filter(([id]) => used.has(id))),
    doubts: comparison.changed.flatMap(({ index, response }) =>
      doubtAbout(question.responses[index], response, { isRepost, address, nameOf: found.nameOf }),
    ),
  };
}

function outcomeOf({ changed, told, added }: Comparison, hasAddress: boolean): Gain['outcome'] {
  if (changed.length > 0) return 'corrected';
  if (told.length + added.length > 0) return 'extended';
  return hasAddress ? 'reposted' : 'known';
}

function doubtAbout(
  held: ResponseFile | undefined,
  response: ResponseFile,
  { isRepost, address, nameOf }: { isRepost: boolean; address: string | undefined; nameOf: NameOf },
): string[] {
  const who = response.respondents?.map(({ person }) => nameOf(person)).join(' and ') ?? response.label ?? 'a respondent';
  if (held?.paragraphs === undefined) return [`${who} has words here, but is on file as “${held?.availability ?? 'unknown'}”`];
  return isRepost ? [`${address ?? 'the copy'} gives other words for ${who} than the source on file`] : [];
}

function addressEditsOf({ source }: QuestionFile, { address: url, retrieved }: Origin): Edit[] {
  const reposts = source?.reposts ?? [];
  if (url === undefined || url === source?.url || reposts.some((one) => one.url === url)) return [];
  const when = retrieved === undefined ? {} : { retrieved };
  return source?.url === undefined
    ? [{ path: ['source'], value: { ...source, url, suppliedBy: 'operator', ...when } }]
    : [{ path: ['source', 'reposts'], value: [...reposts, { url, ...when }] }];
}

/** Within one Q&A a name is one person’s: ids of the copy are those on file. */
function sameIds(held: QuestionFile, found: QuestionFile, nameOf: { held: NameOf; found: NameOf }): (id: string) => string {
  const onFile = new Map(
    held.responses.flatMap(({ respondents }) => respondents?.map(({ person }) => [fold(nameOf.held(person)), person]) ?? []),
  );
  const ids = new Map(
    found.responses.flatMap(
      ({ respondents }) =>
        respondents?.map(({ person }) => [person, onFile.get(fold(nameOf.found(person))) ?? person] as const) ?? [],
    ),
  );
  return (id) => ids.get(id) ?? id;
}

function freeResponseId(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(id)) return id;
  }
}
