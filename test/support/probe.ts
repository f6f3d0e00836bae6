import { commands } from '../../src/commands.ts';
import type { TestBot } from './bot.ts';

export interface Probe {
  /** Words to look for, each as it is and misspelt. */
  typed: string[];
  /** Question ids and codes, and quote codes, to ask for. */
  refs?: string[];
}

/** What the bot shows and completes when all commands are asked for these; what only repeats what was typed is left out. */
export async function everythingShown(test: TestBot, { typed, refs = [] }: Probe): Promise<string[]> {
  const spellings = typed.flatMap((word) => [word, misspelt(word)]);
  const asked = [...spellings, ...refs, ''];
  const shown: string[] = [];
  for (const name of commands.keys()) {
    for (const words of asked) {
      const line = `/${name} ${words}`.trim();
      shown.push(without(JSON.stringify(await test.message(line)), words));
    }
  }
  for (const word of spellings) {
    for (const line of [
      `/quotes "${word}"`,
      `/quotes by:${word}`,
      `/quotes topic:${word}`,
      `/topics country:${word}`,
      `/quotes ${word} -summer`,
    ])
      shown.push(without(JSON.stringify(await test.message(line)), word));
  }
  for (const ref of refs) {
    for (const line of [`/quotes question:${ref}`, `/read ${ref} page:2`, `/cite ${ref} style:bibtex`])
      shown.push(JSON.stringify(await test.message(line)));
  }
  for (const { name, options } of commands.values()) {
    for (const option of Object.keys(options.shape)) {
      for (const start of ['', ...typed.map((word) => word.slice(0, 3))])
        shown.push(without(JSON.stringify(await test.bot.complete(name, option, start)), ''));
    }
  }
  return shown;
}

/** The last two letters swapped. */
const misspelt = (word: string): string => `${word.slice(0, -2)}${word.at(-1)}${word.at(-2)}`;

const without = (shown: string, typed: string): string =>
  typed === '' ? shown : shown.replaceAll(typed.replaceAll('"', ''), '…');
