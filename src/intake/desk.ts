import { join } from 'node:path';
import type { Draft } from '../content/import/model.ts';
import { readDocument } from '../content/import/read-document.ts';
import { eachQuestion, type Questioned, slugFor } from '../content/import/to-question.ts';
import { type Archive, collectionFor, questionOf } from './consider.ts';
import type { Decided, Incoming, Desk as Intake, Taken } from './incoming.ts';
import { rememberPersons } from './recognised.ts';
import { keyOf, type Origin } from './record.ts';
import { createStacks, type Namesake } from './stacks.ts';
import {
  allWaiting,
  countWaiting,
  decisionOn,
  draftText,
  keepForReview,
  personsToAdd,
  removeFromReview,
  rewriteDraft,
  samePersons,
  type Waiting,
  waitingBy,
} from './waiting.ts';

/** One question of a document, looked at but not stored. */
export interface Considered {
  key: string;
  /** The collection that it goes to. */
  collection: string;
  origin: Origin;
  draft: Draft;
  made: Questioned;
  /** Why a person has to decide; empty: it may be stored as it is. */
  reasons: string[];
  /** The reasons among them that ask who is who: they do not matter where the same Q&A is on file. */
  unsure: string[];
  /** Who is who, as decided for this import … */
  same: Decided['same'];
  /** … and as an editor said before of this publication: display name to id. */
  recognised: Readonly<Record<string, string>>;
}

export type Accepted = Exclude<Taken, { outcome: 'review' | 'refused' }> | { outcome: 'problems'; problems: string[] };

export interface Desk extends Intake {
  /** The collection that documents of a publication go to. Throws OperatorError where none can be told. */
  collectionFor(publication: string | undefined): Promise<string>;
  /** What would become of a document, one result a question. Throws OperatorError where no collection can be told. */
  consider(incoming: Incoming, decided: Decided): Promise<Considered[]>;
  /** Stores it, or keeps it for review where it has gaps or reasons; `confirmed`: a person has looked at the reasons. */
  put(considered: Considered, confirmed?: boolean): Promise<Taken>;
  /** Stores a draft of the review folder as it stands there, or says what is missing in it; `same` as in Decided. */
  accept(key: string, same?: Decided['same']): Promise<Accepted>;
  /** What is missing or wrong in a draft as it stands, with line numbers where there are any; empty: it may be accepted. */
  problems(key: string): Promise<string[]>;
  /** Persons of a draft of whom a person has to say, with `same`, whether they are those on file of the same name. */
  namesakes(key: string): Promise<Namesake[]>;
  /** Everything that waits for review, oldest first. */
  waiting(): Promise<Waiting[]>;
  waitingCount(): Promise<number>;
  /** What waits under a key, with its draft as it stands in its file. Throws OperatorError where nothing does, as the next two. */
  waitingUnder(key: string): Promise<Waiting & { text: string; path: string }>;
  /** Puts an edited draft in the place of the old one. */
  rewrite(key: string, text: string): Promise<void>;
  /** Throws a draft away. */
  reject(key: string): Promise<void>;
}

