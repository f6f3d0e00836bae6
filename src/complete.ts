import type { AnyCommand, Completion } from './command.ts';
import { findCommand, formatLine, formatOption, optionKeys, ROOT } from './line.ts';

type Commands = ReadonlyMap<string, AnyCommand>;
/** Completions of one option, for what is typed of its value; none where the option has none. */
type Complete = (command: AnyCommand, option: string, typed: string) => Promise<readonly Completion[]>;

const OPENING = '["“”„‟«»]';
const VALUE_BEING_TYPED = new RegExp(`(?<=^|\\s)(\\p{L}[\\p{L}\\p{N}_-]*):(?:${OPENING}([^"“”„‟«»]*)|([^\\s"“”„‟«»]*))$`, 'u');
const OPTION_GIVEN = new RegExp(
  `(?<=^|\\s)(\\p{L}[\\p{L}\\p{N}_-]*):(?:${OPENING}[^"“”„‟«»]*["“”„‟«»]|[^\\s"“”„‟«»]+)(?=\\s|$)`,
  'gu',
);

/** What may stand at the end of a line, for node:readline: the candidates, and the end of the line that each would replace. */
export async function completeLine(
  line: string,
  { commands, complete }: { commands: Commands; complete: Complete },
): Promise<[string[], string]> {
  const name = line.trimStart();
  if (!/\S\s/.test(name)) {
    const typed = name.replace(/^\//, '').toLowerCase();
    return suited(
      namesStarting(typed, commands).map((one) => `/${one} `),
      name,
    );
  }
  const found = findCommand(line, commands);
  if (!found) return [[], ''];
  const { command, viaRoot } = found;
  // “/brief quotes” may still become a longer name: only a space ends it.
  const naming = viaRoot && found.rest === '' && !/\s$/.test(line);
  const root = naming ? commands.get(ROOT) : command;
  if (!root) return [[], ''];
  const rest = naming ? (line.trimStart().split(/\s+/)[1] ?? '') : found.rest;
  const value = VALUE_BEING_TYPED.exec(rest);
  const key = value && optionKeys(root).find((one) => one.toLowerCase() === value[1]?.toLowerCase());
  if (value && key) {
    const quoted = value[2] !== undefined;
    const offered = await valuesOf(root, key, value[2] ?? value[3] ?? '', complete);
    return suited(
      offered.map((one) => (quoted ? formatOption(key, one, true) : formatOption(key, one))),
      value[0],
    );
  }
  return completeWords(rest, { command: root, commands, complete, mayName: (root.name === ROOT && !viaRoot) || naming });
}

interface Words {
  command: AnyCommand;
  commands: Commands;
  complete: Complete;
  mayName: boolean;
}

/** Free words are completed as a whole (“south af”), else by the last of them; a last word may also become a name or a key. */
async function completeWords(rest: string, { command, commands, complete, mayName }: Words): Promise<[string[], string]> {
  const given = [...rest.matchAll(OPTION_GIVEN)];
  const last = given.at(-1);
  const words = rest.slice(last ? last.index + last[0].length : 0).trimStart();
  const word = /\S*$/.exec(words)?.[0] ?? '';
  const free = async (typed: string) => {
    if (command.words === undefined) return [];
    const key = command.words;
    const values = await valuesOf(command, key, typed, complete);
    return values.map((one) => formatLine(command.name, { [key]: one }, commands).slice(command.name.length + 2));
  };
  if (/["“”„‟«»]/.test(words)) return [[], ''];
  if (words !== word && words.trim() !== '') {
    const whole = await free(words);
    if (whole.length > 0) return suited(whole, words);
  }
  const taken = given.map((one) => one[1]?.toLowerCase());
  const keys = optionKeys(command).filter((key) => key !== command.words && !taken.includes(key.toLowerCase()));
  return suited(
    [
      ...(mayName && rest.trim() === word ? namesStarting(word.toLowerCase(), commands).map((one) => `${one} `) : []),
      ...keys.filter((key) => key.toLowerCase().startsWith(word.toLowerCase())).map((key) => `${key}:`),
      ...(await free(word)),
    ],
    word,
  );
}

async function valuesOf(command: AnyCommand, option: string, typed: string, complete: Complete): Promise<string[]> {
  if (option === 'share') return ['yes'];
  return (await complete(command, option, typed)).map(({ value }) => value);
}

function namesStarting(typed: string, commands: Commands): string[] {
  return [...commands.keys()].filter((name) => name.startsWith(typed));
}

/**
 * node:readline puts what the candidates have in common in place of what was typed, even when that is less. What was typed is then
 * offered too, so that no letter is lost.
 */
function suited(candidates: readonly string[], typed: string): [string[], string] {
  const offered = [...new Set(candidates)];
  const [first = '', ...others] = offered;
  const common = others.reduce((start, one) => {
    let end = 0;
    while (end < start.length && start[end] === one[end]) end++;
    return start.slice(0, end);
  }, first);
  const loses = offered.length > 1 && !typed.startsWith(common) && !plain(common).startsWith(plain(typed));
  return [loses ? [typed, ...offered] : offered, typed];
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
