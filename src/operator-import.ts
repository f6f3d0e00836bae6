import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { buffer } from 'node:stream/consumers';
import { type Bot, openBot } from './bot.ts';
import { loadConfig } from './config.ts';
import { OperatorError } from './errors.ts';
import { openWorld, type World } from './feeds.ts';
import { type Decided, NEW_PERSON } from './intake/incoming.ts';
import { sourcesIn } from './intake/sources.ts';
import { createLog } from './log.ts';
import { literal } from './message/literal.ts';
import { importAll } from './platforms/terminal/import.ts';
import { createProgress } from './platforms/terminal/progress.ts';
import { acceptWaiting, listWaiting, type Reviewing, showWaiting } from './platforms/terminal/review.ts';
import type { Person } from './platforms/terminal/settle.ts';

export interface ImportChoices {
  publication?: string;
  date?: string;
  topic?: string[];
  country?: string[];
  headline?: string;
  same?: string[];
  write?: boolean;
  json?: boolean;
}

const { stdin, stdout, stderr } = process;
const widthOf = (output: NodeJS.WriteStream): number => (output.isTTY ? Math.min(output.columns, 160) : 100);

/**
 * Takes in a file, folder, address or standard input (“-”). With `write` it is stored; without, somebody at a terminal is asked, and
 * a script gets the question file on standard output. Resolves to the exit code: 0 ok, 3 review, 4 refused.
 */
export async function importFrom(what: string, choices: ImportChoices): Promise<0 | 3 | 4> {
  const { write = false, json = false } = choices;
  let isStopped = false;
  process.once('SIGINT', () => {
    isStopped = true;
  });
  return withArchive(async (bot, world) => {
    const { reach } = await world();
    const sources = await sourcesIn(what, { standardInput: () => buffer(stdin), ...reach });
    const person = stdin.isTTY && stdout.isTTY && what !== '-' ? atThisTerminal() : undefined;
    try {
      return await importAll(
        sources,
        { decided: decidedBy(choices), write, json },
        {
          desk: bot.desk,
          bulk: bot.takeQuestions,
          print: (line) => void stdout.write(`${line}\n`),
          tell: (line) => void stderr.write(`${line}\n`),
          progress: createProgress(stderr, Date.now),
          person,
          isStopped: () => isStopped,
        },
      );
    } finally {
      person?.leave();
    }
  });
}

function decidedBy({ publication, date, topic, country, headline, same }: ImportChoices): Decided {
  return {
    ...(publication === undefined ? {} : { publication }),
    ...(date === undefined ? {} : { date }),
    ...(topic === undefined ? {} : { topics: topic }),
    ...(country === undefined ? {} : { countries: country }),
    ...(headline === undefined ? {} : { headline }),
    ...(same === undefined ? {} : { same: Object.fromEntries(same.map(samePerson)) }),
  };
}

function samePerson(given: string): [string, string] {
  const [, name, id] = /^(.+)=([a-z0-9-]+)$/.exec(given) ?? [];
  if (name === undefined || id === undefined) {
    throw new OperatorError(
      `--same wants a name and the id of the person, such as "Ray Walser=ray-walser", or "Ray Walser=${NEW_PERSON}".`,
    );
  }
  return [name.trim(), id];
}

function atThisTerminal(): Person & { leave(): void } {
  const lines = createInterface({ input: stdin, output: stdout });
  let hasLeft = false;
  lines.once('close', () => {
    hasLeft = true;
  });
  return {
    width: widthOf(stdout),
    print: (text) => void stdout.write(`${text}\n`),
    async ask(question) {
      if (hasLeft) return undefined;
      const left = once(lines, 'close').then(() => undefined);
      return Promise.race([lines.question(question).then((typed) => typed.trim()), left]);
    },
    leave: () => lines.close(),
  };
}

/** What waits for review: all of it, or one draft shown, edited, stored or thrown away. Resolves to the exit code. */
export async function review(
  what: 'list' | 'show' | 'edit' | 'accept' | 'reject',
  key = '',
  same: readonly string[] = [],
): Promise<number> {
  return withArchive(async ({ desk }) => {
    const reviewing: Reviewing = { desk, print: (line) => void stdout.write(`${line}\n`), width: widthOf(stdout) };
    switch (what) {
      case 'list':
        await listWaiting(reviewing);
        return 0;
      case 'show':
        await showWaiting(key, reviewing);
        return 0;
      case 'edit':
        await edit((await desk.waitingUnder(key)).path);
        return 0;
      case 'accept':
        return acceptWaiting(key, Object.fromEntries(same.map(samePerson)), reviewing);
      case 'reject':
        await desk.reject(key);
        reviewing.print(`Rejected: ${key}.`);
        return 0;
    }
  });
}

/** Opens a file in the editor of the person at the terminal. */
async function edit(path: string): Promise<void> {
  const { editor } = loadConfig();
  if (editor === undefined) throw new OperatorError(`Set EDITOR to your editor, or open ${path} in it.`);
  const [command = '', ...args] = editor.split(/\s+/);
  const editing = spawn(command, [...args, path], { stdio: 'inherit' });
  const [code] = await once(editing, 'exit').catch((cause: unknown) => {
    throw new OperatorError(`The editor “${command}” cannot be started: set EDITOR to another, or open ${path} in it.`, {
      cause,
    });
  });
  if (code !== 0) throw new OperatorError(`The editor ended with code ${String(code)}: ${path} is as it left it.`);
}

export interface FollowChoices {
  publication?: string;
  topic?: string[];
  country?: string[];
  backlog?: boolean;
  stop?: boolean;
  now?: boolean;
}

/** Follows a feed, stops following it, polls it now, or (without one) lists or polls all. Resolves to the exit code: 1 a feed is broken. */
export async function follow(feed: string | undefined, choices: FollowChoices): Promise<0 | 1> {
  const { publication, topic: topics, country: countries, backlog = false, stop = false, now: isNow = false } = choices;
  return withArchive(async (bot, world) => {
    const { followFeed, listFollowed, pollNow, stopFollowing } = await import('./intake/followed.ts');
    const following = { store: bot.feedStore, now, print: (line: string) => void stdout.write(`${literal(line)}\n`) };
    if (isNow) {
      const { follower } = await world();
      process.once('SIGINT', () => void follower.stop());
      return (await pollNow(feed, { ...following, follower })) ? 0 : 1;
    }
    if (feed === undefined) await listFollowed(following);
    else if (stop) await stopFollowing(feed, following);
    else {
      const { visitor } = await world();
      const decided = { publication, topics, countries };
      const canTake = async () => void (await bot.desk.collectionFor(publication));
      await followFeed(feed, { decided, backlog, random: Math.random, canTake }, { ...following, visitor });
    }
    return 0;
  });
}

const now = () => new Date();

/** The bot over the archive of this folder, and the network where it is wanted, for as long as the work takes. */
async function withArchive<Result>(work: (bot: Bot, world: () => Promise<World>) => Promise<Result>): Promise<Result> {
  const config = loadConfig();
  const log = createLog(config.terminalLogLevel);
  const bot = await openBot({ config, log, now });
  let opening: Promise<World> | undefined;
  try {
    return await work(bot, () => (opening ??= openWorld(bot, { config, log, now })));
  } finally {
    await (await opening)?.close();
    await bot.close();
  }
}
