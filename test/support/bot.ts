import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { type Bot, openBot } from '../../src/bot.ts';
import { commands } from '../../src/commands.ts';
import type { CollectionFile, QuestionFile, RespondentsFile } from '../../src/content/schema.ts';
import type { Log } from '../../src/log.ts';
import type { Message } from '../../src/message/document.ts';
import { toTerminal } from '../../src/message/terminal.ts';

export interface TestBot {
  bot: Bot;
  folder: string;
  /** What the terminal shows. */
  say(line: string, width?: number): Promise<string>;
  message(line: string): Promise<Message>;
  setNow(iso: string): void;
  /** Writes files below the content folder (an object becomes YAML; undefined removes the file) and loads them. */
  write(files: Record<string, object | string | undefined>): Promise<void>;
  logged: { level: string; event: string; fields?: Record<string, unknown> | undefined }[];
  close(): Promise<void>;
}

export interface TestBotOptions {
  questions?: QuestionFile[];
  persons?: RespondentsFile;
  collection?: Partial<CollectionFile>;
  /** Another content folder instead. */
  data?: string;
  database?: string;
  sample?: boolean;
  now?: string;
}

const FROM = { caller: { id: 'c', name: 'Caller' }, place: { platform: 'test', workspace: 'w', channel: 'general' } };

/** A whole bot over a content folder of its own and a database in memory, with a clock that stands still. */
export async function openTestBot(options: TestBotOptions = {}): Promise<TestBot> {
  const folder = options.data ?? mkdtempSync(join(tmpdir(), 'briefdesk-test-'));
  let now = new Date(options.now ?? '2026-11-25T12:00:00Z');
  const logged: TestBot['logged'] = [];
  const log: Log = (level, event, fields) => logged.push({ level, event, fields });
  const put = (path: string, content: object | string | undefined) => {
    const file = join(folder, path);
    if (content === undefined) return rmSync(file);
    mkdirSync(dirname(file), { recursive: true });
    return writeFileSync(file, typeof content === 'string' ? content : stringify(content));
  };
  if (options.data === undefined) {
    const publications = [
      { id: 'digest', name: 'Policy Digest', publisher: 'Digest House', language: 'en', rights: 'whole' as const },
    ];
    put('real/collection.yaml', { name: 'Real', publications, ...options.collection });
    if (options.persons) put('real/respondents.yaml', options.persons);
    for (const question of options.questions ?? []) put(`real/${question.id.replaceAll('/', '-')}.yaml`, question);
  }
  const config = { data: folder, database: options.database ?? ':memory:', sample: options.sample ?? true };
  const bot = await openBot({ config, log, now: () => now });
  const message = async (line: string) => (await bot.say(line, FROM)).answer.message;
  return {
    bot,
    folder,
    message,
    say: async (line, width = 100) => toTerminal(await message(line), { width, colour: false }, commands),
    setNow(iso) {
      now = new Date(iso);
    },
    async write(files) {
      for (const [path, content] of Object.entries(files)) put(path, content);
      await bot.load();
    },
    logged,
    async close() {
      await bot.close();
      if (options.data === undefined) rmSync(folder, { recursive: true });
    },
  };
}

/** A valid question file about one thing, to be changed where a test needs it. */
export function aQuestionFile(changed: Partial<QuestionFile> = {}): QuestionFile {
  return {
    id: 'digest/2026-05-04/tariffs',
    headline: 'Will the new tariffs hold?',
    date: '2026-05-04',
    text: 'Will the new tariffs hold?',
    topics: ['Trade'],
    countries: ['CL'],
    language: 'en',
    source: { url: 'https://example.org/tariffs' },
    responses: [aResponseFile()],
    ...changed,
  };
}

export function aResponseFile(changed: Partial<QuestionFile['responses'][number]> = {}): QuestionFile['responses'][number] {
  return {
    id: 'one',
    availability: 'text',
    respondents: [{ person: 'ada-quill', role: 'Fellow', affiliation: 'Lantern Institute' }],
    paragraphs: ['The tariffs will hold because nobody gains from lifting them.'],
    ...changed,
  };
}

export const persons: RespondentsFile = { 'ada-quill': { name: 'Ada Quill' }, 'bo-sorensen': { name: 'Bo Sørensen' } };
