import { CallerError, type Nearest } from '../errors.ts';
import type { Name, Store } from '../store/store.ts';
import { findNames, nearestNames } from './find-names.ts';

/** The person a caller means, or the several it may be: two of one name are asked apart, never merged. Throws CallerError where there is none. */
export async function choosePersons(store: Store, typed: string, again: (name: Name) => Nearest): Promise<[Name, ...Name[]]> {
  const [first, ...rest] = (await store.person(typed)) ? await byId(store, typed) : await findNames(store, typed, ['person']);
  if (first) return [first, ...rest];
  const near = await nearestNames(store, typed, ['person']);
  throw new CallerError(`No respondent “${typed}” is on file.`, { nearest: near.map(again) });
}

async function byId(store: Store, id: string): Promise<Name[]> {
  const names = [...(await store.names('person', false)), ...(await store.names('person', true))];
  return names.filter(({ ref }) => ref === id);
}
