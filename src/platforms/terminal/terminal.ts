import { dirname, join } from 'node:path';
import type { AnyCommand, Completion, Invocation } from '../../command.ts';
import { completeLine } from '../../complete.ts';
import type { Reply } from '../../dispatch.ts';
import { toTerminal } from '../../message/terminal.ts';
import { chat } from './chat.ts';

/** Widest column of text that reads well; a wider terminal gets no wider lines. */
const MAX_WIDTH = 120;
const PIPE_WIDTH = 100;

export interface TerminalBot {
  say(line: string, from: Pick<Invocation, 'caller' | 'place'>): Promise<Reply>;
  complete(command: string, option: string, typed: string): Promise<Completion[]>;
}

export interface TerminalOptions {
  bot: TerminalBot;
  commands: ReadonlyMap<string, AnyCommand>;
  /** Colour unless NO_COLOR or a pipe. */
  colour: boolean;
}

const FROM = {
  caller: { id: 'terminal', name: 'terminal' },
  place: { platform: 'terminal', workspace: 'terminal', channel: 'terminal' },
} as const;

/** One line answered on standard output (or, where it failed, on standard error); resolves to the exit code. */
export async function askOnce(
  line: string,
  { bot, commands, colour }: TerminalOptions,
  { json }: { json: boolean },
): Promise<0 | 1> {
  const { outcome, answer } = await bot.say(line, FROM);
  const failed = outcome === 'failed';
  if (json) process.stdout.write(`${JSON.stringify(answer.message, null, 2)}\n`);
  else {
    const output = failed ? process.stderr : process.stdout;
    output.write(`${toTerminal(answer.message, { width: width(output), colour: colour && output.isTTY }, commands)}\n`);
  }
  return failed ? 1 : 0;
}

/** A prompt on a terminal; without one, commands from standard input, one a line. */
export async function chatHere({ bot, commands, colour }: TerminalOptions, database: string): Promise<void> {
  const { stdin: input, stdout: output } = process;
  await chat({
    input,
    output,
    historyFile: join(dirname(database), 'chat-history'),
    say: async (line) => {
      const { answer } = await bot.say(line, FROM);
      return toTerminal(answer.message, { width: width(output), colour: colour && output.isTTY }, commands);
    },
    complete: (line) =>
      completeLine(line, { commands, complete: (command, option, typed) => bot.complete(command.name, option, typed) }),
  });
}

const width = (output: NodeJS.WriteStream): number => (output.isTTY ? Math.min(output.columns, MAX_WIDTH) : PIPE_WIDTH);
