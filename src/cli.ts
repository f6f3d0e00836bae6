#!/usr/bin/env node
import { Command } from 'commander';
import { openTerminal, start } from './app.ts';
import { OperatorError } from './errors.ts';
import { check, discordByHand, examine, makeQuestion, printSlackManifest } from './operator.ts';
import { type FollowChoices, follow, type ImportChoices, importFrom, review } from './operator-import.ts';
import { version } from './version.ts';

const program = new Command('briefdesk')
  .description('Expert Q&As on policy, answered where policy staff work')
  .version(version)
  .showHelpAfterError();

program
  .command('start')
  .description('run the bot: a console in the browser, and every platform that is configured')
  .action(async () => {
    await start();
  });

program
  .command('chat')
  .description('type commands at a prompt; without a terminal, read them from standard input, one a line')
  .action(async () => {
    await (await openTerminal()).chat();
  });

program
  .command('ask')
  .description('answer one command and end')
  .argument('<line...>', 'such as "/brief venezuela"')
  .option('--json', 'print the message document')
  .action(async (line: string[], { json = false }: { json?: boolean }) => {
    process.exitCode = await (await openTerminal()).ask(line.join(' '), { json });
  });

program
  .command('check')
  .description('print every problem of the content files; exit code 1 where there are any')
  .action(async () => {
    process.exitCode = await check();
  });

program
  .command('new')
  .description('make a question file to fill in')
  .argument('<id>', 'publication/yyyy-mm-dd/slug, such as latin-america-advisor/2019-04-18/pompeo-trip')
  .action(async (id: string) => {
    await makeQuestion(id);
  });

const SAME = ['--same <name=id...>', 'who is who: a name as printed and a person on file, or “new”'] as const;
program
  .command('import')
  .description(
    'take in what a publisher sends: text, Markdown, HTML, PDF, .docx, feeds, CSV panels, or questions as YAML, JSON and JSON Lines; exit code 0 ok, 3 review, 4 refused',
  )
  .argument('<source>', 'a file, a folder, an address, or - for standard input')
  .option('--write', 'store it; without, a person at a terminal is asked and a script gets the question file on standard output')
  .option('--publication <id>', 'id of the publication')
  .option('--date <date>', 'date of the Q&A, such as 2019-04-18; a ? marks a piece as inferred')
  .option('--topic <topic...>', 'topics')
  .option('--country <code...>', 'countries, such as VE')
  .option('--headline <words>', 'a headline of at most 12 words')
  .option(...SAME)
  .option('--json', 'print a line of JSON for each question, with roles, rules and offsets')
  .action(async (source: string, choices: ImportChoices) => {
    process.exitCode = await importFrom(source, choices);
  });

program
  .command('follow')
  .description('follow a feed: what it brings goes through the same import while the bot runs; without one, list the feeds')
  .argument('[feed]', 'address of a feed; its id where it is followed already')
  .option('--publication <id>', 'id of the publication')
  .option('--topic <topic...>', 'topics of all its posts; without, they wait for review')
  .option('--country <code...>', 'countries of all its posts')
  .option('--backlog', 'take in what is in the feed already, too')
  .option('--stop', 'stop following it')
  .option('--now', 'poll it now, or all feeds')
  .action(async (feed: string | undefined, choices: FollowChoices) => {
    process.exitCode = await follow(feed, choices);
  });

const reviewing = program.command('review').description('what imports left for a person to decide');
reviewing
  .command('list', { isDefault: true })
  .description('everything that waits')
  .action(async () => {
    process.exitCode = await review('list');
  });
reviewing
  .command('accept')
  .description('store the draft as it stands; exit code 3 where something is missing')
  .argument('<key>', 'as the list prints it')
  .option(...SAME)
  .action(async (key: string, { same }: { same?: string[] }) => {
    process.exitCode = await review('accept', key, same);
  });
for (const [name, description] of [
  ['show', 'the source beside what was made of it'],
  ['edit', 'open the draft in $EDITOR'],
  ['reject', 'throw the draft away'],
] as const) {
  reviewing
    .command(name)
    .description(description)
    .argument('<key>', 'as the list prints it')
    .action(async (key: string) => {
      process.exitCode = await review(name, key);
    });
}

program
  .command('doctor')
  .description(
    'look at settings, database, content and every platform that is configured, and say what to do; exit code 1 where anything is wrong',
  )
  .action(async () => {
    process.exitCode = await examine();
  });

program
  .command('slack')
  .description('the bot in Slack')
  .command('manifest')
  .description('print the manifest to create the app from, made from the commands and the settings')
  .action(() => printSlackManifest());

const discord = program.command('discord').description('the bot in Discord');
discord
  .command('register')
  .description('tell Discord the commands; “start” does it whenever they changed')
  .action(() => discordByHand('register'));
discord
  .command('invite')
  .description('print the link that adds the bot to a server, with the least permissions')
  .action(() => discordByHand('invite'));

// Whoever reads the output has seen enough, such as “head”.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
