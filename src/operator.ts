import { openBot } from './bot.ts';
import { commands } from './commands.ts';
import { type Config, loadConfig } from './config.ts';
import { openContent } from './content/content.ts';
import { newQuestion } from './content/new-question.ts';
import { doctor } from './doctor.ts';
import { OperatorError } from './errors.ts';
import { createLog } from './log.ts';
import type { Finding } from './platform.ts';
import { openDiscordStore } from './store/discord.ts';
import { openFeedStore } from './store/feeds.ts';
import { openContentIndex } from './store/index-content.ts';
import { openSqlite } from './store/sqlite.ts';

/** Prints every problem of the content files to standard output; resolves to the exit code. */
export async function check(): Promise<0 | 1> {
  const config = loadConfig();
  const bot = await openBot({
    config: { ...config, database: ':memory:', sample: true },
    log: createLog('silent'),
    now: () => new Date(),
  });
  const problems = bot.problems();
  for (const { file, line, column, field, wrong, remedy } of problems) {
    process.stdout.write(`${file}:${line}:${column}  ${field}  ${wrong}  ${remedy}\n`);
  }
  const held = (await bot.store.collections()).map(
    ({ name, questions, responses }) => `${name}: ${counted(questions, 'question')}, ${counted(responses, 'response')}`,
  );
  if (problems.length === 0) process.stdout.write(`No problems. ${held.join('; ')}.\n`);
  await bot.close();
  return problems.length === 0 ? 0 : 1;
}

/** Looks at everything that is configured and prints what to do; resolves to the exit code. */
export function examine(): Promise<0 | 1> {
  return doctor({
    settings: () => loadConfig(),
    checks: [checkArchive, checkFeeds, checkSlackIn, checkDiscordIn],
    print: (line) => void process.stdout.write(`${line}\n`),
  });
}

async function checkArchive(config: Config): Promise<Finding[]> {
  const bot = await openBot({ config, log: createLog('silent'), now: () => new Date() });
  try {
    const wrong = bot.problems();
    const held = (await bot.store.collections()).map(({ name, questions }) => `${name} (${questions} questions)`);
    return [
      { isFine: true, what: `Database: ${config.database} can be written and is up to date` },
      wrong.length === 0
        ? { isFine: true, what: `Content: ${held.length === 0 ? `nothing in ${config.data}` : held.join(', ')}` }
        : {
            isFine: false,
            what: `Content: ${wrong.length} problem${wrong.length === 1 ? '' : 's'} in ${config.data}`,
            remedy: 'run “briefdesk check” to see each with its line',
          },
    ];
  } finally {
    await bot.close();
  }
}

async function checkFeeds({ database: file }: Config): Promise<Finding[]> {
  const { feedFindings } = await import('./intake/followed.ts');
  const database = await openSqlite(file);
  try {
    return await feedFindings({ store: openFeedStore(database), now: () => new Date() });
  } finally {
    await database.close();
  }
}

async function checkSlackIn({ slack, console: { publicUrl } }: Config): Promise<Finding[]> {
  if (!slack) return [{ isFine: true, what: 'Slack: off, because none of its settings is set' }];
  const { checkSlack } = await import('./platforms/slack/check.ts');
  return checkSlack({ settings: slack, commands, publicUrl });
}

async function checkDiscordIn({ discord }: Config): Promise<Finding[]> {
  if (!discord) return [{ isFine: true, what: 'Discord: off, because DISCORD_TOKEN is not set' }];
  const { checkDiscord } = await import('./platforms/discord/check.ts');
  return checkDiscord({ settings: discord, commands });
}

/** Prints the manifest to create the Slack app from. */
export async function printSlackManifest(): Promise<void> {
  const { slack, console: settings } = loadConfig();
  const { manifest } = await import('./platforms/slack/manifest.ts');
  const made = manifest({
    commands,
    transport: slack?.transport.type ?? 'socket',
    oauth: slack?.workspaces.type === 'many',
    publicUrl: settings.publicUrl,
  });
  process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Makes a question file to fill in and prints its path. */
export async function makeQuestion(id: string): Promise<void> {
  const config = loadConfig();
  const database = await openSqlite(':memory:');
  const index = await openContentIndex(database);
  await openContent({ folder: config.data, sample: true, index, log: createLog('silent') }).load(new Date());
  process.stdout.write(`${await newQuestion(id, config.data, index)}\n`);
  await database.close();
}

/** Tells Discord the commands, or makes the link that adds the bot to a server; prints what came of it. Throws OperatorError where it cannot. */
export async function discordByHand(wanted: 'register' | 'invite'): Promise<void> {
  const { discord, database: file } = loadConfig();
  if (!discord) throw new OperatorError('DISCORD_TOKEN is not set: the README tells where to find it.');
  const { invite, registerByHand } = await import('./platforms/discord/operator.ts');
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  if (wanted === 'invite') return print(await invite(discord));
  const database = await openSqlite(file);
  try {
    print(await registerByHand(discord, { commands, store: openDiscordStore(database) }));
  } finally {
    await database.close();
  }
}
