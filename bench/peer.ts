import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
import type { QuestionFile } from '../src/content/schema.ts';
import { cpuMs } from './measure.ts';

const QUESTIONS_A_TRANSACTION = 1000;

export interface PlainSearch {
  match: string;
  person?: string;
  since?: string;
}

/** What plain SQLite would do with the same responses: rows, an external-content FTS5 table, `order by rank limit 10`. */
export interface Peer {
  search(search: PlainSearch): unknown[];
  /** How long the rows and their index took to write, without reading and parsing the file. */
  loadMs: number;
  loadCpuMs: number;
  close(): void;
}

export async function openPeer(folder: string): Promise<Peer> {
  const db = new Sqlite(join(folder, 'peer.db'));
  for (const pragma of ['page_size = 8192', 'journal_mode = WAL', 'synchronous = NORMAL']) db.pragma(pragma);
  db.exec(`
    create table response (id integer primary key, question text, person text, date text, body text);
    create index response_person on response (person);
    create virtual table words using fts5 (body, content='response', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')`);
  const putRow = db.prepare('insert into response values (?, ?, ?, ?, ?)');
  const putWords = db.prepare('insert into words (rowid, body) values (?, ?)');
  let id = 0;
  let loadMs = 0;
  let loadCpuMs = 0;
  const put = db.transaction((questions: QuestionFile[]) => {
    for (const { id: question, date, responses } of questions) {
      for (const { respondents = [], paragraphs = [] } of responses) {
        const body = paragraphs.join('\n\n');
        putRow.run(++id, question, respondents[0]?.person, date, body);
        putWords.run(id, body);
      }
    }
  });
  const write = (questions: QuestionFile[]) => {
    const start = performance.now();
    const startCpu = cpuMs();
    put(questions);
    loadMs += performance.now() - start;
    loadCpuMs += cpuMs() - startCpu;
  };
  let batch: QuestionFile[] = [];
  for await (const line of createInterface({ input: createReadStream(join(folder, 'bench', 'questions.jsonl'), 'utf8') })) {
    batch.push(JSON.parse(line));
    if (batch.length < QUESTIONS_A_TRANSACTION) continue;
    write(batch);
    batch = [];
  }
  write(batch);
  const plain = db.prepare('select rowid, body from words where words match ? order by rank limit 10');
  const joined = (condition: string) =>
    db.prepare(
      `select r.id, r.body from words join response r on r.id = words.rowid where words match ? and ${condition} order by rank limit 10`,
    );
  const ofPerson = joined('r.person = ?');
  const fromDate = joined('r.date >= ?');
  return {
    loadMs,
    loadCpuMs,
    search({ match, person, since }) {
      if (person !== undefined) return ofPerson.all(match, person);
      return since === undefined ? plain.all(match) : fromDate.all(match, since);
    },
    close: () => db.close(),
  };
}
