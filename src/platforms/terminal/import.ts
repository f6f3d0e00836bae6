import { stringify } from 'yaml';
import { importReport } from '../../content/import/report.ts';
import type { Bulk } from '../../intake/bulk.ts';
import type { Considered, Desk } from '../../intake/desk.ts';
import type { Decided, Incoming, Taken } from '../../intake/incoming.ts';
import type { Source, Sources } from '../../intake/sources.ts';
import { literal } from '../../message/literal.ts';
import type { Progress } from './progress.ts';
import { type Person, settle } from './settle.ts';
import { recognisedInWords, takenInWords } from './taken.ts';

export interface Importing {
  desk: Desk;
  bulk: (path: string, options: { write: boolean; onQuestion?: (done: number) => void }) => Promise<Bulk>;
  /** Standard output: what a script reads. */
  print: (line: string) => void;
  /** Standard error: what a person reads. */
  tell: (line: string) => void;
  progress: Progress;
  /** Somebody who can be asked. */
  person: Person | undefined;
  /** Whether to stop after the document at hand. */
  isStopped: () => boolean;
}

export interface HowToImport {
  decided: Decided;
  write: boolean;
  json: boolean;
}

const EXIT = { ok: 0, review: 3, refused: 4 } as const;
type Outcome = keyof typeof EXIT;

/**
 * Takes in all that a source holds and says of each what became of it. Resolves to the exit code: 0 all in order, 3 something
 * waits for a person or was refused, 4 nothing could be read.
 */
export async function importAll({ total, each }: Sources, how: HowToImport, importing: Importing): Promise<0 | 3 | 4> {
  const { tell, progress } = importing;
  const counts = new Map<string, number>();
  const outcomes: Outcome[] = [];
  let done = 0;
  for await (const source of each) {
    const results = await importOne(source, how, importing, total === 1);
    for (const { words, outcome } of results) {
      counts.set(words, (counts.get(words) ?? 0) + 1);
      outcomes.push(outcome);
    }
    done += 1;
    if (total !== 1) progress.show(done, total, summary(counts));
    if (importing.isStopped()) break;
  }
  progress.end();
  if (done > 1 || total !== 1) tell(`${done.toLocaleString('en')} read: ${summary(counts)}.`);
  if (importing.isStopped()) tell('Stopped. Run the same command again to go on: what is on file is recognised.');
  if (outcomes.length === 0 || outcomes.every((one) => one === 'refused')) return EXIT.refused;
  return outcomes.every((one) => one === 'ok') ? EXIT.ok : EXIT.review;
}

/** Of one file; all are in what --json prints. */
const MOST_PROBLEMS = 20;

const summary = (counts: ReadonlyMap<string, number>): string =>
  counts.size === 0 ? 'nothing' : [...counts].map(([words, count]) => `${count.toLocaleString('en')} ${words}`).join(', ');

interface Result {
  /** How the summary counts it. */
  words: string;
  outcome: Outcome;
}

async function importOne(source: Source, how: HowToImport, importing: Importing, isAlone: boolean): Promise<Result[]> {
  switch (source.type) {
    case 'unread':
      if (how.json) importing.print(JSON.stringify({ name: source.name, outcome: 'refused', reasons: [source.reason] }));
      else tellOf(importing, source.name, `Refused: ${literal(source.reason)}`);
      return [{ words: 'refused', outcome: 'refused' }];
    case 'questions':
      return importQuestions(source.path, how, importing);
    case 'document':
      if (importing.person && !how.write && !how.json && isAlone)
        return importByHand(source.incoming, how, importing, importing.person);
      return importDocument(source.incoming, how, importing);
  }
}

function tellOf({ tell, progress }: Importing, name: string, words: string): void {
  progress.end();
  tell(`${literal(name)}: ${words}`);
}

async function importByHand(
  incoming: Incoming,
  { decided }: HowToImport,
  { desk }: Importing,
  person: Person,
): Promise<Result[]> {
  const results = await settle(incoming, decided, desk, person);
  return results.map((taken) => (taken ? resultOf(taken) : { words: 'left', outcome: 'review' }));
}

