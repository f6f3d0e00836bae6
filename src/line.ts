import type { AnyCommand } from './command.ts';
import { CallerError } from './errors.ts';
import { distance } from './search/spelling.ts';

type Commands = ReadonlyMap<string, AnyCommand>;
interface Typed {
  command: string;
  options: Record<string, string>;
}

/** What is wrong with a line, and lines that may be what was meant. */
interface Mistake {
  outcome: 'mistake';
  message: string;
  corrected: string[];
  example: string;
}
type Reading = ({ outcome: 'read' } & Typed) | Mistake;

/** A stretch of a line: a free word or phrase, or `key:value`. */
interface Piece {
  key: string | undefined;
  value: string;
  /** As a free word, with straight quotation marks. */
  word: string;
  closed: boolean;
  start: number;
  end: number;
}

/** The command through which every other one can be reached. */
export const ROOT = 'brief';
/** Understood beside every command's own options. */
const SHARE = 'share';

const QUOTES = '"“”„‟«»';
const HARD_SPACES = '\u00a0\u202f';
const QUOTE = new RegExp(`[${QUOTES}]`, 'g');
const HARD_SPACE = new RegExp(`[${HARD_SPACES}]`, 'g');
const ESCAPED = new RegExp(`\\\\([\\\\${QUOTES}${HARD_SPACES}])|[${HARD_SPACES}]`, 'g');
const TO_ESCAPE = new RegExp(`[\\\\${QUOTES}${HARD_SPACES}]`, 'g');
const NEEDS_QUOTES = new RegExp(`[\\s${QUOTES}]`);
const KEY = /(\p{L}[\p{L}\p{N}_-]*):/uy;
const QUOTED_VALUE = new RegExp(`[${QUOTES}]((?:\\\\[\\\\${QUOTES}${HARD_SPACES}]|[^${QUOTES}])*)([${QUOTES}]?)`, 'y');
const WORD = new RegExp(`[-–—―−(]*[${QUOTES}][^${QUOTES}]*[${QUOTES}]\\S*|\\S+`, 'y');
const URL_LIKE = /^\p{L}[\p{L}\p{N}+.-]*:\/\//u;

/** What a typed line asks for. Throws a CallerError that says what is wrong, the nearest matches and an example. */
export function parseLine(line: string, commands: Commands): Typed {
  const reading = read(decode(line), commands);
  if (reading.outcome === 'read') return { command: reading.command, options: reading.options };
  const nearest = reading.corrected.flatMap((corrected) => {
    const meant = read(corrected, commands);
    if (meant.outcome === 'mistake') return [];
    return [{ label: formatLine(meant.command, meant.options, commands), command: meant.command, options: meant.options }];
  });
  throw new CallerError(reading.message, { nearest, example: reading.example });
}

/** The line to type for an invocation; parseLine reads it back to the same. Blank options are left out. */
export function formatLine(command: string, options: Record<string, string>, commands: Commands): string {
  const given = Object.entries(options).filter(([, value]) => value.trim() !== '');
  const wordsKey = commands.get(command)?.words;
  const write = (bareWords: boolean) => {
    const words = given.filter(([key]) => bareWords && key === wordsKey).map(([, value]) => encode(value));
    const keyed = given.filter(([key]) => !bareWords || key !== wordsKey).map(([key, value]) => formatOption(key, value));
    return [`/${command}`, ...words, ...keyed].join(' ');
  };
  const bare = write(true);
  if (!given.some(([key]) => key === wordsKey)) return bare;
  const back = read(decode(bare), commands);
  const same =
    back.outcome === 'read' &&
    back.command === command &&
    Object.keys(back.options).length === given.length &&
    given.every(([key, value]) => back.options[key] === value);
  return same ? bare : write(false);
}

/** `key:value`, the value between quotation marks where it needs them. */
export function formatOption(key: string, value: string, quoted = NEEDS_QUOTES.test(value)): string {
  return encode(quoted ? `${key}:"${value.replace(TO_ESCAPE, '\\$&')}"` : `${key}:${value}`);
}

/** The names that can stand before a colon, the command's own first. */
export function optionKeys(command: AnyCommand): string[] {
  const keys = Object.keys(command.options.shape);
  return keys.includes(SHARE) ? keys : [...keys, SHARE];
}

