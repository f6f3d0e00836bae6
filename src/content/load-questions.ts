import { join } from 'node:path';
import { countRows, type QuestionRows } from '../search/index-rows.ts';
import { openTally } from '../search/tally.ts';
import type { CollectionToStore, Embargo } from '../store/store.ts';
import { pause, turns } from '../turns.ts';
import { type Pass, remember } from './pass.ts';
import { type FileToRead, type PreparedQuestion, personField } from './prepare.ts';
import { prepareApart } from './prepare-apart.ts';
import type { FoundFile } from './scan.ts';
import type { FileProblem } from './status.ts';

export interface FileToLoad {
  found: FoundFile;
  collection: CollectionToStore;
}

/** Takes the questions of files into the index, one file after another, and removes what these no longer hold. */
export async function loadQuestions(pass: Pass, files: readonly FileToLoad[]): Promise<void> {
  if (files.length === 0) return;
  const turn = turns();
  const toRead: FileToRead[] = [];
  for (const file of files) {
    toRead.push(await withKnown(pass, file));
    await turn();
  }
  const embargoes = new Map<string, Embargo[]>();
  for (const one of await pass.index.embargoes()) {
    const ofFile = embargoes.get(one.file) ?? [];
    ofFile.push(one);
    embargoes.set(one.file, ofFile);
  }
  const takings = files.map((file, at) => {
    const isNew = pass.sameIndex && toRead[at]?.known.size === 0;
    return takeFile(pass, file, { isNew, had: embargoes.get(file.found.path) ?? [] });
  });
  const refused = openTally();
  let isTold = false;
  try {
    for await (const { steps, words } of prepareApart(toRead, pass.now)) {
      const claims: Claims = new Map();
      const toWrite: QuestionRows[] = [];
      for (const step of steps) {
        if (step.type === 'bad') takings[step.file]?.bad(step.id, step.problems);
        if (step.type !== 'question') continue;
        const isTaken = await takings[step.file]?.question(step.question, claims);
        const { rows } = step.question;
        if (rows && isTaken) toWrite.push(rows);
        else if (rows) countRows(rows, refused, -1);
      }
      if (toWrite.length > 0) await pass.index.putQuestions(toWrite, pass.today);
      await turn();
      for (const step of steps) {
        if (step.type === 'end') await takings[step.file]?.close(step.found);
        await turn();
      }
      if (words) pass.index.addWords(words);
      await pause();
    }
    pass.index.addWords(refused.changes());
    isTold = true;
  } finally {
    if (!isTold) pass.index.addWords('lost');
  }
}

async function withKnown(
  { index, folder, sameIndex }: Pass,
  { found, collection: { name, file } }: FileToLoad,
): Promise<FileToRead> {
  const known = sameIndex ? await index.questionsOf(found.path) : [];
  const hashes = new Map(known.map(({ id, hash }) => [id, hash]));
  return { found, path: join(folder, found.path), collection: { name, file }, known: hashes };
}

/** Questions that are about to be written, by id and by code. */
type Claims = Map<string, { id: string; file: string }>;

interface Taking {
  /** Whether it was taken, and with it its id and code. */
  question(question: PreparedQuestion, claims: Claims): Promise<boolean>;
  /** A question that could not be read: its last good version stays. */
  bad(id: string | undefined, problems: FileProblem[]): void;
  /** After all that was taken is written. */
  close(found: FoundFile): Promise<void>;
}

interface Before {
  /** Nothing of the file is in the index. */
  isNew: boolean;
  had: readonly Embargo[];
}

