import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { commands } from '../src/commands.ts';
import { encodeAction } from '../src/message/actions.ts';
import { toDiscord } from '../src/message/discord.ts';
import type { Action, Block, Message } from '../src/message/document.ts';
import { toSlack } from '../src/message/slack.ts';
import { toTerminal } from '../src/message/terminal.ts';
import { openTestBot, type TestBot } from './support/bot.ts';
import { lineOf } from './support/follow.ts';
import { discordWords, firstLost, shownWords, slackWords, wordsOf } from './support/payload-words.ts';

const DATA = join(import.meta.dirname, '../data');
const PLACE = { platform: 'test', workspace: 'w', channel: 'general' };
const FROM = { caller: { id: 'c', name: 'Caller' }, place: PLACE };

async function openBot(): Promise<TestBot> {
  const bot = await openTestBot({ data: DATA });
  onTestFinished(() => bot.close());
  return bot;
}

/** One line of every command for each of some questions, real and fictional, and what goes wrong. */
async function lines({ bot }: TestBot): Promise<string[]> {
  const found = await Promise.all([false, true].map((sample) => bot.store.questions({ sample }, { limit: 3, offset: 0 })));
  const questions = found.flatMap((one) => one.questions);
  const asked = questions.flatMap(({ code, topics }) => [
    `/brief ${code}`,
    `/views ${code}`,
    `/read ${code}`,
    `/cite ${code}`,
    `/cite ${code} style:bibtex`,
    `/quotes question:${code}`,
    `/quotes topic:"${topics[0] ?? ''}"`,
  ]);
  const others = [
    '/brief',
    '/topics',
    '/briefdesk',
    '/briefings list',
    '/respondent "Francisco Durand"',
    '/quotes patience',
    '/quotes zzzz',
    '/read nothing-like-it',
  ];
  return [...asked, ...others];
}

type Run = Extract<Action, { type: 'run' }>;

function actionsOf({ blocks }: Message): Action[] {
  const all = (block: Block): Action[] => {
    if (block.type === 'actions') return block.actions;
    return block.type === 'list' ? block.entries.flatMap(({ action }) => action ?? []) : [];
  };
  return blocks.flatMap(all);
}

const isRun = (action: Action): action is Run => action.type === 'run';
const encode = (action: Run): string => encodeAction(action) ?? `stored:${action.label}`;
/** What can be done, whatever it is called and however often it is offered. */
const does = (message: Message): string[] =>
  [...new Set(actionsOf(message).map((one) => (isRun(one) ? encode(one) : one.href)))].sort();

/** Everything in a payload that names what a button, a choice or a link does. */
function doesIn(payload: unknown, among: readonly string[]): string[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) walk(one);
    else if (typeof value === 'string') for (const one of among) if (value === one || value.includes(`](${one})`)) found.add(one);
  };
  walk(payload);
  return [...found].sort();
}

/** A terminal leaves out the codes of quotes: its lines are for reading, and the table of differences says so. */
const withoutCodes = (message: Message): Message => ({
  ...message,
  blocks: message.blocks.map((block) => (block.type === 'quote' ? { ...block, code: '' } : block)),
});

test('every command shows the same words of the archive in Slack, Discord and the terminal', async () => {
  const bot = await openBot();
  for (const line of await lines(bot)) {
    const { answer } = await bot.bot.say(line, FROM);
    const { message } = answer;
    const words = wordsOf(message);
    const terminal = shownWords(toTerminal(message, { width: 4000, colour: false }, commands));
    expect(firstLost(words, slackWords(toSlack(message, encode)).words), `${line} in Slack`).toBeUndefined();
    expect(firstLost(words, discordWords(toDiscord(message, encode)).words), `${line} in Discord`).toBeUndefined();
    for (const one of wordsOf(withoutCodes(message))) expect(terminal, `${line} in the terminal`).toContain(one);
  }
});

test('every command offers the same actions in Slack, Discord and the terminal', async () => {
  const bot = await openBot();
  for (const line of await lines(bot)) {
    const { answer } = await bot.bot.say(line, FROM);
    const { message } = answer;
    const offered = does(message);
    expect(doesIn(toSlack(message, encode), offered), `${line} in Slack`).toEqual(offered);
    expect(doesIn(toDiscord(message, encode), offered), `${line} in Discord`).toEqual(offered);
    const terminal = shownWords(toTerminal(message, { width: 4000, colour: false }, commands));
    const typed = actionsOf(message).map((one) => shownWords(isRun(one) ? lineOf(one) : one.href));
    for (const one of typed) expect(terminal, `${line} in the terminal`).toContain(one);
  }
});

test('every answer about a question carries its provenance on every platform', async () => {
  const bot = await openBot();
  const { questions } = await bot.bot.store.questions({ sample: false }, { limit: 3, offset: 0 });
  for (const { code, publication } of questions) {
    for (const line of [`/brief ${code}`, `/views ${code}`, `/read ${code}`]) {
      const { answer } = await bot.bot.say(line, FROM);
      const { message } = answer;
      const shown = [
        slackWords(toSlack(message, encode)).words,
        discordWords(toDiscord(message, encode)).words,
        shownWords(toTerminal(message, { width: 4000, colour: false }, commands)),
      ];
      for (const words of shown) {
        expect(words).toContain(shownWords(publication.name));
        expect(words).toMatch(/April18,\[2019\]·7yearsold/);
      }
    }
  }
});

test('the answer itself is the same on every platform', async () => {
  const bot = await openBot();
  for (const line of await lines(bot)) {
    const answers = await Promise.all(
      ['slack', 'discord', 'console'].map((platform) => bot.bot.say(line, { ...FROM, place: { ...PLACE, platform } })),
    );
    const [first, ...others] = answers;
    for (const other of others) expect(other).toEqual(first);
  }
});
