#!/usr/bin/env node
import { Command } from 'commander';
import { openTerminal, start } from './app.ts';
import { OperatorError } from './errors.ts';
import { check, discordByHand, examine, type ImportChoices, importFile, makeQuestion, printSlackManifest } from './operator.ts';
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

program
  .command('import')
  .description(
    'read a document (text, Markdown, HTML, CSV panel) into a question file on standard output; exit code 0 ok, 3 review, 4 refused',
  )
  .argument('<file>', 'the document')
  .option('--publication <id>', 'id of the publication')
  .option('--date <date>', 'date of the Q&A, such as 2019-04-18; a ? marks a piece as inferred')
  .option('--topic <topic...>', 'topics')
  .option('--country <code...>', 'countries, such as VE')
  .option('--address <url>', 'where the document was published')
  .option('--json', 'print the whole draft, with roles, rules and offsets')
  .action(async (file: string, choices: ImportChoices) => {
    process.exitCode = await importFile(file, choices);
  });

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

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
