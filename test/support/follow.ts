import { commands } from '../../src/commands.ts';
import type { Reply } from '../../src/dispatch.ts';
import { formatLine } from '../../src/line.ts';
import { type Action, type Block, type Message, plain } from '../../src/message/document.ts';
import type { TestBot } from './bot.ts';

type RunAction = Extract<Action, { type: 'run' }>;
export type QuoteBlock = Extract<Block, { type: 'quote' }>;

const FROM = { caller: { id: 'c', name: 'Caller' }, place: { platform: 'test', workspace: 'w', channel: 'general' } };

/** What the buttons of a message run, in order. */
export function runsOf({ blocks }: Message): RunAction[] {
  const all = blocks.flatMap((block) => {
    if (block.type === 'actions') return block.actions;
    return block.type === 'list' ? block.entries.flatMap(({ action }) => action ?? []) : [];
  });
  return all.filter((action) => action.type === 'run');
}

/** The line that a caller types for a button. */
export const lineOf = ({ command, options }: Pick<RunAction, 'command' | 'options'>): string =>
  formatLine(command, options, commands);

export const press = ({ bot }: TestBot, { command, options }: Pick<RunAction, 'command' | 'options'>): Promise<Reply> =>
  bot.invoke({ command, options, ...FROM });

export const reply = ({ bot }: TestBot, line: string): Promise<Reply> => bot.say(line, FROM);

/** The answer to a line and every page after it, as its buttons lead on. */
export async function pages(bot: TestBot, line: string): Promise<Message[]> {
  const found: Message[] = [];
  for (let next: string | undefined = line; next !== undefined && found.length < 300; ) {
    const message: Message = await bot.message(next);
    found.push(message);
    const button = runsOf(message).find(({ label }) => label === 'Next page');
    next = button && lineOf(button);
  }
  return found;
}

export const quotesOf = ({ blocks }: Message): QuoteBlock[] => blocks.filter((block) => block.type === 'quote');
export const wordsOf = ({ words }: QuoteBlock): string => plain(words);

/** The example that an error ends with. */
export const exampleOf = (shown: string): string | undefined =>
  /For example: (.+)$/s.exec(shown)?.[1]?.replace(/\s+/g, ' ').trim();