function takeFile(pass: Pass, { found: { path: file }, collection }: FileToLoad, { isNew, had }: Before): Taking {
  const { index, now } = pass;
  const read = new Set<string>();
  const seen = new Set<string>();
  const bad = new Set<string>();
  /** By code: the question that has it in this file. */
  const codes = new Map<string, string>();
  const embargoes: Embargo[] = [];
  const problems: FileProblem[] = [];
  let keepUnseen = false;
  pass.touched.add(file);

  return {
    async question(question, claims) {
      const { id, code } = question;
      const own = await conflicts(pass, { question, file, collection, claims });
      const twice = (field: 'id' | 'code', remedy: string) =>
        own.push({ file, ...(question.fields[field] ?? question.at), field, wrong: 'is used twice in this file', remedy });
      if (read.has(id)) twice('id', 'keep one of the two');
      else if (codes.has(code)) twice('code', 'give this question a code of its own');
      read.add(id);
      if (own.length > 0) {
        problems.push(...own);
        bad.add(id);
        return false;
      }
      codes.set(code, id);
      for (const until of question.moments)
        embargoes.push({
          questionId: id,
          code,
          file,
          collection: collection.name,
          until,
          lifted: until <= now,
          raw: question.raw,
        });
      if (question.visible) seen.add(id);
      if (question.rows) claims.set(id, { id, file }).set(code, { id, file });
      return true;
    },

    bad(id, found) {
      problems.push(...found);
      if (id === undefined) keepUnseen = true;
      else bad.add(id);
    },

    async close(found) {
      const stays = (id: string) => bad.has(id) || (keepUnseen && !read.has(id));
      const before = isNew ? [] : await index.questionsOf(file);
      const unseen = before.flatMap(({ id }) => (seen.has(id) || stays(id) ? [] : [id]));
      if (unseen.length > 0) await index.removeQuestions(unseen, pass.today);
      const renewed = new Set(embargoes.map(({ questionId }) => questionId));
      const kept = had.filter(({ questionId }) => stays(questionId) && !renewed.has(questionId));
      if (had.length > 0 || embargoes.length > 0) await index.putEmbargoes(file, [...kept, ...embargoes]);
      await remember(pass, found, problems);
    },
  };
}

interface Claim {
  question: PreparedQuestion;
  file: string;
  collection: CollectionToStore;
  claims: Claims;
}

/** What one file cannot know by itself. */
async function conflicts(pass: Pass, { question, file, collection, claims }: Claim): Promise<FileProblem[]> {
  const { id, code, persons, at, fields } = question;
  const problems: FileProblem[] = [];
  const wrong = (field: string, problem: Pick<FileProblem, 'wrong' | 'remedy' | 'other'>) =>
    problems.push({ file, ...(fields[field] ?? at), field, ...problem });
  const publication = id.split('/')[0];
  if (!collection.file.publications.some((one) => one.id === publication)) {
    wrong('id', {
      wrong: `there is no publication “${publication}” in this collection`,
      remedy: 'add it to collection.yaml',
    });
  }
  for (const [r, respondents] of persons.entries()) {
    for (const [i, person] of respondents.entries()) {
      if (collection.persons.has(person) || (await isPersonElsewhere(pass, person))) continue;
      wrong(personField(r, i), { wrong: `there is no person “${person}”`, remedy: 'add them to respondents.yaml' });
    }
  }
  const owner = claims.get(id) ?? (await pass.index.owner({ id }));
  if (owner && owner.file !== file && pass.present.has(owner.file))
    wrong('id', { wrong: `is also used in ${owner.file}`, remedy: 'keep one of the two', other: owner.file });
  const claimed = claims.get(code);
  // Of the same file: the file itself is told.
  const sameCode = claimed?.file === file ? undefined : (claimed ?? (await pass.index.owner({ code })));
  if (sameCode && sameCode.id !== id) {
    const clash = `“${code}” is the code of ${sameCode.id} too`;
    wrong('code', { wrong: clash, remedy: 'give this question a code of its own', other: sameCode.file });
  }
  return problems;
}

async function isPersonElsewhere({ index, persons }: Pass, id: string): Promise<boolean> {
  const known = persons.get(id) ?? (await index.collectionOf('person', id)) !== undefined;
  persons.set(id, known);
  return known;
}
