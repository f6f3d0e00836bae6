import type { Draft } from '../content/import/model.ts';
import { draftToQuestion, type Questioned } from '../content/import/to-question.ts';
import { OperatorError } from '../errors.ts';
import type { ContentIndex, Store } from '../store/store.ts';
import { personsIn } from './files.ts';
import { type Decided, NEW_PERSON } from './incoming.ts';
import { recognisedPersons } from './recognised.ts';

export interface Archive {
  /** The data folder. */
  folder: string;
  index: Pick<ContentIndex, 'collection' | 'collectionNames' | 'collectionOf' | 'questionsOn'>;
  store: Pick<Store, 'names'>;
}

/** The collection that documents of a publication go to. Throws OperatorError where none can be told. */
export async function collectionFor(publication: string | undefined, { folder, index }: Archive): Promise<string> {
  const owner = publication === undefined ? undefined : await index.collectionOf('publication', publication);
  if (owner !== undefined) return owner;
  const collections = await Promise.all((await index.collectionNames()).map((name) => index.collection(name)));
  const real = collections.flatMap((one) => (one === undefined || one.file.sample === true ? [] : [one]));
  const [only, ...others] = real;
  if (publication === undefined && only && others.length === 0) return only.name;
  const ids = real.flatMap(({ file }) => file.publications.map(({ id }) => id));
  const remedy =
    ids.length === 0
      ? `There is no collection yet: make a folder with a collection.yaml in ${folder}.`
      : `On file: ${ids.slice(0, 20).join(', ')}.`;
  throw new OperatorError(
    publication === undefined
      ? `Say which publication it is of (--publication). ${remedy}`
      : `No collection has a publication “${publication}”: add it to a collection.yaml first. ${remedy}`,
  );
}

/**
 * A question file of a draft, and the names on file of which an editor has to say whether they are the same person: it is never assumed.
 * `recognised`: of whom they said so before, display name to id.
 */
export async function questionOf(
  draft: Draft,
  { collection, decided, retrieved }: { collection: string; decided: Decided; retrieved: string | undefined },
  { folder, index, store }: Archive,
): Promise<{ made: Questioned; unsure: string[]; recognised: Record<string, string> }> {
  const known = await personsIn(folder, collection);
  const said = Object.entries(decided.same ?? {}).filter(([, id]) => id !== NEW_PERSON);
  const stranger = said.find(([, id]) => !known.has(id))?.[1];
  if (stranger !== undefined) throw new OperatorError(`There is no person “${stranger}” in ${collection}/respondents.yaml.`);
  const before = await recognisedPersons(draft, { folder, collection, publication: decided.publication ?? draft.publication });
  const recognised = Object.fromEntries(
    Object.entries(before).filter(([display, id]) => decided.same?.[display] === undefined && known.has(id)),
  );
  const same = { ...recognised, ...Object.fromEntries(said) };
  const vocabulary = (await store.names('topic', false)).map(({ label }) => label);
  const make = () =>
    draftToQuestion(draft, {
      ...decided,
      ...(retrieved === undefined ? {} : { retrieved }),
      same,
      persons: Object.fromEntries(known),
      vocabulary,
    });
  let made = make();
  for (let taken = await idsElsewhere(made); taken.size > 0; taken = await idsElsewhere(made)) {
    for (const [id, person] of taken) known.set(id, person);
    made = make();
  }
  const unsure = made.proposals.persons
    .filter(({ display, sameName }) => sameName.length > 0 && (decided.same?.[display] ?? recognised[display]) === undefined)
    .map(({ display, sameName }) => `${display} is a name on file (${sameName.join(', ')}): is it the same person?`);
  return { made, unsure, recognised };

  /** Ids of persons are unique in the whole archive. */
  async function idsElsewhere({ persons }: Questioned): Promise<typeof known> {
    const found: typeof known = new Map();
    for (const id of Object.keys(persons)) {
      const owner = await index.collectionOf('person', id);
      const held = owner === undefined || owner === collection ? undefined : (await index.collection(owner))?.persons.get(id);
      if (held) found.set(id, held);
    }
    return found;
  }
}