/** The desk over one data folder; the index tells what is on file. */
export function openDesk({ now, ...archive }: Archive & { now: () => Date }): Desk {
  const { folder } = archive;
  const stacks = createStacks(archive);
  const today = () => now().toISOString().slice(0, 10);

  async function considerOne(
    draft: Draft,
    section: number,
    { name, retrieved }: Incoming,
    decided: Decided,
  ): Promise<Considered> {
    const collection = await collectionFor(decided.publication ?? draft.publication, archive);
    const { made, unsure, recognised } = await questionOf(draft, { collection, decided, retrieved }, archive);
    const gaps =
      made.outcome === 'gaps' && draft.outcome !== 'refused' ? made.missing.map((missing) => `missing: ${missing}`) : [];
    return {
      key: keyOf(draft, section),
      collection,
      origin: {
        name,
        ...(draft.sourceUrl === undefined ? {} : { address: draft.sourceUrl }),
        ...(retrieved === undefined ? {} : { retrieved }),
        on: today(),
      },
      draft,
      made,
      reasons: [...draft.reasons, ...gaps, ...unsure],
      unsure,
      same: decided.same,
      recognised,
    };
  }

  /** Proposed for a draft that waits: who accepts it sees it. */
  async function onlyPublication(collection: string): Promise<string | undefined> {
    const [only, ...others] = (await archive.index.collection(collection))?.file.publications ?? [];
    return others.length === 0 ? only?.id : undefined;
  }

  const desk: Desk = {
    collectionFor: (publication) => collectionFor(publication, archive),

    async consider(incoming, decided) {
      const { publication, date } = decided;
      const given = { ...(publication === undefined ? {} : { publication }), ...(date === undefined ? {} : { date }) };
      const draft = await readDocument(incoming.bytes, { name: incoming.name, ...incoming.hints, ...given });
      return Promise.all(eachQuestion(draft).map((section, at) => considerOne(section, at, incoming, decided)));
    },

    async put({ key, collection, origin, draft, made, reasons, unsure, same }, confirmed = false) {
      if (draft.outcome === 'refused') return { outcome: 'refused', reasons: draft.reasons };
      const record = { ...origin, draft };
      const doubts = [...reasons];
      if (made.outcome === 'complete') {
        const { question, persons } = made;
        const how = { confirmed, doubtful: reasons.length > unsure.length, unsure: unsure.length > 0 };
        const put = await stacks.put({ key, collection, question, persons, record }, how);
        if (put.outcome !== 'doubt') {
          await rememberPersons({ question, persons, same, on: today() }, { folder, collection });
          await removeFromReview(folder, { collection, key });
          return put;
        }
        doubts.push(...put.reasons);
      }
      const publication = draft.publication ?? (await onlyPublication(collection));
      const file = await keepForReview(folder, {
        collection,
        key,
        record,
        reasons: doubts,
        draft: {
          ...(publication === undefined ? {} : { publication }),
          slug: slugFor(draft),
          persons: made.persons,
          question: made.outcome === 'complete' ? made.question : made.fields,
        },
      });
      return { outcome: 'review', key, file, reasons: doubts };
    },

    async take(incoming, decided) {
      const taken: Taken[] = [];
      for (const considered of await desk.consider(incoming, decided)) taken.push(await desk.put(considered));
      return taken;
    },

    async accept(key, same = {}) {
      const waiting = await waitingBy(folder, key);
      const decision = await decisionOn(folder, waiting);
      if (decision.outcome === 'problems') return decision;
      const ready = { ...samePersons(decision, same), key, collection: waiting.collection, record: waiting.record };
      const missing = await stacks.missing(ready);
      if (missing.length > 0) return { outcome: 'problems', problems: missing };
      const put = await stacks.put(ready, { confirmed: true, doubtful: false, unsure: false });
      if (put.outcome === 'doubt') return { outcome: 'problems', problems: put.reasons };
      await rememberPersons({ ...ready, same, on: today() }, { folder, collection: waiting.collection });
      await removeFromReview(folder, waiting);
      return put;
    },

    async problems(key) {
      const waiting = await waitingBy(folder, key);
      const decision = await decisionOn(folder, waiting);
      return decision.outcome === 'problems' ? decision.problems : stacks.missing({ ...decision, ...waiting });
    },

    async namesakes(key) {
      const waiting = await waitingBy(folder, key);
      return stacks.namesakes({ persons: await personsToAdd(folder, waiting), ...waiting });
    },

    waiting: () => allWaiting(folder),
    waitingCount: () => countWaiting(folder),

    async waitingUnder(key) {
      const waiting = await waitingBy(folder, key);
      return { ...waiting, text: await draftText(folder, waiting), path: join(folder, waiting.file) };
    },

    rewrite: async (key, text) => rewriteDraft(folder, await waitingBy(folder, key), text),
    reject: async (key) => removeFromReview(folder, await waitingBy(folder, key)),
  };
  return desk;
}
