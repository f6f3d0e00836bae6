import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bot, openBot } from '../src/bot.ts';
import { findSentences } from '../src/search/find-quotes.ts';
import { parseQuery } from '../src/search/query.ts';
import { sentences } from '../src/search/sentences.ts';
import { fold } from '../src/search/tokens.ts';
import { briefing } from '../src/summary/briefing.ts';
import { type DiscordTimes, measureDiscord } from './discord.ts';
import { type Corpus, generate } from './generate.ts';
import { cpuMs, longestBlock, percentiles, type Times, timed } from './measure.ts';
import { openPeer, type Peer } from './peer.ts';
import { commandClasses, searchClasses } from './queries.ts';
import { measureSlack, type SlackTimes } from './slack.ts';
import { measureYaml } from './yaml-files.ts';

export interface ClassTimes {
  name: string;
  peer?: Times;
  search?: Times;
  command: Times;
}

export interface Results {
  responses: number;
  generateMs: number;
  searches: ClassTimes[];
  commands: ClassTimes[];
  load: {
    perSecond: number;
    peerPerSecond: number;
    cpuRatio: number;
    /** Out of YAML files, one a question. */
    yamlPerSecond: number;
    blockMs: number;
    problems: number;
    bytesABodyByte: number;
    rssMb: number;
  };
  /** `bytesRead`: of all files, in this process; undefined where the system does not tell. */
  restart: { ms: number; bytesRead: number | undefined; contentBytes: number };
  queryRssMb: number;
  /** The longest of any command, and which line it was. */
  commandBlock: { ms: number; line: string };
  /** Undefined where the platforms were left out. */
  slack: SlackTimes | undefined;
  discord: DiscordTimes | undefined;
  summary: Times;
  /** Responses cut into sentences in a second. */
  cutPerSecond: number;
}

const FROM = { caller: { id: 'bench', name: 'Bench' }, place: { platform: 'bench', workspace: 'w', channel: 'c' } };
const now = () => new Date('2026-11-25T12:00:00Z');
const log = () => undefined;

export interface BenchOptions {
  responses: number;
  rounds?: number;
  /** Whether Slack and Discord are measured too. */
  platforms?: boolean;
}

/** Generates an archive of so many responses in a temporary folder, loads it, and measures; `rounds` after a first one that is not counted. */
export async function bench({ responses, rounds = 4, platforms = true }: BenchOptions): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'briefdesk-bench-'));
  const open: (() => unknown)[] = [];
  try {
    const started = performance.now();
    const corpus = await generate({ folder, responses });
    const generateMs = performance.now() - started;
    const config = { data: folder, database: join(folder, 'own.db'), sample: false };
    const first = await measureLoad(config, corpus);
    const yaml = await measureYaml(corpus);
    const { bot, restart } = await measureRestart(config, corpus);
    open.push(() => bot.close());
    const peer = await openPeer(folder);
    open.push(() => peer.close());
    const searches = await measureSearches(bot, peer, corpus, rounds);
    const commands = await measureCommands(bot, corpus, rounds);
    return {
      responses,
      generateMs,
      searches,
      commands,
      load: {
        ...first,
        problems: first.problems + yaml.problems,
        peerPerSecond: (responses / peer.loadMs) * 1000,
        cpuRatio: peer.loadCpuMs / first.cpu,
        yamlPerSecond: yaml.perSecond,
      },
      restart,
      queryRssMb: megabytes(process.memoryUsage.rss()),
      commandBlock: await measureBlocks(bot, corpus),
      slack: platforms ? await measureSlack(bot) : undefined,
      ...(await measureText(bot, rounds)),
      // Last: it adds to the archive.
      discord: platforms ? await measureDiscord(bot, corpus) : undefined,
    };
  } finally {
    for (const close of open.reverse()) await close();
    rmSync(folder, { recursive: true });
  }
}

type Opening = Parameters<typeof openBot>[0]['config'];

async function measureLoad(config: Opening, { responses, bodyBytes }: Corpus) {
  const started = performance.now();
  let problems = 0;
  let ms = 0;
  const startedCpu = cpuMs();
  let cpu = 0;
  let rssMb = 0;
  const blockMs = await longestBlock(async () => {
    const bot = await openBot({ config, log, now });
    ms = performance.now() - started;
    cpu = cpuMs() - startedCpu;
    problems = bot.problems().length;
    rssMb = megabytes(process.memoryUsage.rss());
    await bot.close();
  });
  return {
    perSecond: (responses / ms) * 1000,
    cpu,
    blockMs,
    problems,
    rssMb,
    bytesABodyByte: statSync(config.database).size / bodyBytes,
  };
}