/** The command that a line names, by itself or after the root command, and what follows the name. */
export function findCommand(
  typed: string,
  commands: Commands,
): { command: AnyCommand; rest: string; viaRoot: boolean } | undefined {
  const { name, rest } = splitName(typed);
  const command = commands.get(name.toLowerCase());
  if (!command) return undefined;
  if (command.name !== ROOT) return { command, rest, viaRoot: false };
  const inner = splitName(rest);
  const named = commands.get(inner.name.toLowerCase());
  return named ? { command: named, rest: inner.rest, viaRoot: true } : { command, rest, viaRoot: false };
}

function read(typed: string, commands: Commands): Reading {
  const { slash, name, rest } = splitName(typed);
  const first = commands.get(ROOT) ?? [...commands.values()][0];
  const example = first ? exampleOf(first) : '/';
  if (name === '') return mistake('Nothing was typed.', [], example);

  const found = findCommand(typed, commands);
  if (!found) {
    const near = nearest(name.toLowerCase(), [...commands.keys()]);
    const asWords =
      first?.words === undefined ? [] : [`/${first.name} ${formatOption(first.words, typed.replace(/^\s*\/\s*/, ''), true)}`];
    const corrected = near.length > 0 ? near.map((one) => `/${one} ${rest}`) : asWords;
    const names = (near.length > 0 ? near : [...commands.keys()]).map((one) => `/${one}`).join(', ');
    const which = near.length > 0 ? `The nearest: ${names}.` : `The commands are ${names}.`;
    return mistake(
      slash ? `There is no command “/${clip(name)}”. ${which}` : `Commands start with /. ${which}`,
      corrected,
      example,
    );
  }
  const reading = readOptions(found.rest, found.command);
  if (reading.outcome === 'read' || !found.viaRoot || found.command.words !== undefined || first?.words === undefined)
    return reading;
  const asWords = `/${ROOT} ${formatOption(first.words, splitName(typed).rest, true)}`;
  return { ...reading, corrected: [...reading.corrected, asWords] };
}

function readOptions(rest: string, command: AnyCommand): Reading {
  const options = new Map<string, { value: string; start: number; end: number }>();
  const words: string[] = [];
  const prefix = `/${command.name} `;
  const wrong = (message: string, corrected: string[] = [], key?: string) => mistake(message, corrected, exampleOf(command, key));
  const pieces = readPieces(rest);

  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (!piece) continue;
    const key = piece.key === undefined ? undefined : keyNamed(piece.key, command);
    if (key === undefined) {
      if (piece.key !== undefined && piece.value !== '' && !URL_LIKE.test(piece.word))
        return unknownKey(piece.key, piece, rest, command);
      words.push(piece.word);
      continue;
    }
    if (!piece.closed) return wrong(`The quotation mark after ${key}: is not closed.`, [`${prefix}${rest}"`], key);
    let { value, end } = piece;
    const next = pieces[i + 1];
    // Phones put a space after a colon.
    if (
      value === '' &&
      end - piece.start === key.length + 1 &&
      next &&
      !(next.key !== undefined && keyNamed(next.key, command))
    ) {
      value = next.word.replace(/^"(.*)"$/s, '$1');
      end = next.end;
      i++;
    }
    if (value.trim() === '') return wrong(`${key}: needs a value.`, [], key);
    const before = options.get(key);
    if (before) {
      const without = (cut: { start: number; end: number }) => `${prefix}${rest.slice(0, cut.start)} ${rest.slice(cut.end)}`;
      const twice = `${key}: is given twice, “${clip(before.value)}” and “${clip(value)}”.`;
      return wrong(twice, [without({ start: piece.start, end }), without(before)], key);
    }
    options.set(key, { value, start: piece.start, end });
  }

  const typed = Object.fromEntries([...options].map(([key, { value }]) => [key, value]));
  if (words.length === 0) return { outcome: 'read', command: command.name, options: typed };
  const free = words.join(' ');
  if (command.words === undefined) {
    const keys = optionKeys(command).map((key) => `${key}:`);
    return wrong(`/${command.name} takes no free words, so “${clip(free)}” says nothing to it. Its options: ${keys.join(', ')}.`);
  }
  if (options.has(command.words))
    return wrong(`${command.words}: and the free words “${clip(free)}” are the same option: give one.`);
  return { outcome: 'read', command: command.name, options: { [command.words]: free, ...typed } };
}

function readPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (take(/\s*/y) && at < text.length) {
    const start = at;
    const key = take(KEY)?.[1];
    let value = '';
    let closed = true;
    if (key === undefined) {
      take(WORD);
    } else {
      const quoted = take(QUOTED_VALUE);
      value = quoted
        ? (quoted[1] ?? '').replace(ESCAPED, (_, literal: string | undefined) => literal ?? ' ')
        : (take(/\S*/y)?.[0] ?? '').replace(QUOTE, '"');
      closed = quoted?.[2] !== '';
    }
    pieces.push({ key, value, word: plainWord(text.slice(start, at)), closed, start, end: at });
  }
  return pieces;
}

function unknownKey(key: string, piece: Piece, rest: string, command: AnyCommand): Mistake {
  const near = nearest(key.toLowerCase(), optionKeys(command));
  const corrected = near.map(
    (one) => `/${command.name} ${rest.slice(0, piece.start)}${one}${rest.slice(piece.start + key.length)}`,
  );
  const which = near.length > 0 ? `The nearest: ${near.join(':, ')}:.` : `Its options: ${optionKeys(command).join(':, ')}:.`;
  return mistake(`/${command.name} has no option “${clip(key)}:”. ${which}`, corrected, exampleOf(command, near[0]));
}

/** A line that works, with the value that the option's description names after “such as”. */
function exampleOf(command: AnyCommand, key?: string): string {
  const exampleFor = (option: string): string | undefined => {
    const description: unknown = option === SHARE ? 'such as yes' : command.options.shape[option]?.description;
    return typeof description === 'string' ? /such as ([^,;.()]+)/.exec(description)?.[1]?.trim() : undefined;
  };
  const value = key === undefined ? undefined : exampleFor(key);
  const words = command.words === undefined ? undefined : exampleFor(command.words);
  if (key !== undefined && key !== command.words && value !== undefined) {
    return key === SHARE && words !== undefined
      ? `/${command.name} ${words} ${formatOption(key, value)}`
      : `/${command.name} ${formatOption(key, value)}`;
  }
  if (words !== undefined) return `/${command.name} ${words}`;
  const first = optionKeys(command).find((option) => option !== SHARE && exampleFor(option) !== undefined);
  return first === undefined ? `/${command.name}` : `/${command.name} ${formatOption(first, exampleFor(first) ?? '')}`;
}

/** Names that one or two slips of the finger away, or a longer name, may have been meant. */
function nearest(typed: string, names: readonly string[]): string[] {
  const max = typed.length < 4 ? 1 : 2;
  return names
    .map((name) => ({ name, far: typed.length > 1 && name.startsWith(typed) ? 0 : distance(typed, name, max) }))
    .filter(({ far }) => far <= max)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}

function splitName(typed: string): { slash: boolean; name: string; rest: string } {
  const [, slash, name = '', rest = ''] = /^\s*(\/\s*)?(\S*)\s*(.*)$/s.exec(typed) ?? [];
  return { slash: slash !== undefined, name, rest };
}

function keyNamed(typed: string, command: AnyCommand): string | undefined {
  return optionKeys(command).find((key) => key.toLowerCase() === typed.toLowerCase());
}

function plainWord(word: string): string {
  return word
    .replace(/^[–—―−](?=\S)/, '-')
    .replace(QUOTE, '"')
    .replace(HARD_SPACE, ' ');
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>' };
const decode = (line: string): string => line.replace(/&(amp|lt|gt);/g, (whole, name: string) => ENTITIES[name] ?? whole);
const encode = (line: string): string => line.replace(/&(?=(?:amp|lt|gt);)/g, '&amp;');

const clip = (typed: string): string => (typed.length <= 60 ? typed : `${typed.slice(0, 59).trimEnd()}…`);
const mistake = (message: string, corrected: string[], example: string): Mistake => ({
  outcome: 'mistake',
  message,
  corrected,
  example,
});
