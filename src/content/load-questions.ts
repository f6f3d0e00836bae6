import { setImmediate } from 'node:timers/promises';
import type { CollectionToStore, ContentIndex, Embargo } from '../store/store.ts';
import { embargoMoments, type Placement, questionCode, visibleQuestion } from './build.ts';
import { sha256 } from './code.ts';
import type { Locate } from './problems.ts';
import type { QuestionToStore } from './question.ts';
import type { QuestionFile } from './schema.ts';
import type { FileProblem } from './status.ts';

/** A transaction holds about this much text, so that nobody waits for it. */
const CHARS_A_TRANSACTION = 100_000;

/** Takes the questions of one file after another into the index. */
export interface QuestionSink {
  open(file: string, collection: CollectionToStore): Promise<FileSink>;
  /** Removes what a file that is gone had brought. */
  remove(file: string): Promise<void>;
  /** Files that were read or removed in this pass. */
  touched(): ReadonlySet<string>;
}

export interface FileSink {
  question(question: QuestionFile, locate: Locate): Promise<void>;
  /** A question that could not be read: its last good version stays. */
  bad(id: string | undefined, problems: FileProblem[]): void;
  /** Removes what the file no longer holds; returns its problems. */
  close(): Promise<FileProblem[]>;
}

export interface SinkOptions {
  index: ContentIndex;
  now: number;
  /** false: everything is written anew. */
  sameIndex: boolean;
  /** Paths of all files that are there: a question of a file that is gone may move to another. */
  present: ReadonlySet<string>;
}

export function questionSink({ index, now, sameIndex, present }: SinkOptions): QuestionSink {
  const touched = new Set<string>();
  const today = new Date(now).toISOString().slice(0, 10);
  const persons = new Map<string, boolean>();

  async function personKnown(id: string, collection: CollectionToStore): Promise<boolean> {
    if (collection.persons.has(id)) return true;
    const known = persons.get(id) ?? (await index.collectionOf('person', id)) !== undefined;
    persons.set(id, known);
    return known;
  }

  /** What one file cannot know by itself. */
  async function conflicts(
    question: QuestionFile,
    file: string,
    collection: CollectionToStore,
    locate: Locate,
  ): Promise<FileProblem[]> {
    const problems: FileProblem[] = [];
    const at = (path: PropertyKey[], field: string, problem: Pick<FileProblem, 'wrong' | 'remedy' | 'other'>) =>
      problems.push({ file, ...locate(path), field, ...problem });
    const publication = question.id.split('/')[0];
    if (!collection.file.publications.some(({ id }) => id === publication)) {
      at(['id'], 'id', {
        wrong: `there is no publication “${publication}” in this collection`,
        remedy: 'add it to collection.yaml',
      });
    }
    for (const [r, response] of question.responses.entries()) {
      for (const [i, { person }] of (response.respondents ?? []).entries()) {
        if (await personKnown(person, collection)) continue;
        const field = `responses[${r}].respondents[${i}].person`;
        at(['responses', r, 'respondents', i, 'person'], field, {
          wrong: `there is no person “${person}”`,
          remedy: 'add them to respondents.yaml',
        });
      }
    }
    const owner = await index.owner({ id: question.id });
    if (owner && owner.file !== file && present.has(owner.file)) {
      at(['id'], 'id', { wrong: `is also used in ${owner.file}`, remedy: 'keep one of the two', other: owner.file });
    }
    const sameCode = await index.owner({ code: questionCode(question) });
    if (sameCode && sameCode.id !== question.id) {
      const wrong = `“${questionCode(question)}” is the code of ${sameCode.id} too`;
      at(['code'], 'code', { wrong, remedy: 'give this question a code of its own', other: sameCode.file });
    }
    return problems;
  }

  return {
    touched: () => touched,

    async remove(file) {
      touched.add(file);
      const ids = (await index.questionsOf(file)).map(({ id }) => id);
      await index.removeQuestions(ids, today);
      await index.putEmbargoes(file, []);
    },

    async open(file, collection) {
      touched.add(file);
      const old = new Map((await index.questionsOf(file)).map(({ id, hash }) => [id, hash]));
      const read = new Set<string>();
      const seen = new Set<string>();
      const bad = new Set<string>();
      /** By code: the question that has it in this file. */
      const codes = new Map<string, string>();
      const embargoes: Embargo[] = [];
      const problems: FileProblem[] = [];
      let keepUnseen = false;
      let batch: { question: QuestionToStore; file: string; hash: string }[] = [];
      let chars = 0;

      async function flush(): Promise<void> {
        if (batch.length === 0) return;
        await index.putQuestions(batch, today);
        batch = [];
        chars = 0;
        await setImmediate();
      }

      return {
        async question(question, locate) {
          const own = await conflicts(question, file, collection, locate);
          const twice = (field: 'id' | 'code', remedy: string) =>
            own.push({ file, ...locate([field]), field, wrong: 'is used twice in this file', remedy });
          const code = questionCode(question);
          if (read.has(question.id)) twice('id', 'keep one of the two');
          else if (codes.has(code)) twice('code', 'give this question a code of its own');
          read.add(question.id);
          if (own.length > 0) {
            problems.push(...own);
            bad.add(question.id);
            return;
          }
          codes.set(code, question.id);
          const moments = embargoMoments(question);
          const raw = moments.length === 0 ? '' : JSON.stringify(question);
          for (const until of moments) {
            embargoes.push({
              questionId: question.id,
              code,
              file,
              collection: collection.name,
              until,
              lifted: until <= now,
              raw,
            });
          }
          const visible = visibleQuestion(question, placementOf(question, collection), now);
          if (!visible) return;
          seen.add(question.id);
          const hash = visibleHash(visible);
          if (!sameIndex || old.get(question.id) !== hash) {
            batch.push({ question: visible, file, hash });
            chars += visible.responses.reduce((sum, { text }) => sum + text.length, visible.text.length);
            if (chars >= CHARS_A_TRANSACTION) await flush();
          }
        },

        bad(id, found) {
          problems.push(...found);
          if (id === undefined) keepUnseen = true;
          else bad.add(id);
        },

        async close() {
          await flush();
          const stays = (id: string) => bad.has(id) || (keepUnseen && !read.has(id));
          const unseen = [...old.keys()].filter((id) => !seen.has(id) && !stays(id));
          if (unseen.length > 0) await index.removeQuestions(unseen, today);
          const had = (await index.embargoes()).filter((embargo) => embargo.file === file);
          const renewed = new Set(embargoes.map(({ questionId }) => questionId));
          const kept = had.filter(({ questionId }) => stays(questionId) && !renewed.has(questionId));
          if (had.length > 0 || embargoes.length > 0) await index.putEmbargoes(file, [...kept, ...embargoes]);
          return problems;
        },
      };
    },
  };
}

export function placementOf(question: QuestionFile, collection: CollectionToStore): Placement {
  const publication = collection.file.publications.find(({ id }) => question.id.startsWith(`${id}/`));
  return { collection: collection.name, sample: collection.file.sample ?? false, rights: publication?.rights ?? 'link' };
}

/** Changes whenever what may be shown of the question does. */
export const visibleHash = (visible: QuestionToStore): string => sha256(JSON.stringify(visible));