async function importDocument(
  incoming: Incoming,
  { decided, write, json }: HowToImport,
  importing: Importing,
): Promise<Result[]> {
  const { desk, print } = importing;
  const results: Result[] = [];
  for (const considered of await desk.consider(incoming, decided)) {
    const taken = write ? await desk.put(considered) : undefined;
    const { made, draft } = considered;
    if (json) {
      const question = made.outcome === 'complete' ? made.question : undefined;
      print(
        JSON.stringify({
          name: incoming.name,
          outcome: outcomeOf(considered),
          reasons: considered.reasons,
          recognised: considered.recognised,
          taken,
          question,
          draft,
        }),
      );
    } else if (taken) tellOf(importing, incoming.name, takenInWords(taken));
    else showDraft(considered, importing);
    results.push(taken ? resultOf(taken) : { words: outcomeOf(considered), outcome: outcomeOf(considered) });
  }
  return results;
}

function showDraft(considered: Considered, { print, tell }: Importing): void {
  const { draft, made, reasons } = considered;
  tell(`${literal(importReport({ ...draft, reasons }, made))}\n${recognisedInWords(considered)}`.trimEnd());
  if (made.outcome === 'complete')
    print(`# yaml-language-server: $schema=../question.schema.json\n${stringify(made.question, { lineWidth: 0 })}`);
}

const outcomeOf = ({ draft, reasons }: Considered): Outcome =>
  draft.outcome === 'refused' ? 'refused' : reasons.length === 0 ? 'ok' : 'review';

function resultOf(taken: Taken): Result {
  switch (taken.outcome) {
    case 'refused':
      return { words: 'refused', outcome: 'refused' };
    case 'review':
      return { words: 'for review', outcome: 'review' };
    case 'known':
      return { words: 'on file already', outcome: 'ok' };
    case 'stored':
    case 'reposted':
    case 'extended':
    case 'corrected':
      return { words: taken.outcome, outcome: 'ok' };
  }
}

const GAINED = ['corrected', 'extended', 'reposted'] as const;
const GAINS = { corrected: 'a dated correction', extended: 'new responses', reposted: 'a further address' };

async function importQuestions(path: string, { write, json }: HowToImport, importing: Importing): Promise<Result[]> {
  const { bulk, print, progress } = importing;
  const made = await bulk(path, { write, onQuestion: (done) => progress.show(done, undefined, `questions of ${literal(path)}`) });
  const { stored, known, gained, problems, files } = made;
  const gains = GAINED.map((outcome) => [outcome, gained[outcome]] as const).filter(([, count]) => count > 0);
  progress.end();
  if (json)
    print(
      JSON.stringify({ name: path, outcome: problems.length === 0 ? 'ok' : 'review', stored, known, gained, problems, files }),
    );
  else {
    for (const { line, field, wrong, remedy } of problems.slice(0, MOST_PROBLEMS))
      tellOf(importing, path, `line ${line}: ${field} ${wrong}${remedy === '' ? '' : `: ${remedy}`}`);
    tellOf(
      importing,
      path,
      [
        `${stored} ${write ? 'stored' : 'to store (with --write)'}${files.length === 0 ? '' : ` in ${files.join(', ')}`}`,
        `${known} on file already`,
        ...gains.map(([outcome, count]) => `${count} with ${GAINS[outcome]}`),
        `${problems.length} with problems`,
      ].join(', '),
    );
  }
  const counted = (count: number, result: Result) => Array.from({ length: count }, () => result);
  return [
    ...counted(stored, { words: write ? 'stored' : 'to store', outcome: 'ok' }),
    ...gains.flatMap(([words, count]) => counted(count, { words, outcome: 'ok' })),
    ...counted(known, { words: 'on file already', outcome: 'ok' }),
    ...counted(problems.length, {
      words: 'with problems',
      outcome: stored + known + gains.length > 0 ? 'review' : 'refused',
    }),
  ];
}