async function measureRestart(config: Opening, { folder }: Corpus) {
  const readBefore = bytesRead();
  const started = performance.now();
  const bot = await openBot({ config, log, now });
  const ms = performance.now() - started;
  const readAfter = bytesRead();
  const read = readBefore === undefined || readAfter === undefined ? undefined : readAfter - readBefore;
  return { bot, restart: { ms, bytesRead: read, contentBytes: statSync(join(folder, 'bench', 'questions.jsonl')).size } };
}

/** Bytes that this process has read from files so far (Linux). */
function bytesRead(): number | undefined {
  try {
    return Number(/^rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

/** Peer, search and command one after the other for each query, so that noise meets all of them. */
async function measureSearches(bot: Bot, peer: Peer, corpus: Corpus, rounds: number): Promise<ClassTimes[]> {
  const results: ClassTimes[] = [];
  for (const { name, searches } of searchClasses(corpus)) {
    const [plain, own, whole]: number[][] = [[], [], []];
    for (let round = 0; round <= rounds; round++) {
      for (const one of searches) {
        const ofPeer = await timed(() => peer.search(one.plain));
        const ofSearch = await timed(() => findSentences(bot.store, parseQuery(one.words), one.filter));
        const ofCommand = await timed(() => bot.say(one.line, FROM));
        if (round === 0) continue;
        plain!.push(ofPeer);
        own!.push(ofSearch);
        whole!.push(ofCommand);
      }
    }
    results.push({ name, peer: percentiles(plain!), search: percentiles(own!), command: percentiles(whole!) });
  }
  results.push(await measureCompletion(bot, peer, corpus, rounds));
  return results;
}

/** A name begun: `by:so…` completed, beside a prefix search of the peer. */
async function measureCompletion(bot: Bot, peer: Peer, { persons }: Corpus, rounds: number): Promise<ClassTimes> {
  const typed = [...new Set(persons.map(({ name }) => fold(name).split(' ')[1]?.slice(0, 3) ?? ''))].slice(0, 25);
  const [plain, own, whole]: number[][] = [[], [], []];
  for (let round = 0; round <= rounds; round++) {
    for (const letters of typed) {
      const ofPeer = await timed(() => peer.search({ match: `${letters}*` }));
      const ofSearch = await timed(() => bot.store.namesStarting(letters, ['person'], 20));
      const ofCommand = await timed(() => bot.complete('quotes', 'by', letters));
      if (round === 0) continue;
      plain!.push(ofPeer);
      own!.push(ofSearch);
      whole!.push(ofCommand);
    }
  }
  return {
    name: 'prefix (completing a name)',
    peer: percentiles(plain!),
    search: percentiles(own!),
    command: percentiles(whole!),
  };
}

async function measureCommands(bot: Bot, corpus: Corpus, rounds: number): Promise<ClassTimes[]> {
  const results: ClassTimes[] = [];
  for (const { name, lines } of commandClasses(corpus)) {
    results.push({ name, command: await repeated(lines, rounds, (line) => bot.say(line, FROM)) });
  }
  const typed = ['', 'c', 'ven', 'public', 'tra'];
  results.push({
    name: 'completing a topic',
    command: await repeated(typed, rounds, (one) => bot.complete('brief', 'about', one)),
  });
  return results;
}

async function repeated<Value>(
  values: readonly Value[],
  rounds: number,
  work: (value: Value) => Promise<unknown>,
): Promise<Times> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const value of values) {
      const ms = await timed(() => work(value));
      if (round > 0) times.push(ms);
    }
  }
  return percentiles(times);
}

async function measureBlocks(bot: Bot, corpus: Corpus): Promise<{ ms: number; line: string }> {
  const lines = [...searchClasses(corpus).flatMap(({ searches }) => searches.map(({ line }) => line))];
  lines.push(...commandClasses(corpus).flatMap((one) => one.lines));
  let longest = { ms: 0, line: '' };
  for (const line of lines) {
    const ms = await longestBlock(() => bot.say(line, FROM));
    if (ms > longest.ms) longest = { ms, line };
  }
  return longest;
}

async function measureText(bot: Bot, rounds: number): Promise<Pick<Results, 'summary' | 'cutPerSecond'>> {
  const summaries: number[] = [];
  let cutMs = 0;
  let cut = 0;
  for (let round = 0; round <= rounds; round++) {
    const { questions } = await bot.store.questions({ sample: false }, { limit: 40, offset: round * 40 });
    for (const question of questions) {
      const ms = await timed(() => briefing(question, { now: now(), log }));
      const cutting = await timed(() => question.responses.map(({ text, language }) => sentences(text, language)));
      if (round === 0) continue;
      summaries.push(ms);
      cutMs += cutting;
      cut += question.responses.length;
    }
  }
  return { summary: percentiles(summaries), cutPerSecond: (cut / cutMs) * 1000 };
}

const megabytes = (bytes: number): number => bytes / 1_000_000;
